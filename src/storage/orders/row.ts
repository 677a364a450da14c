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

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Legacy order ids are GUIDs and match in any case; the case of the others carries information. */
export function orderKey(id: string): string {
  return guid.test(id) ? id.toLowerCase() : id
}
