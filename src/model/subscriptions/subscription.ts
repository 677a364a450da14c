import * as z from 'zod'
import { productWorlds } from '../catalog/product-traits.ts'
import { BillingCycle, type Product } from '../catalog/schema.ts'
import type { AccountKind } from '../orders/cancellation-rules.ts'
import { etag, nextEtag } from '../orders/ids.ts'
import { catalogLinks, linkTo } from '../orders/links.ts'
import { refuseQuantity } from '../orders/place.ts'
import { type Refusal, refuse } from '../orders/refusal.ts'
import { refuseSeats } from '../orders/sandbox-limits.ts'
import { isCancelled, Link, type Order, type OrderLineItem, TermDuration } from '../orders/schema.ts'
import { endOfTerm, writeTime } from '../time/wire-time.ts'

/** https://learn.microsoft.com/partner-center/developer/subscription-resources */
export const SubscriptionStatus = z.enum(['none', 'active', 'suspended', 'deleted', 'expired', 'pending', 'disabled'])
export type SubscriptionStatus = z.infer<typeof SubscriptionStatus>

/** What a line of an order brought: members in the documented order. */
export const Subscription = z
  .strictObject({
    id: z.string(),
    offerId: z.string(),
    offerName: z.string(),
    friendlyName: z.string(),
    quantity: z.int().nonnegative(),
    unitType: z.string(),
    parentSubscriptionId: z.string().optional(),
    hasPurchasableAddons: z.boolean(),
    creationDate: z.string(),
    effectiveStartDate: z.string(),
    commitmentEndDate: z.string(),
    status: SubscriptionStatus,
    autoRenewEnabled: z.boolean(),
    isTrial: z.boolean(),
    billingType: z.enum(['none', 'usage', 'license']),
    billingCycle: BillingCycle,
    termDuration: TermDuration.optional(),
    isMicrosoftProduct: z.boolean(),
    partnerId: z.string(),
    contractType: z.literal('subscription'),
    links: z.record(z.string(), Link),
    publisherName: z.string(),
    orderId: z.string(),
    attributes: z.strictObject({ etag: z.string(), objectType: z.literal('Subscription') }),
  })
  .meta({ id: 'Subscription' })
export type Subscription = z.infer<typeof Subscription>

const endless = '9999-12-10T00:00:00Z'

/** The subscription that a line of an order has brought. The line must name its id. */
export function openSubscription(order: Order, line: OrderLineItem, product: Product, parentId?: string): Subscription {
  const { id: orderId, referenceCustomerId: customerId, creationDate, billingCycle } = order
  const id = line.subscriptionId ?? ''
  const world = productWorlds[product.productType]
  const isUsage = ['azurePlan', 'legacyAzure', 'saasMetered'].includes(product.productType)
  const end = endOfTerm(Date.parse(creationDate), isUsage ? undefined : line.termDuration)
  const uri = `/customers/${customerId}/subscriptions/`
  return {
    id,
    offerId: line.offerId,
    offerName: product.title,
    friendlyName: line.friendlyName ?? product.title,
    quantity: line.quantity,
    unitType: isUsage ? 'Usage-based' : world.legacy ? 'Licenses' : 'License(s)',
    ...(parentId === undefined ? {} : { parentSubscriptionId: parentId }),
    hasPurchasableAddons: product.productType === 'legacyLicense',
    creationDate: writeTime(Date.parse(creationDate)),
    effectiveStartDate: writeTime(Date.parse(creationDate)),
    commitmentEndDate: Number.isFinite(end) ? writeTime(end) : endless,
    status: statusAtStart(order, line, product),
    autoRenewEnabled: !isUsage,
    isTrial: billingCycle === 'none',
    billingType: isUsage ? 'usage' : 'license',
    billingCycle,
    ...(line.termDuration === undefined ? {} : { termDuration: line.termDuration }),
    isMicrosoftProduct: world.catalogSubType !== 'SaaS',
    partnerId: '',
    contractType: 'subscription',
    links: {
      ...(world.legacy ? { offer: linkTo(`/offers/${line.offerId}?country=US`) } : catalogLinks(product)),
      ...(parentId === undefined ? {} : { parentSubscription: linkTo(`${uri}${parentId}`) }),
      self: linkTo(`${uri}${id}`),
    },
    publisherName: world.catalogSubType === 'SaaS' ? 'SaaS publisher' : 'Microsoft Corporation',
    orderId: world.legacy ? orderId.toUpperCase() : orderId,
    attributes: { etag: world.legacy ? etag(id, 1) : '', objectType: 'Subscription' },
  }
}

function statusAtStart(order: Order, line: OrderLineItem, product: Product): SubscriptionStatus {
  const { legacy, activated } = productWorlds[product.productType]
  if (isCancelled(order, line)) return legacy ? 'suspended' : 'deleted'
  return order.status === 'pending' && activated ? 'pending' : 'active'
}

/** A subscription as its order's line now is: a line that is cancelled has its subscription deleted. */
export function followOrder(subscription: Subscription, order: Order, line: OrderLineItem): Subscription {
  if (isCancelled(order, line))
    return subscription.status === 'deleted' ? subscription : nextVersion({ ...subscription, status: 'deleted' })
  const { quantity } = line
  const { billingCycle } = order
  if (subscription.quantity === quantity && subscription.billingCycle === billingCycle) return subscription
  return nextVersion({ ...subscription, quantity, billingCycle })
}

/** What a PATCH of a subscription may say; the rest of its members is read-only. */
export interface SubscriptionChange {
  status?: SubscriptionStatus | null | undefined
  quantity?: number | null | undefined
  friendlyName?: string | null | undefined
  autoRenewEnabled?: boolean | null | undefined
  billingCycle?: z.infer<typeof BillingCycle> | null | undefined
}

/**
 * Changes a subscription as a PATCH asks, all of it or nothing.
 * https://learn.microsoft.com/partner-center/developer/suspend-a-subscription
 * https://learn.microsoft.com/partner-center/developer/cancel-an-azure-marketplace-subscription
 */
export function changeSubscription(
  subscription: Subscription,
  change: SubscriptionChange,
  product: Product,
  kind: AccountKind,
): { subscription: Subscription } | Refusal {
  if (subscription.status === 'deleted') return refuse('subscriptionDeleted', subscription.id)
  if (
    change.billingCycle != null &&
    change.billingCycle !== 'unknown' &&
    change.billingCycle !== subscription.billingCycle
  ) {
    return refuse('billingCycleOfSubscription')
  }
  const status = change.status ?? subscription.status
  const allowed: readonly SubscriptionStatus[] = productWorlds[product.productType].statuses
  if (status !== subscription.status && !allowed.includes(status)) {
    return refuse('statusNotChangeable', status, subscription.status)
  }
  const quantity = change.quantity ?? subscription.quantity
  if (quantity !== subscription.quantity) {
    if (subscription.status === 'suspended') return refuse('subscriptionSuspended')
    const refusal = refuseQuantity(product, quantity) ?? refuseSeats(kind, product, quantity)
    if (refusal !== undefined) return refusal
  }
  const friendlyName = change.friendlyName ?? subscription.friendlyName
  const autoRenewEnabled = change.autoRenewEnabled ?? subscription.autoRenewEnabled
  return { subscription: nextVersion({ ...subscription, status, quantity, friendlyName, autoRenewEnabled }) }
}

/** An order as a change of one of its subscriptions leaves it: a line whose subscription is deleted is cancelled. */
export function followSubscription(order: Order, { id, status, quantity }: Subscription): Order {
  const left = status === 'deleted' ? 0 : quantity
  const lineItems = order.lineItems.map((line) => (line.subscriptionId === id ? { ...line, quantity: left } : line))
  const gone = lineItems.every((line) => line.quantity === 0)
  return { ...order, lineItems, status: gone ? 'cancelled' : order.status }
}

/** Legacy subscriptions count their changes in their etag. */
function nextVersion(subscription: Subscription): Subscription {
  const { id, attributes } = subscription
  if (attributes.etag === '') return subscription
  return { ...subscription, attributes: { ...attributes, etag: nextEtag(id, attributes.etag) } }
}
