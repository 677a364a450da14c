import type { Order } from '../orders/order.ts'
import { writeTime } from '../orders/time.ts'
import type { Account } from './account.ts'
import { before } from './duration.ts'
import type { Fixtures } from './fixtures.ts'
import { addOrder, readOrder, reopenSubscriptions } from './order-book.ts'

type Stores = Pick<Account, 'customers' | 'products' | 'orders' | 'subscriptions' | 'random'>

/** Fills the stores of a new account. `now`: milliseconds since 1970, what relative creation dates count from. */
export function seed(stores: Stores, fixtures: Fixtures, now: number): void {
  for (const customer of fixtures.customers) stores.customers.add(customer)
  for (const product of fixtures.products) stores.products.add(product)
  for (const { order, adjustmentPending, completesAt } of fixtures.orders) {
    const createdBefore = order.creationDate.startsWith('-') ? order.creationDate.slice(1) : undefined
    const start = { adjustmentPending, completesAt, createdBefore }
    addOrder(stores, { ...order, creationDate: creationDate(order.creationDate, now) }, start)
  }
  for (const subscription of fixtures.subscriptions ?? []) stores.subscriptions.replace(subscription)
}

/** Counts the relative creation dates of a seeded account from another now; nothing may have changed it since. */
export function redate(stores: Stores, now: number): void {
  for (const row of stores.orders.relative()) {
    const order: Order = { ...readOrder(row), creationDate: writeTime(before(now, row.createdBefore ?? 'PT0S')) }
    stores.orders.redate(row.orderNumber, order)
    reopenSubscriptions(stores, order)
  }
}

/** A date as written, or the time that lies a duration such as `-P10D` before now. */
export function creationDate(text: string, now: number): string {
  return text.startsWith('-') ? writeTime(before(now, text.slice(1))) : text
}
