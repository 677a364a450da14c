import type { Product } from '../catalog/schema.ts'
import { present } from '../present.ts'
import { chargesIn, monthsOf } from '../purchases/terms.ts'
import { isNewCommerce } from '../purchases/write-order.ts'
import type { Order, OrderLineItem, Pricing } from './schema.ts'

type FindProduct = (offerId: string) => Product | undefined

/** A savings plan costs its commitment in every hour of 365 days, as the documented plan of 0.05 that costs 438. */
const hoursOfMonth = (365 * 24) / 12

/** The prices of a line, those of the catalog. https://learn.microsoft.com/partner-center/developer/azure-purchase-savings-plan */
export function pricesOf(
  line: Pick<OrderLineItem, 'quantity' | 'termDuration' | 'purchaseCommitment'>,
  billingCycle: Order['billingCycle'],
  product: Product | undefined,
): Required<Pricing> {
  const { quantity, termDuration, purchaseCommitment } = line
  const hours = (monthsOf(termDuration ?? '') ?? 0) * hoursOfMonth
  const price = purchaseCommitment ? toCents(purchaseCommitment.amount * hours) : (product?.listPrice ?? 0)
  const isCharged = product !== undefined && isNewCommerce(product) && !purchaseCommitment
  const charges = isCharged ? chargesIn(termDuration, billingCycle) : 1
  const extendedPrice = toCents(price * quantity * charges)
  return { listPrice: price, discountedPrice: price, proratedPrice: price, price, extendedPrice }
}

function toCents(price: number): number {
  return Math.round(price * 100) / 100
}

/**
 * Adds the members of `include_price`: `pricing` on every line, and `totalPrice` after `transactionType`.
 * https://learn.microsoft.com/partner-center/developer/order-resources names the members.
 */
export function withPrices(order: Order, findProduct: FindProduct): Order {
  const lineItems = order.lineItems.map((line) => priced(order, line, findProduct))
  const { links, client, attributes, ...before } = order
  return { ...before, lineItems, totalPrice: totalOf(lineItems), ...present({ links, client }), attributes }
}

/**
 * Adds the prices that a purchase shows and later reads do not: `pricing` on new-commerce lines and, at a checkout,
 * `totalPrice` after the links.
 * https://learn.microsoft.com/partner-center/developer/azure-purchase-savings-plan
 */
export function withPurchasePrices(order: Order, findProduct: FindProduct, reply: 'order' | 'checkout'): Order {
  const isSold = ({ offerId }: OrderLineItem) => {
    const product = findProduct(offerId)
    return product !== undefined && isNewCommerce(product)
  }
  if (!order.lineItems.every(isSold)) return order
  const lineItems = order.lineItems.map((line) => priced(order, line, findProduct))
  const { client, attributes, ...before } = order
  const totalPrice = reply === 'checkout' ? totalOf(lineItems) : undefined
  return { ...before, lineItems, ...present({ totalPrice, client }), attributes }
}

function totalOf(lines: readonly OrderLineItem[]): number {
  return toCents(lines.reduce((sum, { pricing }) => sum + (pricing?.extendedPrice ?? 0), 0))
}

/** A line with its prices after the quantity, the documented place. */
function priced({ billingCycle }: Order, line: OrderLineItem, findProduct: FindProduct): OrderLineItem {
  const { lineItemNumber, provisioningContext, offerId, subscriptionId, parentSubscriptionId, ...rest } = line
  const { termDuration, transactionType, friendlyName, quantity, pricing, ...after } = rest
  return {
    lineItemNumber,
    ...present({ provisioningContext }),
    offerId,
    ...present({ subscriptionId, parentSubscriptionId, termDuration, transactionType, friendlyName }),
    quantity,
    pricing: { ...pricing, ...pricesOf(line, billingCycle, findProduct(line.offerId)) },
    ...after,
  }
}
