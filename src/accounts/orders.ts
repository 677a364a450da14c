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

/** Which orders of a customer a list holds; what is absent does not narrow it. */
export interface OrderFilter {
  billingCycle?: string | undefined
  indirectResellerId?: string | undefined
  withSystemPurchases: boolean
}

/** How an order starts. `completesAt`: milliseconds since 1970, or undefined where nothing completes it by itself. */
export interface OrderStart {
  adjustmentPending?: boolean | undefined
  completesAt?: number | undefined
  /** The duration before now that a fixture gives as creation date. */
  createdBefore?: string | undefined
}

/** An order with what the state document says of it. */
export interface OrderRow extends StoredOrder {
  completesAt: number | null
  createdBefore: string | null
}

/** The orders of an account. */
export function openOrders(database: Database) {
  const byId = database.prepare<[string], StoredOrder>(`SELECT ${columns} FROM orders WHERE id = ?`)
  const byAlternateId = database.prepare<[string], StoredOrder>(`SELECT ${columns} FROM orders WHERE alternate_id = ?`)
  const documentById = database
    .prepare<[string, string], string>('SELECT document FROM orders WHERE id = ? AND customer_id = ?')
    .pluck()
  const byNumber = database.prepare<[number], StoredOrder>(`SELECT ${columns} FROM orders WHERE order_number = ?`)
  const documentByNumber = database
    .prepare<[number], string>('SELECT document FROM orders WHERE order_number = ?')
    .pluck()
  const someIds = database
    .prepare<[string, number], string>('SELECT id FROM orders WHERE customer_id = ? LIMIT ?')
    .pluck()
  const count = database.prepare<[], number>('SELECT count(*) FROM orders').pluck()
  const sharedId = database
    .prepare<[], string>(
      `SELECT other.id FROM orders JOIN orders AS other ON other.id = orders.alternate_id
       WHERE orders.alternate_id IS NOT NULL LIMIT 1`,
    )
    .pluck()
  const repeatedId = database
    .prepare<[], string>(
      `SELECT id FROM (SELECT id FROM orders UNION ALL SELECT alternate_id FROM orders WHERE alternate_id IS NOT NULL)
       GROUP BY id HAVING count(*) > 1 LIMIT 1`,
    )
    .pluck()
  const indexes = database.prepare<[], { name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'orders' AND sql IS NOT NULL",
  )
  const update = database.prepare<[string, number]>('UPDATE orders SET document = ? WHERE order_number = ?')
  const settle = database.prepare<[number]>('UPDATE orders SET completes_at = NULL WHERE order_number = ?')
  const due = database.prepare<[number], StoredOrder>(`SELECT ${columns} FROM orders WHERE completes_at <= ?`)
  const nextDue = database.prepare<[], number | null>('SELECT min(completes_at) FROM orders').pluck()
  const insert = database.prepare<[string, string, string | null, number, string | null, number | null, 0 | 1, string]>(
    `INSERT INTO orders
     (customer_id, id, alternate_id, created_at, created_before, completes_at, adjustment_pending, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const rows = `SELECT ${columns}, completes_at AS completesAt, created_before AS createdBefore FROM orders`
  const all = database.prepare<[], OrderRow>(`${rows} ORDER BY order_number`)
  const relative = database.prepare<[], OrderRow>(`${rows} WHERE created_before IS NOT NULL`)
  const redate = database.prepare<[number, string, number]>(
    'UPDATE orders SET created_at = ?, document = ? WHERE order_number = ?',
  )
  const adjust = database.prepare<[0 | 1, number]>('UPDATE orders SET adjustment_pending = ? WHERE order_number = ?')
  const ofCustomer = `SELECT order_number FROM orders WHERE customer_id = $customerId`
  const placedByCustomer = 'order_number NOT IN (SELECT order_number FROM system_purchases)'
  const newestFirst = 'ORDER BY created_at DESC, order_number'
  const listed = database
    .prepare<{ customerId: string }, number>(`${ofCustomer} AND ${placedByCustomer} ${newestFirst}`)
    .pluck()
  const filtered = database
    .prepare<{ customerId: string; billingCycle: string | null; resellerId: string | null; system: 0 | 1 }, number>(
      `${ofCustomer} AND ($system OR ${placedByCustomer})
       AND ($billingCycle IS NULL OR document ->> 'billingCycle' = $billingCycle)
       AND ($resellerId IS NULL OR EXISTS (
         SELECT 1 FROM json_each(document, '$.lineItems') WHERE value ->> 'partnerIdOnRecord' = $resellerId))
       ${newestFirst}`,
    )
    .pluck()
  const addSystemPurchase = database.prepare<[number]>('INSERT INTO system_purchases (order_number) VALUES (?)')

  return {
    /** By `id` or `alternateId`, whoever the customer is. */
    find: (id: string): StoredOrder | undefined => byId.get(orderKey(id)) ?? byAlternateId.get(id),
    /** The wire text of a customer's order, by its `id` alone: all that most reads need. */
    documentOf: (customerId: string, id: string): string | undefined => documentById.get(orderKey(id), customerId),
    get: (orderNumber: number): StoredOrder | undefined => byNumber.get(orderNumber),
    /** The wire text of an order. */
    textOf: (orderNumber: number): string | undefined => documentByNumber.get(orderNumber),
    /** Ids of a customer's orders, at most `limit`. */
    idsOf: (customerId: string, limit: number): string[] => someIds.all(customerId, limit),
    /** Numbers of a customer's orders, newest first. */
    numbersOf(customerId: string, { billingCycle, indirectResellerId, withSystemPurchases }: OrderFilter): number[] {
      // Most lists are of this kind, and need not look into the documents.
      if (billingCycle === undefined && indirectResellerId === undefined && !withSystemPurchases)
        return listed.all({ customerId })
      return filtered.all({
        customerId,
        billingCycle: billingCycle ?? null,
        resellerId: indirectResellerId ?? null,
        system: withSystemPurchases ? 1 : 0,
      })
    },
    all: (): OrderRow[] => all.all(),
    /** Those whose fixture gives a duration before now as creation date. */
    relative: (): OrderRow[] => relative.all(),
    redate(orderNumber: number, order: Order): void {
      redate.run(Date.parse(order.creationDate), JSON.stringify(order), orderNumber)
    },
    /** Whether an earlier change of the order counts as still running. */
    setAdjustmentPending(orderNumber: number, pending: boolean): void {
      adjust.run(pending ? 1 : 0, orderNumber)
    },
    count: (): number => count.get() ?? 0,
    /** An id that one order has as `id` and another as `alternateId`. */
    sharedId: (): string | undefined => sharedId.get(),
    /** An id that two orders have, whichever of theirs it is. */
    repeatedId: (): string | undefined => repeatedId.get(),
    replace(orderNumber: number, document: string): void {
      update.run(document, orderNumber)
    },
    /** Pending orders whose time to complete has come. */
    due: (now: number): StoredOrder[] => due.all(now),
    /** When the next pending order completes, or infinity. */
    nextDue: (): number => nextDue.get() ?? Number.POSITIVE_INFINITY,
    /** Nothing completes the order by itself any more. */
    settle(orderNumber: number): void {
      settle.run(orderNumber)
    },
    /**
     * Runs what adds many orders and looks for none. The indexes are made afterwards, each in its own order: put into them
     * one by one, ids of no order take twice as long.
     */
    addMany(add: () => void): void {
      const made = indexes.all()
      for (const { name } of made) database.exec(`DROP INDEX ${name}`)
      add()
      for (const { sql } of made) database.exec(sql)
    },
    /** Adds an order and gives its number. */
    add(order: Order, { adjustmentPending = false, completesAt, createdBefore }: OrderStart): number {
      const alternateId = order.alternateId === order.id ? undefined : order.alternateId
      const { lastInsertRowid } = insert.run(
        order.referenceCustomerId,
        orderKey(order.id),
        alternateId ?? null,
        Date.parse(order.creationDate),
        createdBefore ?? null,
        completesAt ?? null,
        adjustmentPending ? 1 : 0,
        JSON.stringify(order),
      )
      const orderNumber = Number(lastInsertRowid)
      if (order.transactionType?.toLowerCase().startsWith('system') === true) addSystemPurchase.run(orderNumber)
      return orderNumber
    },
  }
}
