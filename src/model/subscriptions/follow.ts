import { nextEtag } from '../ids.ts'
import { isCancelled, type Order, type OrderLineItem } from '../orders/schema.ts'
import type { SubscriptionRecord } from './schema.ts'

/**
 * Brings a subscription in line with its changed order line: a cancelled line deletes it. Returns the same object when
 * nothing changed. Only a legacy order changes the billing cycle of its subscriptions.
 */
export function followOrder(subscription: SubscriptionRecord, order: Order, line: OrderLineItem): SubscriptionRecord {
  if (isCancelled(order, line))
    return subscription.status === 'deleted' ? subscription : nextVersion({ ...subscription, status: 'deleted' })
  const { quantity } = line
  const billingCycle = isLegacy(subscription) ? order.billingCycle : subscription.billingCycle
  if (subscription.quantity === quantity && subscription.billingCycle === billingCycle) return subscription
  return nextVersion({ ...subscription, quantity, billingCycle })
}

/** Brings an order in line with one of its subscriptions: a deleted subscription cancels its line. */
export function followSubscription(order: Order, { id, status, quantity }: SubscriptionRecord): Order {
  const left = status === 'deleted' ? 0 : quantity
  const lineItems = order.lineItems.map((line) => (line.subscriptionId === id ? { ...line, quantity: left } : line))
  const gone = lineItems.every((line) => line.quantity === 0)
  return { ...order, lineItems, status: gone ? 'cancelled' : order.status }
}

/** Legacy subscriptions alone have an etag. */
export function isLegacy({ attributes }: SubscriptionRecord): boolean {
  return Boolean(attributes.etag)
}

/** Legacy subscriptions count their changes in their etag. */
export function nextVersion(subscription: SubscriptionRecord): SubscriptionRecord {
  if (!isLegacy(subscription)) return subscription
  const { id, attributes } = subscription
  return { ...subscription, attributes: { ...attributes, etag: nextEtag(id, attributes.etag) } }
}
