import { guidOf } from '../ids.ts'
import type { CatalogTerm } from './product-schema.ts'
import { type BillingCycle, type Product, termsOf } from './schema.ts'

/** The printed id of the term of one year that is billed by the year. The other ids follow from their term. */
const printedIds: Readonly<Record<string, string>> = { 'P1Y annual': '5aeco6mffyxo' }

const commitments: Readonly<Record<string, string>> = {
  P1M: 'One-Month commitment for monthly billing',
  P1Y: 'One-Year commitment for monthly/yearly billing',
  P3Y: 'Three-Year commitment for monthly/yearly/triennial billing',
}

/** https://learn.microsoft.com/partner-center/developer/get-an-availability-by-id prints one full refund of a day. */
const cancellationPolicies = [{ refundOptions: [{ sequenceId: 0, type: 'Full', expiresAfter: 'P1D' }] }]

/**
 * The terms of an availability. New commerce has one for each duration and billing cycle, the others one for each duration.
 * An item without a duration has none.
 */
export function writeTerms(product: Product): CatalogTerm[] {
  const terms = termsOf(product).filter(({ termDuration }) => termDuration !== '')
  if (!product.productType.startsWith('newCommerce')) {
    return terms.map(({ termDuration }) => ({ duration: termDuration, description: wordsOf(termDuration) }))
  }
  return terms.flatMap(({ termDuration, billingCycles }) =>
    billingCycles.map((billingCycle) => ({
      id: termId(termDuration, billingCycle),
      duration: termDuration,
      description: commitments[termDuration] ?? wordsOf(termDuration),
      billingCycle: billingCycle.charAt(0).toUpperCase() + billingCycle.slice(1),
      cancellationPolicies: billingCycle === 'none' ? [] : cancellationPolicies,
    })),
  )
}

function termId(duration: string, billingCycle: BillingCycle): string {
  const term = `${duration} ${billingCycle}`
  return printedIds[term] ?? guidOf(term).replaceAll('-', '').slice(0, 12)
}

/** `1year` for P1Y, `3years` for P3Y, `1month` for P1M. */
function wordsOf(duration: string): string {
  const [, count = '', unit = ''] = /^P(\d+)([YM])$/.exec(duration) ?? []
  if (count === '') return duration
  return `${count}${unit === 'Y' ? 'year' : 'month'}${count === '1' ? '' : 's'}`
}
