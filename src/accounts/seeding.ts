import type { Order } from '../model/orders/schema.ts'
import { before } from '../model/time/duration.ts'
import { writeTime } from '../model/time/wire-time.ts'
import { openSeededOrders } from '../storage/orders/export.ts'
import { openSubscriptions, readOrder, reopenSubscriptions } from '../storage/orders/ledger.ts'
import type { Account } from './account.ts'
import { FixtureError } from './fixture-order.ts'
import type { Fixtures } from './fixtures.ts'
import { addToBatch, emptyBatch, type OrderBatch } from './order-batch.ts'

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
  const batch = emptyBatch()
  for (const entry of fixtures.orders) addToBatch(batch, entry, now)
  addOrders(stores, batch)
  if (fixtures.furtherOrders !== undefined) addFurtherOrders(stores, fixtures.furtherOrders(now), onProgress)
  for (const subscription of fixtures.subscriptions ?? []) stores.subscriptions.replace(subscription)
}

/** Nobody has seen these orders together before, so what their ids may not be is found here. Throws FixtureError. */
function addFurtherOrders(stores: Stores, batches: Iterable<OrderBatch>, onProgress: (orders: number) => void): void {
  let count = 0
  for (const batch of batches) {
    addOrders(stores, batch)
    count += batch.size
    onProgress(count)
  }
  const id = openSeededOrders(stores.database).sharedId()
  if (id !== undefined) throw new FixtureError(`two orders have the id ${id}, one of them as its alternateId`)
}

function addOrders(stores: Stores, batch: OrderBatch): void {
  const first = stores.orders.addAll(batch)
  for (const place of batch.namingSubscriptions) {
    const stored = stores.orders.get(first + place)
    if (stored !== undefined) openSubscriptions(stores, first + place, readOrder(stored))
  }
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
