import type { ProductType } from '../catalog/schema.ts'
import type { Order } from '../orders/schema.ts'
import { type Refusal, refuse } from '../refusals.ts'
import type { SubscriptionStatus } from '../subscriptions/schema.ts'

/** Lines of these product types are in the way until they are cancelled. Others are while their subscription is active. */
const cancelledThroughOrders: readonly ProductType[] = ['azureReservation', 'perpetualSoftware', 'softwareSubscription']

export interface RemovalContext {
  productTypeOf: (offerId: string) => ProductType
  statusOfSubscription: (subscriptionId: string) => SubscriptionStatus | undefined
}

/**
 * Refuses to remove a customer with open orders, and names these by their friendly ids as the service does.
 * https://learn.microsoft.com/partner-center/developer/delete-a-customer-account-from-the-integration-sandbox
 * https://learn.microsoft.com/partner-center/developer/remove-a-reseller-relationship-with-a-customer
 */
export function refuseRemoval(orders: readonly Order[], context: RemovalContext): Refusal | undefined {
  const open = orders.filter((order) => isInTheWay(order, context)).map(({ id, alternateId }) => alternateId ?? id)
  return open.length === 0 ? undefined : refuse('customerHasOrders', open.join(', '))
}

function isInTheWay({ status, lineItems }: Order, { productTypeOf, statusOfSubscription }: RemovalContext): boolean {
  if (status === 'cancelled') return false
  return lineItems.some(({ offerId, quantity, subscriptionId }) => {
    if (quantity === 0) return false
    if (cancelledThroughOrders.includes(productTypeOf(offerId))) return true
    return subscriptionId !== undefined && statusOfSubscription(subscriptionId) === 'active'
  })
}
