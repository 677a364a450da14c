import { termsOf } from '../catalog/schema.ts'
import { editions } from '../editions.ts'
import { refuseSeats } from '../orders/sandbox-limits.ts'
import { refuseQuantity } from '../purchases/line.ts'
import { monthsOf, refuseBillingCycle } from '../purchases/terms.ts'
import { type Refusal, refuse } from '../refusals.ts'
import { endOfWindow, type Window } from '../time/window.ts'
import { writeTime } from '../time/wire-time.ts'
import type { ChangeContext, SubscriptionChange } from './request.ts'
import type { OperationName, OperationRefusal, SubscriptionRules, Windows } from './rules.ts'
import { refuseSchedule } from './schedule.ts'
import type { NextTerm, SubscriptionRecord } from './schema.ts'
import { removableSeats, startOfWindow, withQuantity } from './seats.ts'
import { commitmentEnd } from './show.ts'

export type Operation = OperationName | 'otherStatus'

/** Applies an operation: the changed subscription, or the refusal. */
type Apply = (
  subscription: SubscriptionRecord,
  asked: SubscriptionChange,
  context: ChangeContext,
) => SubscriptionRecord | Refusal

/** Each operation by the rules of its edition. */
export const apply: Readonly<Record<Operation, Apply>> = {
  cancel,
  suspend,
  reactivate,
  moreSeats,
  fewerSeats,
  autoRenew,
  schedule,
  rename: (subscription, { friendlyName }, context) => {
    const { rule } = rulesOf(context).rename
    if (rule !== 'applies') return refuseOperation(rule, subscription)
    return { ...subscription, friendlyName: friendlyName ?? subscription.friendlyName }
  },
  billingCycle,
  term,
  partner: (subscription, { partnerId }, context) => {
    const { rule } = rulesOf(context).partner
    if (rule !== 'applies') return refuseOperation(rule, subscription)
    return { ...subscription, partnerId: partnerId ?? subscription.partnerId }
  },
  otherStatus: (subscription, { status }) => refuse('statusNotChangeable', status ?? '', subscription.status),
}

function rulesOf({ rules, product }: ChangeContext): SubscriptionRules {
  return editions[rules].subscriptions.rules[product.productType]
}

function refuseOperation(rule: OperationRefusal, { offerId }: SubscriptionRecord): Refusal {
  return rule === 'offerNotUpdatable' ? refuse(rule, offerId) : refuse(rule)
}

/** https://learn.microsoft.com/partner-center/developer/cancel-an-azure-marketplace-subscription */
function cancel(subscription: SubscriptionRecord, _: SubscriptionChange, context: ChangeContext) {
  const { rule } = rulesOf(context).cancel
  if (rule === 'suspends') return { ...subscription, status: 'suspended' as const }
  if (typeof rule === 'string' && rule !== 'applies') return refuseOperation(rule, subscription)
  if (rule !== 'applies') {
    const window = windowOf(rule.within, subscription.termDuration)
    if (window !== undefined && context.now > endOfWindow(startOfWindow(subscription), window)) {
      if (rule.after === 'endsAtRenewal') return withoutSchedule({ ...subscription, autoRenewEnabled: false })
      return refuse(rule.after, rule.after === 'hoursPassed' ? window.days * 24 : window.days)
    }
  }
  const passed = passedWindowOfOrder(subscription, context)
  if (passed !== undefined) return refuse('cancellationWindowPassed', passed.days)
  return withoutSchedule({ ...subscription, status: 'deleted' as const, autoRenewEnabled: false })
}

function windowOf(within: Windows, term: string | undefined): Window | undefined {
  return isWindow(within) ? within : within[term ?? '']
}

function isWindow(within: Windows): within is Window {
  return 'days' in within
}

/** The window of the order, if it has passed: it ends the cancellation of the subscription as well. */
function passedWindowOfOrder({ creationDate }: SubscriptionRecord, { rules, kind, product, now }: ChangeContext) {
  const rule = editions[rules].cancellation[kind][product.productType]
  if (typeof rule === 'string' || now <= endOfWindow(Date.parse(creationDate), rule)) return undefined
  return rule
}

/** https://learn.microsoft.com/partner-center/developer/suspend-a-subscription */
function suspend(subscription: SubscriptionRecord, _: SubscriptionChange, context: ChangeContext) {
  const { rule } = rulesOf(context).suspend
  const suspended = { ...subscription, status: 'suspended' as const }
  if (rule === 'applies') return suspended
  if (rule === 'endsRenewal') return withoutSchedule({ ...suspended, autoRenewEnabled: false })
  return refuseOperation(rule, subscription)
}

/** https://learn.microsoft.com/partner-center/developer/reactivate-a-suspended-subscription */
function reactivate(subscription: SubscriptionRecord, _: SubscriptionChange, context: ChangeContext) {
  const { rule } = rulesOf(context).reactivate
  if (rule !== 'applies') return refuseOperation(rule, subscription)
  const { parentSubscriptionId } = subscription
  const parent = parentSubscriptionId === undefined ? 'active' : context.statusOf(parentSubscriptionId)
  return parent === 'active' ? { ...subscription, status: 'active' as const } : refuse('parentNotActive')
}

/** https://learn.microsoft.com/partner-center/developer/change-the-quantity-of-a-subscription */
function moreSeats(subscription: SubscriptionRecord, asked: SubscriptionChange, context: ChangeContext) {
  const { rule } = rulesOf(context).moreSeats
  return rule === 'applies' ? resize(subscription, asked, context) : refuseOperation(rule, subscription)
}

function fewerSeats(subscription: SubscriptionRecord, asked: SubscriptionChange, context: ChangeContext) {
  const { rule } = rulesOf(context).fewerSeats
  if (typeof rule === 'string' && rule !== 'applies') return refuseOperation(rule, subscription)
  const resized = resize(subscription, asked, context)
  if (rule === 'applies' || 'refused' in resized) return resized
  const removed = subscription.quantity - resized.quantity
  return removed > removableSeats(subscription, rule, context.now) ? refuse('seatsNotDecreasable') : resized
}

function resize(subscription: SubscriptionRecord, { quantity }: SubscriptionChange, context: ChangeContext) {
  const { product, kind, now } = context
  const wanted = quantity ?? subscription.quantity
  const refusal = refuseQuantity(product, wanted) ?? refuseSeats(kind, product, wanted)
  if (refusal !== undefined) return refusal
  const hasWindow = typeof rulesOf(context).fewerSeats.rule === 'object'
  const resized = hasWindow ? withQuantity(subscription, wanted, now) : { ...subscription, quantity: wanted }
  return withoutSchedule(resized)
}

/** https://learn.microsoft.com/partner-center/developer/update-autorenew-for-an-azure-marketplace-subscription */
function autoRenew(subscription: SubscriptionRecord, { autoRenewEnabled }: SubscriptionChange, context: ChangeContext) {
  const { rule } = rulesOf(context).autoRenew
  if (rule !== 'applies') return refuseOperation(rule, subscription)
  // A legacy trial ends by itself.
  if (subscription.isTrial && context.product.productType === 'legacyLicense') return refuse('notRenewable')
  return autoRenewEnabled
    ? { ...subscription, autoRenewEnabled: true }
    : withoutSchedule({ ...subscription, autoRenewEnabled: false })
}

/** https://learn.microsoft.com/partner-center/developer/create-scheduled-changes */
function schedule(subscription: SubscriptionRecord, { nextTerm }: SubscriptionChange, context: ChangeContext) {
  const { rule } = rulesOf(context).schedule
  if (rule !== 'applies') return refuseOperation(rule, subscription)
  if (nextTerm == null) return withoutSchedule(subscription)
  if (!subscription.autoRenewEnabled) return refuse('notRenewable')
  const { rules, findProduct, otherEnds } = context
  const refusal = refuseSchedule(nextTerm, {
    findProduct,
    checksCustomEnd: editions[rules].subscriptions.customTermEnd.rule === 'checked',
    termEnd: commitmentEnd(subscription),
    otherEnds,
  })
  return refusal ?? { ...subscription, scheduledNextTermInstructions: nextTerm.instructions }
}

/** Changes before the next term remove its scheduled change. */
function withoutSchedule(subscription: SubscriptionRecord): SubscriptionRecord {
  const { scheduledNextTermInstructions: _, ...rest } = subscription
  return rest
}

/** A license of three years can change between monthly and annual billing, from the next cycle on. */
function billingCycle(subscription: SubscriptionRecord, asked: SubscriptionChange, context: ChangeContext) {
  const { rule } = rulesOf(context).billingCycle
  if (rule !== 'nextCycle') return refuseOperation(rule, subscription)
  const { termDuration = '', quantity, offerId } = subscription
  const names = new Map([
    ['monthly', 'Monthly'],
    ['annual', 'Annual'],
  ])
  const name = names.get(asked.billingCycle ?? '')
  const sold = termsOf(context.product).find((term) => term.termDuration === termDuration)?.billingCycles ?? []
  const isOffered = termDuration === 'P3Y' && names.has(subscription.billingCycle)
  if (!isOffered || name === undefined || asked.billingCycle == null || !sold.includes(asked.billingCycle))
    return refuse('billingCycleNotUpdatable')
  const [productId = '', skuId = '', availabilityId = ''] = offerId.split(':')
  const nextChargeInstructions: NextTerm = {
    product: { productId, skuId, availabilityId, billingCycle: name, termDuration },
    quantity,
  }
  return { ...subscription, nextChargeInstructions }
}

/** A longer term starts at once, perhaps with another billing cycle. It opens no new window (a guess). */
function term(subscription: SubscriptionRecord, asked: SubscriptionChange, context: ChangeContext) {
  const { rule } = rulesOf(context).term
  if (rule !== 'longer') return refuseOperation(rule, subscription)
  const wanted = asked.termDuration?.toUpperCase() ?? ''
  const months = monthsOf(wanted)
  if (months !== undefined && months < (monthsOf(subscription.termDuration ?? '') ?? 0)) return refuse('termShorter')
  const sold = termsOf(context.product).find(({ termDuration }) => termDuration === wanted)
  if (sold === undefined) return refuse('termDurationInvalid')
  const given = asked.billingCycle
  const cycle = given == null || given === 'unknown' ? subscription.billingCycle : given
  const refusal = refuseBillingCycle(cycle, context.product, sold)
  if (refusal !== undefined) return refusal
  const { quantity, effectiveStartDate, customTermEndDate: _, ...rest } = withoutSchedule(subscription)
  return {
    ...rest,
    quantity,
    effectiveStartDate: writeTime(context.now),
    billingCycle: cycle,
    termDuration: sold.termDuration,
    seats: subscription.seats ?? [{ quantity, boughtAt: effectiveStartDate }],
  }
}
