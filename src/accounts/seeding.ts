import { SqliteError } from 'better-sqlite3'
import type { Order } from '../orders/order.ts'
import { writeTime } from '../orders/time.ts'
import type { Account } from './account.ts'
import { before } from './duration.ts'
import { FixtureError, type FixtureOrder } from './fixture-order.ts'
import type { Fixtures } from './fixtures.ts'
import { addOrder, readOrder, reopenSubscriptions } from './order-book.ts'
import { openSeededOrders } from './seeded-orders.ts'

type Stores = Pick<Account, 'database' | 'customers' | 'products' | 'orders' | 'subscriptions' | 'random'>

/** Fills the stores of a new account. `now`: milliseconds since 1970, what relative creation dates count from. */
export function seed(
  stores: Stores,
  fixtures: Fixtures,
  now: number,
  onProgress: (orders: number) => void = () => {},
): void {
  for (const customer of fixtures.customers) stores.customers.add(customer)
  for (const product of fixtures.products) stores.products.add(product)
  for (const entry of fixtures.orders) seedOrder(stores, entry, now)
  if (fixtures.furtherOrders !== undefined) seedFurtherOrders(stores, fixtures.furtherOrders, now, onProgress)
  for (const subscription of fixtures.subscriptions ?? []) stores.subscriptions.replace(subscription)
}

const reportedEach = 10_000

/** Nobody has seen these orders together before, so what their ids may not be is found here. Throws FixtureError. */
function seedFurtherOrders(
  stores: Stores,
  orders: Iterable<FixtureOrder>,
  now: number,
  onProgress: (orders: number) => void,
): void {
  let count = 0
  for (const entry of orders) {
    try {
      seedOrder(stores, entry, now)
    } catch (error) {
      if (error instanceof SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE')
        throw new FixtureError(`two orders have an id of order ${entry.order.id}`)
      throw error
    }
    count += 1
    if (count % reportedEach === 0) onProgress(count)
  }
  const id = openSeededOrders(stores.database).sharedId()
  if (id !== undefined) throw new FixtureError(`two orders have the id ${id}, one of them as its alternateId`)
}

function seedOrder(stores: Stores, { order, adjustmentPending, completesAt }: FixtureOrder, now: number): void {
  const relative = order.creationDate.startsWith('-')
  const createdBefore = relative ? order.creationDate.slice(1) : undefined
  const start = { adjustmentPending, completesAt, createdBefore }
  const dated = relative ? { ...order, creationDate: creationDate(order.creationDate, now) } : order
  addOrder(stores, dated, start)
}

/** Counts the relative creation dates of a seeded account from another now; nothing may have changed it since. */
export function redate(stores: Stores, now: number): void {
  const seeded = openSeededOrders(stores.database)
  for (const row of seeded.relative()) {
    const order: Order = { ...readOrder(row), creationDate: writeTime(before(now, row.createdBefore ?? 'PT0S')) }
    seeded.redate(row.orderNumber, order)
    reopenSubscriptions(stores, order)
  }
}

/** A date as written, or the time that lies a duration such as `-P10D` before now. */
export function creationDate(text: string, now: number): string {
  return text.startsWith('-') ? writeTime(before(now, text.slice(1))) : text
}
