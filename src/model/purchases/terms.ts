import { productTraits } from '../catalog/product-traits.ts'
import { type BillingCycle, type Product, type Term, termsOf } from '../catalog/schema.ts'
import { type Refusal, refuse } from '../refusals.ts'
import type { Given } from './request.ts'

/** The documented terms and billing cycles that have a length, in months. */
const lengths = new Map([
  ['P1M', 1],
  ['P1Y', 12],
  ['P3Y', 36],
  ['monthly', 1],
  ['annual', 12],
  ['triennial', 36],
])

/** The months of a term or billing cycle. Undefined when it has no length, such as `one_time`. */
export function monthsOf(name: string): number | undefined {
  return lengths.get(name)
}

/** Whether a text is a documented term: `P1M`, `P1Y` or `P3Y`. */
export function isTerm(text: string): boolean {
  return text.startsWith('P') && lengths.has(text)
}

/**
 * The requested term of a product, without a request its first one. Legacy offers have a year. An Azure plan has no term
 * of its own and keeps a requested one (a guess).
 */
export function chooseTerm(product: Product, asked: Given<string>): Term | Refusal {
  const wanted = asked?.toUpperCase()
  const terms = sellableTerms(product, wanted)
  const term = wanted ? terms.find(({ termDuration }) => termDuration === wanted) : terms[0]
  return (
    term ?? { ...refuse('termDurationInvalid'), data: [`termDuration: ${product.offerId} has ${listTerms(terms)}`] }
  )
}

function sellableTerms(product: Product, wanted: string | undefined): readonly Term[] {
  const { productType, billingCycles } = product
  if (productTraits[productType].legacy) return [{ termDuration: 'P1Y', billingCycles }]
  if (productType === 'azurePlan' && wanted && isTerm(wanted)) return [{ termDuration: wanted, billingCycles }]
  return termsOf(product)
}

function listTerms(terms: readonly Term[]): string {
  const names = terms.map(({ termDuration }) => termDuration).filter((name) => name !== '')
  return names.length === 0 ? 'no term' : `the terms ${names.join(', ')}`
}

/** The requested billing cycle, else monthly where the term supports that, else its first one. */
export function billingCycleOrDefault(asked: Given<BillingCycle>, term: Term | undefined): BillingCycle {
  if (asked != null && asked !== 'unknown') return asked
  const supported = term?.billingCycles ?? []
  return supported.includes('monthly') ? 'monthly' : (supported[0] ?? 'one_time')
}

/** Refuses a billing cycle that a term does not have. */
export function refuseBillingCycle(name: BillingCycle, { offerId }: Product, term: Term): Refusal | undefined {
  const { termDuration, billingCycles } = term
  if (billingCycles.includes(name)) return undefined
  const isLonger = (monthsOf(name) ?? 0) > (monthsOf(termDuration) ?? Number.POSITIVE_INFINITY)
  return {
    ...refuse(isLonger ? 'billingCycleLongerThanTerm' : 'billingCycleInvalid'),
    data: [`billingCycle: ${offerId} is billed ${billingCycles.join(' or ')}, not ${name}`],
  }
}

/** How often the partner is charged within a term. */
export function chargesIn(term: string | undefined, billingCycle: BillingCycle): number {
  const [months, every] = [monthsOf(term ?? ''), monthsOf(billingCycle)]
  return months === undefined || every === undefined ? 1 : Math.max(1, months / every)
}
