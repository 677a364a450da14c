import type { Order } from '../../model/orders/schema.ts'
import { orderKey } from './row.ts'

/** How an order starts. `completesAt`: milliseconds since 1970, or undefined where nothing completes it by itself. */
export interface OrderStart {
  adjustmentPending?: boolean | undefined
  completesAt?: number | undefined
  /** The duration before now that a fixture gives as creation date. */
  createdBefore?: string | undefined
}

/** What the row of a new order holds, in the order of `rowOfOrder`. */
export type OrderValues = [
  customerId: string,
  id: string,
  alternateId: string | null,
  createdAt: number,
  createdBefore: string | null,
  completesAt: number | null,
  adjustmentPending: 0 | 1,
  document: string,
]

/** The table and columns of a new order's values, and the places of these in a statement. */
export const rowOfOrder = {
  columns:
    'orders (customer_id, id, alternate_id, created_at, created_before, completes_at, adjustment_pending, document)',
  places: '(?, ?, ?, ?, ?, ?, ?, ?)',
}

export function valuesOf(order: Order, { adjustmentPending, completesAt, createdBefore }: OrderStart): OrderValues {
  const alternateId = order.alternateId === order.id ? undefined : order.alternateId
  return [
    order.referenceCustomerId,
    orderKey(order.id),
    alternateId ?? null,
    Date.parse(order.creationDate),
    createdBefore ?? null,
    completesAt ?? null,
    adjustmentPending === true ? 1 : 0,
    JSON.stringify(order),
  ]
}

/** Whether the system placed an order; lists leave it out unless they are asked for it. */
export function isSystemPurchase({ transactionType }: Order): boolean {
  return transactionType?.toLowerCase().startsWith('system') === true
}
