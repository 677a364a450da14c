import type { Database } from 'better-sqlite3'
import type { Order } from '../../model/orders/schema.ts'
import { late } from '../lazy.ts'
import { type StoredOrder, storedColumns } from './row.ts'

/** An order with what the state document says of it. */
export interface OrderRow extends StoredOrder {
  completesAt: number | null
  createdBefore: string | null
}

/** The orders of an account as fixtures and the state document have them, which no request looks at. */
export function openSeededOrders(database: Database) {
  const rows = `SELECT ${storedColumns}, completes_at AS completesAt, created_before AS createdBefore FROM orders`
  const all = late(() => database.prepare<[], OrderRow>(`${rows} ORDER BY order_number`))
  const relative = late(() => database.prepare<[], OrderRow>(`${rows} WHERE created_before IS NOT NULL`))
  const redate = late(() =>
    database.prepare<[number, string, number]>('UPDATE orders SET created_at = ?, document = ? WHERE order_number = ?'),
  )
  const sharedId = late(() =>
    database
      .prepare<[], string>(
        `SELECT other.id FROM orders JOIN orders AS other ON other.id = orders.alternate_id
         WHERE orders.alternate_id IS NOT NULL LIMIT 1`,
      )
      .pluck(),
  )

  return {
    all: (): OrderRow[] => all().all(),
    /** Those whose fixture gives a duration before now as creation date. */
    relative: (): OrderRow[] => relative().all(),
    redate(orderNumber: number, order: Order): void {
      redate().run(Date.parse(order.creationDate), JSON.stringify(order), orderNumber)
    },
    /** An id that one order has as `id` and another as `alternateId`. */
    sharedId: (): string | undefined => sharedId().get(),
  }
}
