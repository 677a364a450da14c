import { productTraits, publisherOf, writeProductType } from '../catalog/product-traits.ts'
import type { Product, ProductType } from '../catalog/schema.ts'
import type { Edition } from '../editions.ts'
import { day, startOfDay } from '../time/day.ts'
import { endOfWindow } from '../time/window.ts'
import { endOfTerm, writeTime } from '../time/wire-time.ts'
import { marketplaceRefunds } from './rules.ts'
import { type NextTerm, Subscription, type SubscriptionRecord } from './schema.ts'
import { openSeats, startOfWindow } from './seats.ts'

const lastSecond = day - 1000

type Rules = Edition['subscriptions']

/** The parts of a subscription that an edition and the time decide. */
interface View {
  record: SubscriptionRecord
  type: ProductType
  rules: Rules
  now: number
}

/**
 * A subscription as an edition shows it. `product`: of the catalog, or undefined when the catalog lacks it. `now`:
 * milliseconds since 1970.
 * https://learn.microsoft.com/partner-center/developer/subscription-resources
 */
export function showSubscription(
  record: SubscriptionRecord,
  product: Product | undefined,
  rules: Rules,
  now: number,
): Subscription {
  const { seats: _, ...stored } = record
  if (product === undefined) return stored
  const view: View = { record, type: product.productType, rules, now }
  if (rules.members.form === 'marketplace') return inOrder({ ...stored, ...refundsOf(view) })
  if (productTraits[view.type].legacy) return legacyMembers(stored)
  return inOrder({
    ...stored,
    ...membersOfType(view),
    ...endsOf(view),
    ...refundsOf(view),
    ...refundableSeats(view),
    ...(isMarketplace(view) ? {} : { attributes: { objectType: 'Subscription' } }),
  })
}

/** Writes the members in the documented order, which is that of the schema. */
function inOrder(members: Subscription): Subscription {
  return Subscription().parse(members)
}

function isMarketplace({ type }: View): boolean {
  return productTraits[type].catalogSubType === 'SaaS'
}

/** The pages of legacy subscriptions have fewer members, and `partnerId` only when it is set. */
function legacyMembers(stored: Subscription): Subscription {
  const { hasPurchasableAddons, isTrial, isMicrosoftProduct, partnerId, publisherName, termDuration, ...members } =
    stored
  return inOrder({ ...members, ...(partnerId ? { partnerId } : {}) })
}

function membersOfType({ record, type }: View): Partial<Subscription> {
  const productType = writeProductType(type)
  const { catalogType, catalogSubType } = productTraits[type]
  if (catalogSubType === 'SaaS') return { productType }
  const instructions =
    record.scheduledNextTermInstructions ?? (type === 'newCommerceTrial' ? afterTrial(record) : undefined)
  return {
    productType,
    unitType: record.unitType === 'License(s)' ? 'Licenses' : record.unitType,
    ...(instructions === undefined ? {} : { scheduledNextTermInstructions: instructions }),
    renewalTermDuration: '',
    attentionNeeded: false,
    actionTaken: false,
    publisherName: catalogType === 'Software' ? 'Microsoft' : publisherOf(type),
    ...(record.lineItems === undefined ? {} : { lineItems: benefitsOf(record) }),
  }
}

/** A trial always has its next term. The page does not name the item: the trial's own, for a month (a guess). */
function afterTrial({ offerId, quantity }: SubscriptionRecord): NextTerm {
  const [productId = '', skuId = '', availabilityId = ''] = offerId.split(':')
  return { product: { productId, skuId, availabilityId, billingCycle: 'Monthly', termDuration: 'P1M' }, quantity }
}

function benefitsOf({ lineItems = [], friendlyName, autoRenewEnabled, status }: SubscriptionRecord) {
  return lineItems.map((benefit) => ({ ...benefit, friendlyName, autoRenewEnabled, status }))
}

/** The last day of a commitment, at midnight: ends are inclusive. Infinity without a term. */
function lastDay(start: number, term: string | undefined): number {
  return endOfTerm(startOfDay(start), term) - day
}

/** The day on which the commitment of a modern subscription that is not of the marketplace ends. */
export function commitmentEnd({ effectiveStartDate, customTermEndDate, termDuration }: SubscriptionRecord): number {
  const custom = Date.parse(customTermEndDate ?? '')
  return Number.isNaN(custom) ? lastDay(Date.parse(effectiveStartDate), termDuration) : startOfDay(custom)
}

function endsOf(view: View): Partial<Subscription> {
  const { record, type, rules } = view
  const end = commitmentEnd(record)
  if (isMarketplace(view) || record.billingType === 'usage' || !Number.isFinite(end)) return {}
  const withTimes = rules.members.form === 'refundableSeats'
  const cycleEnd = type === 'savingsPlan' ? endOfCycle(view, end) : undefined
  return {
    commitmentEndDate: writeTime(end),
    ...(withTimes ? { commitmentEndDateTime: writeTime(end + lastSecond) } : {}),
    ...cancellationEnd(view),
    ...(cycleEnd === undefined
      ? {}
      : { billingCycleEndDate: writeTime(cycleEnd), billingCycleEndDateTime: writeTime(cycleEnd + lastSecond) }),
  }
}

function endOfCycle({ record, now }: View, end: number): number {
  if (record.billingCycle !== 'monthly') return end
  const start = Date.parse(record.effectiveStartDate)
  let months = 1
  while (lastDay(start, `P${months}M`) + lastSecond < now && lastDay(start, `P${months}M`) < end) months++
  return lastDay(start, `P${months}M`)
}

/** Software has it since 2021, licenses since 2022. */
function cancellationEnd({ record, type, rules }: View): Partial<Subscription> {
  const { rule } = rules.rules[type].cancel
  const shown = type === 'softwareSubscription' || rules.members.form === 'refundableSeats'
  if (!shown || typeof rule === 'string' || !isWindow(rule.within)) return {}
  const until = endOfWindow(startOfWindow(record), rule.within)
  return { cancellationAllowedUntilDate: writeTime(until) }
}

function isWindow(within: object): within is { days: number; ends: 'instant' | 'endOfDay' } {
  return 'days' in within
}

/** A full refund: of licenses until the midnight after the start, of marketplace items by their term. */
function refundsOf(view: View): Partial<Subscription> {
  const { record, type, rules } = view
  const start = Date.parse(record.effectiveStartDate)
  if (type === 'newCommerceLicense' && rules.members.form !== 'marketplace')
    return { refundOptions: [{ type: 'Full', expiresAt: writeTime(startOfDay(start) + day) }] }
  const window = marketplaceRefunds[record.termDuration ?? '']
  if (!isMarketplace(view) || record.billingType === 'usage' || record.isTrial || window === undefined) return {}
  return { refundOptions: [{ type: 'Full', expiresAt: writeTime(endOfWindow(start, window)) }] }
}

function refundableSeats({ record, type, rules, now }: View): Partial<Subscription> {
  const { rule } = rules.rules[type].fewerSeats
  if (rules.members.form !== 'refundableSeats' || typeof rule === 'string') return {}
  const open = openSeats(record, rule, now)
  return {
    refundableQuantity: {
      totalQuantity: open.reduce((sum, { quantity }) => sum + quantity, 0),
      details: open.map(({ quantity, until }) => ({ quantity, allowedUntilDateTime: writeTime(until) })),
    },
  }
}
