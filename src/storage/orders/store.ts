import type { Database } from 'better-sqlite3'
import { lazy } from '../../model/lazy.ts'
import { openOrderCancellations } from './cancellations.ts'
import { openOrderExport } from './export.ts'
import { openOrderInserts } from './inserts.ts'
import { openOrderLists } from './lists.ts'
import { orderKey, type StoredOrder, storedColumns } from './row.ts'

/** The orders of an account. */
export function openOrders(database: Database) {
  const byId = lazy(() => database.prepare<[string], StoredOrder>(`SELECT ${storedColumns} FROM orders WHERE id = ?`))
  const byAlternateId = lazy(() =>
    database.prepare<[string], StoredOrder>(`SELECT ${storedColumns} FROM orders WHERE alternate_id = ?`),
  )
  const documentById = lazy(() =>
    database.prepare<[string, string], string>('SELECT document FROM orders WHERE id = ? AND customer_id = ?').pluck(),
  )
  const byNumber = lazy(() =>
    database.prepare<[number], StoredOrder>(`SELECT ${storedColumns} FROM orders WHERE order_number = ?`),
  )
  const count = lazy(() => database.prepare<[], number>('SELECT count(*) FROM orders').pluck())
  const update = lazy(() => database.prepare<[string, number]>('UPDATE orders SET document = ? WHERE order_number = ?'))
  const adjust = lazy(() =>
    database.prepare<[0 | 1, number]>('UPDATE orders SET adjustment_pending = ? WHERE order_number = ?'),
  )
  const setCompletion = lazy(() =>
    database.prepare<[number | null, number]>('UPDATE orders SET completes_at = ? WHERE order_number = ?'),
  )
  const due = lazy(() =>
    database.prepare<[number], StoredOrder>(`SELECT ${storedColumns} FROM orders WHERE completes_at <= ?`),
  )
  // The condition lets SQLite use the partial index on completes_at.
  const nextDue = lazy(() =>
    database.prepare<[], number | null>('SELECT min(completes_at) FROM orders WHERE completes_at IS NOT NULL').pluck(),
  )

  return {
    ...openOrderLists(database),
    ...openOrderInserts(database),
    ...openOrderExport(database),
    ...openOrderCancellations(database),
    /** By `id` or `alternateId`, of any customer. */
    find: (id: string): StoredOrder | undefined => byId().get(orderKey(id)) ?? byAlternateId().get(id),
    /** The text of a customer's order on the wire, by its `id` only: all that most reads need. */
    documentOf: (customerId: string, id: string): string | undefined => documentById().get(orderKey(id), customerId),
    get: (orderNumber: number): StoredOrder | undefined => byNumber().get(orderNumber),
    count: (): number => count().get() ?? 0,
    replace(orderNumber: number, document: string): void {
      update().run(document, orderNumber)
    },
    /** Sets whether an earlier change of the order counts as still running. */
    setAdjustmentPending(orderNumber: number, pending: boolean): void {
      adjust().run(pending ? 1 : 0, orderNumber)
    },
    /** The pending orders that complete by `now`, in milliseconds since 1970. */
    due: (now: number): StoredOrder[] => due().all(now),
    /** When the next pending order completes, or infinity. */
    nextDue: (): number => nextDue().get() ?? Number.POSITIVE_INFINITY,
    /** Sets when an order completes by itself, in milliseconds since 1970; undefined for never. */
    setCompletion(orderNumber: number, at: number | undefined): void {
      setCompletion().run(at ?? null, orderNumber)
    },
    /** Stops an order from completing by itself. */
    cancelCompletion(orderNumber: number): void {
      setCompletion().run(null, orderNumber)
    },
  }
}

export type OrderStore = ReturnType<typeof openOrders>
