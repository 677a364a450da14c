/** An order as it lies in the database. `document` is the wire text. */
export interface StoredOrder {
  orderNumber: number
  customerId: string
  adjustmentPending: 0 | 1
  document: string
}

/** What a query selects for it. */
export const storedColumns =
  'order_number AS orderNumber, customer_id AS customerId, adjustment_pending AS adjustmentPending, document'
