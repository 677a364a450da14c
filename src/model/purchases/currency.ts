import type { Edition } from '../editions.ts'

/**
 * The symbols of the currencies that partners are billed in, by ISO 4217 code. The documentation prints the dollar only;
 * the others are a guess.
 */
const symbols = new Map([
  ['AUD', 'A$'],
  ['CAD', 'C$'],
  ['CHF', 'CHF'],
  ['DKK', 'kr.'],
  ['EUR', '€'],
  ['GBP', '£'],
  ['INR', '₹'],
  ['JPY', '¥'],
  ['KRW', '₩'],
  ['NOK', 'kr'],
  ['NZD', 'NZ$'],
  ['SEK', 'kr'],
  ['TWD', 'NT$'],
  ['USD', '$'],
])

/** The code of a requested currency in upper case, US dollars without a request. Undefined when partners are not billed in it. */
export function currencyOf(asked: string | null | undefined): string | undefined {
  const code = (asked || 'USD').toUpperCase()
  return symbols.has(code) ? code : undefined
}

export function currencySymbolOf(code: string, { dollarSymbol }: Edition): string {
  return code === 'USD' ? dollarSymbol : (symbols.get(code) ?? code)
}
