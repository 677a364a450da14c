import { productTraits } from '../catalog/product-traits.ts'
import type { ProductType } from '../catalog/schema.ts'
import { guid, type RandomBytes } from '../ids.ts'
import { present } from '../present.ts'
import { isCancelled, type Order, type OrderLineItem } from './schema.ts'

/** Whether an order waits until the customer activates a line, and so does not complete by itself. */
export function waitsForActivation(order: Order, productTypeOf: (offerId: string) => ProductType): boolean {
  return order.lineItems.some(
    ({ offerId, quantity }) => quantity > 0 && productTraits[productTypeOf(offerId)].activated,
  )
}

/** Whether an order waits for its completion: it is pending, or its purchase order is being reviewed. */
export function waitsForCompletion({ status }: Pick<Order, 'status'>): boolean {
  return status === 'pending' || status === 'po_upload_complete'
}

/** Completes an order that waits for it: lines get the subscriptions that come with completion. Returns any other order unchanged. */
export function completeOrder(
  order: Order,
  productTypeOf: (offerId: string) => ProductType,
  random: RandomBytes,
): Order {
  if (!waitsForCompletion(order)) return order
  const lineItems = order.lineItems.map((line): OrderLineItem => {
    const { subscription } = productTraits[productTypeOf(line.offerId)]
    if (subscription !== 'on completion' || line.subscriptionId !== undefined || line.quantity === 0) return line
    const { lineItemNumber, provisioningContext, offerId, ...rest } = line
    return { lineItemNumber, ...present({ provisioningContext }), offerId, subscriptionId: guid(random), ...rest }
  })
  return { ...order, lineItems, status: 'completed' }
}

/** The documented provisioning states of a line. https://learn.microsoft.com/partner-center/developer/order-resources */
export type ProvisioningStatus = 'Fulfilled' | 'Unfulfilled' | 'PrefulfillmentPending'

export function provisioningStatusOf(order: Order, line: OrderLineItem): ProvisioningStatus {
  if (isCancelled(order, line) || order.status === 'error') return 'Unfulfilled'
  return order.status === 'completed' ? 'Fulfilled' : 'PrefulfillmentPending'
}
