import { closest } from 'fastest-levenshtein'
import type { Account } from '../accounts/account.ts'
import type { StoredOrder } from '../accounts/orders.ts'
import { PartnerCenterError } from './errors.ts'

/** Enough to find a mistyped id among a customer's orders without reading a large account for an error message. */
const idsCompared = 1000

/** The order of a customer. Throws `noRelationship` or `orderNotFound`. */
export function findOrder(account: Account, customerId: string, orderId: string): StoredOrder {
  const customer = customerId.toLowerCase()
  const order = account.orders.find(orderId)
  if (order?.customerId === customer) return order
  if (!account.customers.has(customer)) {
    throw new PartnerCenterError('noRelationship', {
      values: [account.partnerId, customerId],
      hint: `the customer ${customerId} is not among this account's customers`,
    })
  }
  const hint =
    order === undefined ? nearestId(account, customer, orderId) : `the order is of customer ${order.customerId}`
  throw new PartnerCenterError('orderNotFound', { hint })
}

function nearestId(account: Account, customerId: string, orderId: string): string {
  const ids = account.orders.idsOf(customerId, idsCompared)
  return ids.length === 0
    ? 'the customer has no orders'
    : `the nearest order id of this customer is ${closest(orderId, ids)}`
}
