import type { Product } from '../catalog/schema.ts'
import { type BillingCycle, termsOf } from '../catalog/schema.ts'
import { refuseQuantity } from '../purchases/line.ts'
import { monthsOf, refuseBillingCycle } from '../purchases/terms.ts'
import { type Refusal, refuse } from '../refusals.ts'
import { isOnLastDayOfMonth, startOfDay } from '../time/day.ts'
import { endOfTerm } from '../time/wire-time.ts'
import type { NextTerm } from './schema.ts'

/** A scheduled change as a request asks for it. */
export interface AskedNextTerm {
  instructions: NextTerm
  /** The billing cycle within it, read. */
  billingCycle: BillingCycle
}

export interface ScheduleContext {
  findProduct: (offerId: string) => Product | undefined
  /** Whether the custom end of the term is checked. */
  checksCustomEnd: boolean
  /** The last day of the current term, in milliseconds since 1970. */
  termEnd: number
  /** The last days of the customer's active new-commerce licenses, without trials. */
  otherEnds: () => readonly number[]
}

/** Refuses a scheduled change that the catalog does not have, or whose custom end does not fit. */
export function refuseSchedule(
  { instructions, billingCycle }: AskedNextTerm,
  context: ScheduleContext,
): Refusal | undefined {
  const { productId, skuId, availabilityId, termDuration } = instructions.product
  const product = context.findProduct(`${productId}:${skuId}:${availabilityId}`)
  if (product === undefined) return refuse('invalidOfferId')
  const term = termsOf(product).find((term) => term.termDuration === termDuration)
  if (term === undefined) return refuse('termDurationInvalid')
  return (
    refuseBillingCycle(billingCycle, product, term) ??
    refuseQuantity(product, instructions.quantity) ??
    (context.checksCustomEnd ? refuseCustomEnd(instructions, product, context) : undefined)
  )
}

/** https://learn.microsoft.com/partner-center/align-subscription-end-dates */
function refuseCustomEnd(
  { customTermEndDate, product: { termDuration } }: NextTerm,
  { productType }: Product,
  { termEnd, otherEnds }: ScheduleContext,
): Refusal | undefined {
  if (customTermEndDate === undefined) return undefined
  if (productType !== 'newCommerceLicense') return refuse('customTermEndOfOtherProduct')
  const end = startOfDay(Date.parse(customTermEndDate))
  if (Number.isNaN(end)) return { refused: 'invalidInput', data: ['customTermEndDate: an ISO 8601 date and time'] }
  const isMonthEnd = isOnLastDayOfMonth(end)
  const isLate = monthsOf(termDuration) === 1 && new Date(end).getUTCDate() >= 28 && !isMonthEnd
  if (isLate || end <= termEnd || end > endOfTerm(termEnd, termDuration)) return refuse('customTermEndOutside')
  return isMonthEnd || otherEnds().includes(end) ? undefined : refuse('customTermEndUnknown')
}
