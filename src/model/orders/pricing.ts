import type { Product } from '../catalog/schema.ts'
import type { Order } from './schema.ts'

/**
 * Adds the members of `include_price`: `pricing` on every line, and `totalPrice` after `transactionType`.
 * https://learn.microsoft.com/partner-center/developer/order-resources names the members; prices are the catalog's.
 */
export function withPrices(order: Order, findProduct: (offerId: string) => Product | undefined): Order {
  const lineItems = order.lineItems.map((line) => {
    const { lineItemNumber, quantity, partnerIdOnRecord, renewsTo, links, ...before } = line
    const price = findProduct(line.offerId)?.listPrice ?? 0
    const extendedPrice = Math.round(price * quantity * 100) / 100
    const pricing = { listPrice: price, discountedPrice: price, proratedPrice: price, price, extendedPrice }
    return {
      lineItemNumber,
      ...before,
      quantity,
      pricing,
      ...(partnerIdOnRecord === undefined ? {} : { partnerIdOnRecord }),
      ...(renewsTo === undefined ? {} : { renewsTo }),
      ...(links === undefined ? {} : { links }),
    }
  })
  const total = lineItems.reduce((sum, { pricing }) => sum + pricing.extendedPrice, 0)
  const { links, client, attributes, ...before } = order
  return {
    ...before,
    lineItems,
    totalPrice: Math.round(total * 100) / 100,
    ...(links === undefined ? {} : { links }),
    ...(client === undefined ? {} : { client }),
    attributes,
  }
}
