import { productTraits } from '../catalog/product-traits.ts'
import type { BillingCycle, Product } from '../catalog/schema.ts'
import type { AccountKind } from '../editions.ts'
import { etag, nextEtag } from '../ids.ts'
import { linkTo } from '../links.ts'
import { catalogLinks } from '../orders/order-links.ts'
import { refuseSeats } from '../orders/sandbox-limits.ts'
import { isCancelled, type Order, type OrderLineItem } from '../orders/schema.ts'
import { refuseQuantity } from '../purchases/line.ts'
import { type Refusal, refuse } from '../refusals.ts'
import { endOfTerm, writeTime } from '../time/wire-time.ts'
import type { Subscription, SubscriptionStatus } from './schema.ts'

/** The commitment end date of a subscription without a term. */
const endless = '9999-12-10T00:00:00Z'

/** Opens the subscription of an order line. The line must have a subscriptionId. */
export function openSubscription(order: Order, line: OrderLineItem, product: Product, parentId?: string): Subscription {
  const { id: orderId, referenceCustomerId: customerId, creationDate, billingCycle } = order
  const id = line.subscriptionId ?? ''
  const { legacy, catalogSubType } = productTraits[product.productType]
  const isUsage = ['azurePlan', 'legacyAzure', 'saasMetered'].includes(product.productType)
  const end = endOfTerm(Date.parse(creationDate), isUsage ? undefined : line.termDuration)
  const uri = `/customers/${customerId}/subscriptions/`
  return {
    id,
    offerId: line.offerId,
    offerName: product.title,
    friendlyName: line.friendlyName ?? product.title,
    quantity: line.quantity,
    unitType: isUsage ? 'Usage-based' : legacy ? 'Licenses' : 'License(s)',
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
    isMicrosoftProduct: catalogSubType !== 'SaaS',
    partnerId: '',
    contractType: 'subscription',
    links: {
      ...(legacy ? { offer: linkTo(`/offers/${line.offerId}?country=US`) } : catalogLinks(product)),
      ...(parentId === undefined ? {} : { parentSubscription: linkTo(`${uri}${parentId}`) }),
      self: linkTo(`${uri}${id}`),
    },
    publisherName: catalogSubType === 'SaaS' ? 'SaaS publisher' : 'Microsoft Corporation',
    orderId: legacy ? orderId.toUpperCase() : orderId,
    attributes: { etag: legacy ? etag(id, 1) : '', objectType: 'Subscription' },
  }
}

function statusAtStart(order: Order, line: OrderLineItem, product: Product): SubscriptionStatus {
  const { legacy, activated } = productTraits[product.productType]
  if (isCancelled(order, line)) return legacy ? 'suspended' : 'deleted'
  return order.status === 'pending' && activated ? 'pending' : 'active'
}

/** Brings a subscription in line with its changed order line: a cancelled line deletes it. Returns the same object when nothing changed. */
export function followOrder(subscription: Subscription, order: Order, line: OrderLineItem): Subscription {
  if (isCancelled(order, line))
    return subscription.status === 'deleted' ? subscription : nextVersion({ ...subscription, status: 'deleted' })
  const { quantity } = line
  const { billingCycle } = order
  if (subscription.quantity === quantity && subscription.billingCycle === billingCycle) return subscription
  return nextVersion({ ...subscription, quantity, billingCycle })
}

/** The members of a subscription that a PATCH may change. The other members are read-only. */
export interface SubscriptionChange {
  status?: SubscriptionStatus | null | undefined
  quantity?: number | null | undefined
  friendlyName?: string | null | undefined
  autoRenewEnabled?: boolean | null | undefined
  billingCycle?: BillingCycle | null | undefined
}

/**
 * Applies a PATCH to a subscription, completely or not at all.
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
  const allowed: readonly SubscriptionStatus[] = productTraits[product.productType].statuses
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

/** Brings an order in line with one of its subscriptions: a deleted subscription cancels its line. */
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
