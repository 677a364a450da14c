import type { Account } from './account.ts'
import { before, writeTime } from './duration.ts'
import type { Fixtures } from './fixtures.ts'

/** Fills the stores of a new account. `now`: milliseconds since 1970, what relative creation dates count from. */
export function seed(
  { customers, products, orders }: Pick<Account, 'customers' | 'products' | 'orders'>,
  fixtures: Fixtures,
  now: number,
): void {
  for (const customer of fixtures.customers) customers.add(customer)
  for (const product of fixtures.products) products.add(product)
  for (const { order, adjustmentPending = false } of fixtures.orders) {
    orders.add({ ...order, creationDate: creationDate(order.creationDate, now) }, adjustmentPending)
  }
}

/** A date as written, or the time that lies a duration such as `-P10D` before now. */
export function creationDate(text: string, now: number): string {
  return text.startsWith('-') ? writeTime(before(now, text.slice(1))) : text
}
