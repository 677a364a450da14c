import { editions } from '../editions.ts'
import { isRefusal, type Refusal, refuse } from '../refusals.ts'
import { isLegacy, nextVersion } from './follow.ts'
import { apply, type Operation } from './operations.ts'
import type { ChangeContext, SubscriptionChange } from './request.ts'
import type { SubscriptionRecord, SubscriptionStatus } from './schema.ts'

/**
 * Applies a PATCH to a subscription, completely or not at all. Returns the same object when nothing changed. The sequence
 * of the checks is a guess: state of the subscription, status, term and billing cycle, seats, auto-renew, scheduled change,
 * name, partner.
 * https://learn.microsoft.com/partner-center/developer/update-a-subscription-by-id
 */
export function changeSubscription(
  subscription: SubscriptionRecord,
  asked: SubscriptionChange,
  context: ChangeContext,
): { subscription: SubscriptionRecord } | Refusal {
  if (subscription.status === 'deleted') return refuse('subscriptionDeleted', subscription.id)
  const operations = operationsIn(subscription, asked)
  const refusal = operations.length === 0 ? undefined : refuseState(subscription, operations, context)
  if (refusal !== undefined) return refusal
  let changed = subscription
  for (const operation of operations) {
    const result = apply[operation](changed, asked, context)
    if (isRefusal(result)) return result
    changed = result
  }
  changed = withoutOmitted(changed, asked, operations, context)
  return { subscription: changed === subscription ? subscription : nextVersion(changed) }
}

/** The operations that a PATCH asks for, in the sequence of their checks: each member that differs is one. */
function operationsIn(subscription: SubscriptionRecord, asked: SubscriptionChange): Operation[] {
  const differs = (name: 'quantity' | 'friendlyName' | 'autoRenewEnabled' | 'partnerId') =>
    asked[name] != null && asked[name] !== subscription[name]
  const { status, billingCycle, termDuration, nextTerm } = asked
  const operations: Operation[] = []
  if (status != null && status !== subscription.status) operations.push(operationOf(status))
  if (termDuration != null && termDuration.toUpperCase() !== (subscription.termDuration ?? '')) operations.push('term')
  else if (billingCycle != null && billingCycle !== 'unknown' && billingCycle !== subscription.billingCycle)
    operations.push('billingCycle')
  if (differs('quantity')) operations.push((asked.quantity ?? 0) > subscription.quantity ? 'moreSeats' : 'fewerSeats')
  if (differs('autoRenewEnabled')) operations.push('autoRenew')
  const stored = JSON.stringify(subscription.scheduledNextTermInstructions)
  if (nextTerm != null ? JSON.stringify(nextTerm.instructions) !== stored : nextTerm === null && stored !== undefined)
    operations.push('schedule')
  if (differs('friendlyName')) operations.push('rename')
  if (differs('partnerId')) operations.push('partner')
  return operations
}

function operationOf(status: SubscriptionStatus): Operation {
  switch (status) {
    case 'deleted':
      return 'cancel'
    case 'suspended':
      return 'suspend'
    case 'active':
      return 'reactivate'
    default:
      return 'otherStatus'
  }
}

/** Refuses a change for the state of the subscription, whatever the product allows. */
function refuseState(
  subscription: SubscriptionRecord,
  operations: readonly Operation[],
  { rules, order }: ChangeContext,
): Refusal | undefined {
  const { status } = subscription
  if (status === 'expired' || status === 'disabled') return refuse('termEnded')
  const { busy } = editions[rules].subscriptions
  if (order !== 'settled') return refuse(busy[order])
  if (status === 'pending' && operations.some((operation) => operation !== 'cancel'))
    return refuse('subscriptionNotActivated')
  if (status !== 'suspended' || operations.includes('reactivate')) return undefined
  if (isLegacy(subscription)) {
    const resizes = operations.some((operation) => operation === 'moreSeats' || operation === 'fewerSeats')
    return resizes ? refuse('subscriptionSuspended') : undefined
  }
  return operations.every((operation) => operation === 'cancel') ? undefined : refuse('modernSubscriptionSuspended')
}

/**
 * A body that is not a whole subscription resets auto-renew and scheduled changes that it does not name.
 * https://learn.microsoft.com/partner-center/developer/update-a-subscription-by-id
 */
function withoutOmitted(
  subscription: SubscriptionRecord,
  { isWhole, ...named }: SubscriptionChange,
  operations: readonly Operation[],
  { rules, product }: ChangeContext,
): SubscriptionRecord {
  const { autoRenewEnabled, nextTerm } = named
  const edition = editions[rules].subscriptions
  const namesNothing = Object.values(named).every((member) => member == null)
  if (edition.omittedMembers.rule === 'stay' || isWhole || namesNothing) return subscription
  if (isLegacy(subscription) || subscription.status !== 'active') return subscription
  const { scheduledNextTermInstructions, nextChargeInstructions, ...rest } = subscription
  const renews = edition.rules[product.productType].autoRenew.rule === 'applies'
  const isReset = autoRenewEnabled == null && renews && subscription.autoRenewEnabled
  const keepsSchedule = nextTerm != null && scheduledNextTermInstructions !== undefined
  const keepsCharge = operations.includes('billingCycle') && nextChargeInstructions !== undefined
  const isComplete =
    keepsSchedule === (scheduledNextTermInstructions !== undefined) &&
    keepsCharge === (nextChargeInstructions !== undefined)
  if (!isReset && isComplete) return subscription
  return {
    ...rest,
    autoRenewEnabled: subscription.autoRenewEnabled && !isReset,
    ...(keepsSchedule ? { scheduledNextTermInstructions } : {}),
    ...(keepsCharge ? { nextChargeInstructions } : {}),
  }
}
