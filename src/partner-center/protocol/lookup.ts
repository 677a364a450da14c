import { closest } from 'fastest-levenshtein'
import type { Account } from '../../accounts/account.ts'
import type { Customer } from '../../model/customers/schema.ts'
import type { StoredOrder } from '../../storage/orders/row.ts'
import type { StoredSubscription } from '../../storage/subscriptions/store.ts'
import { PartnerCenterError } from './errors.ts'

/** Finds a customer by tenant id. Throws `noRelationship`. */
export function findCustomer(account: Account, customerId: string): Customer {
  const customer = account.customers.find(customerId)
  if (customer !== undefined) return customer
  throw new PartnerCenterError('noRelationship', {
    values: [account.partnerId, customerId],
    hint: `the customer ${customerId} is not among this account's customers`,
  })
}

/** Finds an order of a customer. Throws `noRelationship` or `orderNotFound`. */
export function findOrder(account: Account, customerId: string, orderId: string): StoredOrder {
  const order = account.orders.find(orderId)
  if (order?.customerId === customerId.toLowerCase()) return order
  const { id } = findCustomer(account, customerId)
  const hint = order === undefined ? nearestId(account, id, orderId) : `the order is of customer ${order.customerId}`
  throw new PartnerCenterError('orderNotFound', { hint })
}

function nearestId(account: Account, customerId: string, orderId: string): string {
  const ids = account.orders.someIdsOf(customerId)
  return ids.length === 0
    ? 'the customer has no orders'
    : `the nearest order id of this customer is ${closest(orderId, ids)}`
}

/** Finds a subscription of a customer. Throws `noRelationship` or `subscriptionNotFound`. */
export function findSubscription(account: Account, customerId: string, id: string): StoredSubscription {
  const subscription = account.subscriptions.find(id)
  if (subscription?.customerId === customerId.toLowerCase()) return subscription
  findCustomer(account, customerId)
  throw new PartnerCenterError('subscriptionNotFound', { values: [id] })
}
