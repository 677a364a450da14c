import type { Database } from 'better-sqlite3'
import { late } from '../lazy.ts'
import { openOrderCompletion } from './completion.ts'
import { openOrderInserts } from './inserts.ts'
import { openOrderLists } from './lists.ts'
import { orderKey, type StoredOrder, storedColumns } from './row.ts'

/** The orders of an account. */
export function openOrders(database: Database) {
  const byId = late(() => database.prepare<[string], StoredOrder>(`SELECT ${storedColumns} FROM orders WHERE id = ?`))
  const byAlternateId = late(() =>
    database.prepare<[string], StoredOrder>(`SELECT ${storedColumns} FROM orders WHERE alternate_id = ?`),
  )
  const documentById = late(() =>
    database.prepare<[string, string], string>('SELECT document FROM orders WHERE id = ? AND customer_id = ?').pluck(),
  )
  const byNumber = late(() =>
    database.prepare<[number], StoredOrder>(`SELECT ${storedColumns} FROM orders WHERE order_number = ?`),
  )
  const count = late(() => database.prepare<[], number>('SELECT count(*) FROM orders').pluck())
  const update = late(() => database.prepare<[string, number]>('UPDATE orders SET document = ? WHERE order_number = ?'))
  const adjust = late(() =>
    database.prepare<[0 | 1, number]>('UPDATE orders SET adjustment_pending = ? WHERE order_number = ?'),
  )

  return {
    ...openOrderLists(database),
    ...openOrderCompletion(database),
    ...openOrderInserts(database),
    /** By `id` or `alternateId`, whoever the customer is. */
    find: (id: string): StoredOrder | undefined => byId().get(orderKey(id)) ?? byAlternateId().get(id),
    /** The wire text of a customer's order, by its `id` alone: all that most reads need. */
    documentOf: (customerId: string, id: string): string | undefined => documentById().get(orderKey(id), customerId),
    get: (orderNumber: number): StoredOrder | undefined => byNumber().get(orderNumber),
    /** Whether an earlier change of the order counts as still running. */
    setAdjustmentPending(orderNumber: number, pending: boolean): void {
      adjust().run(pending ? 1 : 0, orderNumber)
    },
    count: (): number => count().get() ?? 0,
    replace(orderNumber: number, document: string): void {
      update().run(document, orderNumber)
    },
  }
}
