import type { Account } from '../../accounts/account.ts'
import { completeOrder, waitsForActivation } from '../../model/orders/fulfil.ts'
import { namesSubscriptions, type Order } from '../../model/orders/schema.ts'
import {
  followOrder,
  followSubscription,
  openSubscription,
  type Subscription,
} from '../../model/subscriptions/subscription.ts'
import type { OrderStart } from './new-order.ts'
import type { StoredOrder } from './row.ts'

type Stores = Pick<Account, 'orders' | 'subscriptions' | 'products' | 'random'>

/** An order's document. What lies in the database was checked before it was written. */
export function readOrder({ document }: Pick<StoredOrder, 'document'>): Order {
  return JSON.parse(document)
}

export function readSubscription(document: string): Subscription {
  return JSON.parse(document)
}

/** Adds an order together with the subscriptions that its lines name, and gives its number. */
export function addOrder(stores: Stores, order: Order, start: OrderStart): number {
  const orderNumber = stores.orders.add(order, start)
  openSubscriptions(stores, orderNumber, order)
  return orderNumber
}

/** The parent subscription of each line that is an add-on, by the number of the line. */
type Parents = ReadonlyMap<number, string>

/**
 * An order's document with another status and nothing else changed. It is put in the place of the one before, since to write
 * all of the document takes many times as long; only where it is not clear which that is, all is written.
 */
export function withStatus(document: string, before: Order, order: Order): string {
  // Within a string of JSON the quotes would have backslashes before them.
  const [head = '', tail, ...others] = document.split(statusMember(before))
  return tail === undefined || others.length > 0 ? JSON.stringify(order) : head + statusMember(order) + tail
}

function statusMember({ status }: Order): string {
  return `"status":"${status}"`
}

/** `document`: the order's, where it is known already. */
interface Saving {
  document?: string | undefined
  parents?: Parents | undefined
}

/** Writes an order that was changed, brings its subscriptions after it, and gives the document. */
export function saveOrder(
  stores: Stores,
  orderNumber: number,
  order: Order,
  { document = JSON.stringify(order), parents = new Map() }: Saving = {},
): string {
  stores.orders.replace(orderNumber, document)
  for (const line of order.lineItems) {
    const stored = line.subscriptionId === undefined ? undefined : stores.subscriptions.find(line.subscriptionId)
    if (stored === undefined) continue
    const subscription = readSubscription(stored.document)
    const followed = followOrder(subscription, order, line)
    if (followed !== subscription) stores.subscriptions.replace(followed)
  }
  openSubscriptions(stores, orderNumber, order, parents)
  return document
}

/** Whether `saveOrder` writes the row of the order and no other. */
export function isSavedAlone(order: Order): boolean {
  return !namesSubscriptions(order)
}

/** Adds the subscriptions that the lines of an order name and that are not there yet. */
export function openSubscriptions(
  stores: Stores,
  orderNumber: number,
  order: Order,
  parents: Parents = new Map(),
): void {
  for (const line of order.lineItems) {
    if (line.subscriptionId === undefined || stores.subscriptions.find(line.subscriptionId) !== undefined) continue
    const product = stores.products.find(line.offerId)
    if (product === undefined) continue
    const subscription = openSubscription(order, line, product, parents.get(line.lineItemNumber))
    stores.subscriptions.add(subscription, orderNumber, order.referenceCustomerId)
  }
}

/** Writes the subscriptions of an order as they are when it is new. */
export function reopenSubscriptions(stores: Stores, order: Order): void {
  for (const line of order.lineItems) {
    const product = line.subscriptionId === undefined ? undefined : stores.products.find(line.offerId)
    if (product !== undefined) stores.subscriptions.replace(openSubscription(order, line, product))
  }
}

/** Writes a subscription that was changed, and brings its order after it. */
export function saveSubscription(stores: Stores, orderNumber: number, subscription: Subscription): void {
  stores.subscriptions.replace(subscription)
  const stored = stores.orders.get(orderNumber)
  if (stored !== undefined) {
    stores.orders.replace(orderNumber, JSON.stringify(followSubscription(readOrder(stored), subscription)))
  }
}

/** Completes a pending order now. */
export function complete(stores: Stores, stored: StoredOrder): void {
  const order = completeOrder(readOrder(stored), stores.products.typeOf, stores.random)
  stores.orders.settle(stored.orderNumber)
  saveOrder(stores, stored.orderNumber, order)
}

/** When an order that is placed now completes by itself, in milliseconds since 1970. */
export function completionOf(account: Account, order: Order, now: number): number | undefined {
  const { fulfilmentDelay } = account.settings
  if (order.status !== 'pending' || fulfilmentDelay === undefined) return undefined
  return waitsForActivation(order, account.products.typeOf) ? undefined : now + fulfilmentDelay
}
