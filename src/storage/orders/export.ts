import type { Database } from 'better-sqlite3'
import { lazy } from '../../model/lazy.ts'
import type { Order } from '../../model/orders/schema.ts'
import { type OrderRow, storedColumns } from './row.ts'

/** Access to all orders, for fixtures and the state document. */
export function openOrderExport(database: Database) {
  const rows = `SELECT ${storedColumns}, completes_at AS completesAt, cancels_at AS cancelsAt, cancelled_lines AS cancelledLines,
    created_before AS createdBefore FROM orders`
  const all = lazy(() => database.prepare<[], OrderRow>(`${rows} ORDER BY order_number`))
  const relative = lazy(() => database.prepare<[], OrderRow>(`${rows} WHERE created_before IS NOT NULL`))
  const redate = lazy(() =>
    database.prepare<[number, string, number]>('UPDATE orders SET created_at = ?, document = ? WHERE order_number = ?'),
  )
  const sharedId = lazy(() =>
    database
      .prepare<[], string>(
        `SELECT other.id FROM orders JOIN orders AS other ON other.id = orders.alternate_id
         WHERE orders.alternate_id IS NOT NULL LIMIT 1`,
      )
      .pluck(),
  )

  const bytes = lazy(() =>
    database.prepare<[], number>('SELECT coalesce(sum(length(document)), 0) FROM orders').pluck(),
  )

  return {
    /** The characters of all documents together, about their bytes. */
    documentBytes: (): number => bytes().get() ?? 0,
    /** All orders, in the order in which they were added. */
    all: (): OrderRow[] => all().all(),
    /** The orders whose fixture gives a duration before now as creation date. */
    relative: (): OrderRow[] => relative().all(),
    /** Writes an order with another creation date. */
    redate(orderNumber: number, order: Order): void {
      redate().run(Date.parse(order.creationDate), JSON.stringify(order), orderNumber)
    },
    /** An id that one order has as `id` and another as `alternateId`. */
    sharedId: (): string | undefined => sharedId().get(),
  }
}
