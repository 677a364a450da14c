import { editions } from '../editions.ts'
import { type Refusal, refuse } from '../refusals.ts'
import { isOnLastDayOfMonth, startOfDay } from '../time/day.ts'
import { endOfTerm } from '../time/wire-time.ts'
import type { ChosenLine, OwnedSubscription, PurchaseContext } from './request.ts'

/**
 * Refuses a `customTermEndDate` that does not lie within the first term, or that is neither the end of another
 * new-commerce license of the customer nor the end of a month.
 * https://learn.microsoft.com/partner-center/align-subscription-end-dates
 */
export function refuseCustomTermEnd(line: ChosenLine, context: PurchaseContext): Refusal | undefined {
  const { asked, product, term } = line
  if (!asked.customTermEndDate) return undefined
  const end = Date.parse(asked.customTermEndDate)
  if (Number.isNaN(end)) return { refused: 'invalidInput', data: ['customTermEndDate: an ISO 8601 date and time'] }
  const { rules, now, subscriptions } = context
  if (!editions[rules].purchases.customTermEndsChecked) return undefined
  const fits =
    product.productType === 'newCommerceLicense' &&
    end > now &&
    end <= endOfTerm(now, term.termDuration) &&
    (isOnLastDayOfMonth(end) || subscriptions().some((owned) => endsOn(owned, end, term.termDuration)))
  return fits ? undefined : refuse('customTermEndInvalid', asked.lineItemNumber ?? 0)
}

/** Whether a subscription ends on a day. A term of a year or more cannot follow one of a month. */
function endsOn(owned: OwnedSubscription, time: number, term: string): boolean {
  const { productType, status, isTrial, endsAt, termDuration } = owned
  if (productType !== 'newCommerceLicense' || status !== 'active' || isTrial) return false
  if (termDuration === 'P1M' && term !== 'P1M') return false
  return startOfDay(Date.parse(endsAt)) === startOfDay(time)
}
