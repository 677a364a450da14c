import type { Order } from '../../model/orders/schema.ts'

/** An order as the database holds it. `document`: the text on the wire. */
export interface StoredOrder {
  orderNumber: number
  customerId: string
  adjustmentPending: 0 | 1
  document: string
}

/** A cancellation that is under way. `at`: when it ends, in milliseconds since 1970. `lines`: empty for the whole order. */
export interface RunningCancellation {
  at?: number | undefined
  lines: readonly number[]
}

/** An order with the members that the state document adds. `cancelledLines`: as JSON. */
export interface OrderRow extends StoredOrder {
  completesAt: number | null
  cancelsAt: number | null
  cancelledLines: string | null
  createdBefore: string | null
}

/** The columns of a StoredOrder. */
export const storedColumns =
  'order_number AS orderNumber, customer_id AS customerId, adjustment_pending AS adjustmentPending, document'

/** Parses the document of an order. The database holds only orders that were valid when they were written. */
export function readOrder({ document }: Pick<StoredOrder, 'document'>): Order {
  return JSON.parse(document)
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The key of an order id. Legacy ids are GUIDs and match in any case; in other ids the case matters. */
export function orderKey(id: string): string {
  return guid.test(id) ? id.toLowerCase() : id
}

/** How an order starts. `completesAt`: milliseconds since 1970, or undefined when it does not complete by itself. */
export interface OrderStart {
  adjustmentPending?: boolean | undefined
  completesAt?: number | undefined
  cancellation?: RunningCancellation | undefined
  /** The duration before now that a fixture gives as creation date. */
  createdBefore?: string | undefined
}

/** The values of a new order's row, in the order of `insertedRow`. */
export type OrderValues = [
  customerId: string,
  id: string,
  alternateId: string | null,
  createdAt: number,
  createdBefore: string | null,
  completesAt: number | null,
  adjustmentPending: 0 | 1,
  cancelsAt: number | null,
  cancelledLines: string | null,
  document: string,
]

/** Table, columns and placeholders of an INSERT of OrderValues. */
export const insertedRow = {
  columns:
    'orders (customer_id, id, alternate_id, created_at, created_before, completes_at, adjustment_pending, cancels_at, cancelled_lines, document)',
  placeholders: '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
}

export function valuesOf(order: Order, start: OrderStart): OrderValues {
  const { adjustmentPending, completesAt, cancellation, createdBefore } = start
  const alternateId = order.alternateId === order.id ? undefined : order.alternateId
  return [
    order.referenceCustomerId,
    orderKey(order.id),
    alternateId ?? null,
    Date.parse(order.creationDate),
    createdBefore ?? null,
    completesAt ?? null,
    adjustmentPending === true ? 1 : 0,
    cancellation?.at ?? null,
    cancellation === undefined ? null : JSON.stringify(cancellation.lines),
    JSON.stringify(order),
  ]
}

/** Whether the service itself placed an order. Lists leave such orders out by default. */
export function isSystemPurchase({ transactionType }: Order): boolean {
  return transactionType?.toLowerCase().startsWith('system') === true
}

/** Orders to be written together. It is made of few objects, since a thread may hand it to another. */
export interface OrderBatch {
  /** The number of orders. An order's place counts from 0. */
  size: number
  /** The values of all rows, one row after the other. */
  values: OrderValues[number][]
  /** The places of orders that the service itself placed. */
  systemPurchases: number[]
  /** The places of orders whose lines name subscriptions. */
  namingSubscriptions: number[]
}

export function emptyBatch(): OrderBatch {
  return { size: 0, values: [], systemPurchases: [], namingSubscriptions: [] }
}
