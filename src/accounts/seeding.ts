import { writeTime } from '../orders/time.ts'
import type { Account } from './account.ts'
import { before } from './duration.ts'
import type { Fixtures } from './fixtures.ts'
import { addOrder } from './order-book.ts'

type Stores = Pick<Account, 'customers' | 'products' | 'orders' | 'subscriptions' | 'random'>

/** Fills the stores of a new account. `now`: milliseconds since 1970, what relative creation dates count from. */
export function seed(stores: Stores, fixtures: Fixtures, now: number): void {
  for (const customer of fixtures.customers) stores.customers.add(customer)
  for (const product of fixtures.products) stores.products.add(product)
  for (const { order, adjustmentPending = false } of fixtures.orders) {
    addOrder(stores, { ...order, creationDate: creationDate(order.creationDate, now) }, { adjustmentPending })
  }
}

/** A date as written, or the time that lies a duration such as `-P10D` before now. */
export function creationDate(text: string, now: number): string {
  return text.startsWith('-') ? writeTime(before(now, text.slice(1))) : text
}
