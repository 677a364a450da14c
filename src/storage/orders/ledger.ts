import { endCancellation } from '../../model/orders/cancel.ts'
import { completeOrder } from '../../model/orders/fulfil.ts'
import type { Order } from '../../model/orders/schema.ts'
import { followOrder, followSubscription } from '../../model/subscriptions/follow.ts'
import { openSubscription } from '../../model/subscriptions/open.ts'
import type { SubscriptionRecord } from '../../model/subscriptions/schema.ts'
import type { Stores } from '../stores.ts'
import { type OrderStart, type RunningCancellation, readOrder, type StoredOrder } from './row.ts'

/** The stores of orders and of everything that changes with them. */
export type LedgerStores = Pick<Stores, 'orders' | 'subscriptions' | 'products' | 'random'>

/** Parses the document of a subscription. The database holds only subscriptions that were valid when they were written. */
export function readSubscription(document: string): SubscriptionRecord {
  return JSON.parse(document)
}

/** Adds an order with the subscriptions that its lines name, and returns its number. */
export function addOrder(stores: LedgerStores, order: Order, start: OrderStart): number {
  const orderNumber = stores.orders.add(order, start)
  openSubscriptions(stores, orderNumber, order)
  return orderNumber
}

/**
 * Changes only the status in an order's document. Replacing the text takes a fraction of the time that writing the whole
 * document takes. Writes the whole document when the place of the status is ambiguous.
 */
export function withStatus(document: string, before: Order, order: Order): string {
  // Quotes within a JSON string have backslashes before them.
  const [head = '', tail, ...others] = document.split(statusMember(before))
  return tail === undefined || others.length > 0 ? JSON.stringify(order) : head + statusMember(order) + tail
}

function statusMember({ status }: Order): string {
  return `"status":"${status}"`
}

/**
 * Writes a changed order, brings its subscriptions in line, and returns the document. `document`: the order's, where the
 * caller has it already.
 */
export function saveOrder(
  stores: LedgerStores,
  orderNumber: number,
  order: Order,
  document = JSON.stringify(order),
): string {
  stores.orders.replace(orderNumber, document)
  for (const line of order.lineItems) {
    const stored = line.subscriptionId === undefined ? undefined : stores.subscriptions.find(line.subscriptionId)
    if (stored === undefined) continue
    const subscription = readSubscription(stored.document)
    const followed = followOrder(subscription, order, line)
    if (followed !== subscription) stores.subscriptions.replace(followed)
  }
  openSubscriptions(stores, orderNumber, order)
  return document
}

/** Adds the subscriptions that the lines of an order name and the database lacks. */
export function openSubscriptions(stores: LedgerStores, orderNumber: number, order: Order): void {
  for (const line of order.lineItems) {
    if (line.subscriptionId === undefined || stores.subscriptions.find(line.subscriptionId) !== undefined) continue
    const product = stores.products.find(line.offerId)
    if (product === undefined) continue
    const subscription = openSubscription(order, line, product, line.parentSubscriptionId)
    stores.subscriptions.add(subscription, orderNumber, order.referenceCustomerId)
  }
}

/** Writes the subscriptions of an order as they are when the order is new. */
export function reopenSubscriptions(stores: LedgerStores, order: Order): void {
  for (const line of order.lineItems) {
    const product = line.subscriptionId === undefined ? undefined : stores.products.find(line.offerId)
    if (product !== undefined)
      stores.subscriptions.replace(openSubscription(order, line, product, line.parentSubscriptionId))
  }
}

/** Writes a changed subscription and brings its order in line. */
export function saveSubscription(stores: LedgerStores, orderNumber: number, subscription: SubscriptionRecord): void {
  stores.subscriptions.replace(subscription)
  const stored = stores.orders.get(orderNumber)
  if (stored !== undefined) {
    stores.orders.replace(orderNumber, JSON.stringify(followSubscription(readOrder(stored), subscription)))
  }
}

/**
 * Starts a cancellation, during which the order is pending and takes no other change, and returns the document. `at`: when it
 * ends, in milliseconds since 1970, or undefined when it does not end by itself. `lines`: empty for the whole order.
 */
export function startCancellation(
  { orders }: LedgerStores,
  { orderNumber, document }: StoredOrder,
  order: Order,
  cancellation: RunningCancellation,
): string {
  const pending = withStatus(document, order, { ...order, status: 'pending' })
  orders.replace(orderNumber, pending)
  orders.cancelCompletion(orderNumber)
  orders.setCancellation(orderNumber, cancellation)
  orders.setAdjustmentPending(orderNumber, true)
  return pending
}

/** Ends a cancellation that is under way. An order with other lines was pending meanwhile, and completes. */
export function finishCancellation(stores: LedgerStores, stored: StoredOrder): void {
  const { orderNumber } = stored
  const lines = stores.orders.cancellationOf(orderNumber)?.lines ?? []
  dropCancellation(stores, orderNumber)
  saveOrder(stores, orderNumber, endCancellation(readOrder(stored), lines))
  completeWhenActivated(stores, orderNumber)
}

/** Forgets a cancellation that is under way. */
export function dropCancellation({ orders }: Pick<LedgerStores, 'orders'>, orderNumber: number): void {
  orders.setCancellation(orderNumber, undefined)
  orders.setAdjustmentPending(orderNumber, false)
}

/** Completes a pending order now. */
export function complete(stores: LedgerStores, stored: StoredOrder): void {
  const order = completeOrder(readOrder(stored), stores.products.typeOf, stores.random)
  stores.orders.cancelCompletion(stored.orderNumber)
  saveOrder(stores, stored.orderNumber, order)
}

/**
 * Completes a pending order of marketplace subscriptions when none of them waits for its activation any more. Call it after
 * one of them was activated or deleted.
 */
export function completeWhenActivated(stores: LedgerStores, orderNumber: number): void {
  const stored = stores.orders.get(orderNumber)
  if (stored === undefined || readOrder(stored).status !== 'pending') return
  const subscriptions = stores.subscriptions.ofOrder(orderNumber).map(readSubscription)
  if (subscriptions.every(({ status }) => status !== 'pending')) complete(stores, stored)
}
