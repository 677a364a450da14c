import type { Database } from 'better-sqlite3'
import type { Order } from '../orders/order.ts'

/** An order as it lies in the database. `document` is the wire text. */
export interface StoredOrder {
  orderNumber: number
  customerId: string
  adjustmentPending: 0 | 1
  document: string
}

const columns =
  'order_number AS orderNumber, customer_id AS customerId, adjustment_pending AS adjustmentPending, document'

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Legacy order ids are GUIDs and match in any case; the case of the others carries information. */
export function orderKey(id: string): string {
  return guid.test(id) ? id.toLowerCase() : id
}

/** The orders of an account. */
export function openOrders(database: Database) {
  const byId = database.prepare<[string], StoredOrder>(`SELECT ${columns} FROM orders WHERE id = ?`)
  const byAlternateId = database.prepare<[string], StoredOrder>(`SELECT ${columns} FROM orders WHERE alternate_id = ?`)
  const someIds = database
    .prepare<[string, number], string>('SELECT id FROM orders WHERE customer_id = ? LIMIT ?')
    .pluck()
  const count = database.prepare<[], number>('SELECT count(*) FROM orders').pluck()
  const update = database.prepare<[string, number]>('UPDATE orders SET document = ? WHERE order_number = ?')
  const insert = database.prepare<[string, string, string | null, 0 | 1, string]>(
    'INSERT INTO orders (customer_id, id, alternate_id, adjustment_pending, document) VALUES (?, ?, ?, ?, ?)',
  )

  return {
    /** By `id` or `alternateId`, whoever the customer is. */
    find: (id: string): StoredOrder | undefined => byId.get(orderKey(id)) ?? byAlternateId.get(id),
    /** Ids of a customer's orders, at most `limit`. */
    idsOf: (customerId: string, limit: number): string[] => someIds.all(customerId, limit),
    count: (): number => count.get() ?? 0,
    replace(orderNumber: number, document: string): void {
      update.run(document, orderNumber)
    },
    add(order: Order, adjustmentPending: boolean): void {
      const alternateId = order.alternateId === order.id ? undefined : order.alternateId
      insert.run(
        order.referenceCustomerId,
        orderKey(order.id),
        alternateId ?? null,
        adjustmentPending ? 1 : 0,
        JSON.stringify(order),
      )
    },
  }
}
