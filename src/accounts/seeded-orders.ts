import type { Database } from 'better-sqlite3'
import type { Order } from '../orders/order.ts'
import { type StoredOrder, storedColumns } from './stored-order.ts'

/** An order with what the state document says of it. */
export interface OrderRow extends StoredOrder {
  completesAt: number | null
  createdBefore: string | null
}

/** The orders of an account as fixtures and the state document have them, which no request looks at. */
export function openSeededOrders(database: Database) {
  const rows = `SELECT ${storedColumns}, completes_at AS completesAt, created_before AS createdBefore FROM orders`
  const redate = database.prepare<[number, string, number]>(
    'UPDATE orders SET created_at = ?, document = ? WHERE order_number = ?',
  )

  return {
    all: (): OrderRow[] => database.prepare<[], OrderRow>(`${rows} ORDER BY order_number`).all(),
    /** Those whose fixture gives a duration before now as creation date. */
    relative: (): OrderRow[] => database.prepare<[], OrderRow>(`${rows} WHERE created_before IS NOT NULL`).all(),
    redate(orderNumber: number, order: Order): void {
      redate.run(Date.parse(order.creationDate), JSON.stringify(order), orderNumber)
    },
    /** An id that one order has as `id` and another as `alternateId`. */
    sharedId: (): string | undefined => firstOf(database, sharedIds),
    /** An id that two orders have, whichever of theirs it is. It is found without indexes. */
    repeatedId: (): string | undefined => firstOf(database, repeatedIds),
    /**
     * Runs what adds many orders and looks for none. The indexes are made afterwards, each in its own order: put into them
     * one by one, ids of no order take half as long again.
     */
    addMany(add: () => void): void {
      const made = database
        .prepare<[], { name: string; sql: string }>(
          "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'orders' AND sql IS NOT NULL",
        )
        .all()
      for (const { name } of made) database.exec(`DROP INDEX ${name}`)
      add()
      for (const { sql } of made) database.exec(sql)
    },
  }
}

const sharedIds = `SELECT other.id FROM orders JOIN orders AS other ON other.id = orders.alternate_id
  WHERE orders.alternate_id IS NOT NULL`

const repeatedIds = `SELECT id FROM
  (SELECT id FROM orders UNION ALL SELECT alternate_id FROM orders WHERE alternate_id IS NOT NULL)
  GROUP BY id HAVING count(*) > 1`

function firstOf(database: Database, ids: string): string | undefined {
  return database.prepare<[], string>(`${ids} LIMIT 1`).pluck().get()
}
