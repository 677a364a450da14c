import { productTraits } from '../catalog/product-traits.ts'
import type { BillingCycle, Product } from '../catalog/schema.ts'
import { type EditionName, editions } from '../editions.ts'
import { limits } from '../limits.ts'
import { linkTo } from '../links.ts'
import { billingCycleOrDefault, type NewOrder, type PurchaseContext, placeOrder } from '../orders/place.ts'
import type { Order } from '../orders/schema.ts'
import { isRefusal, type Refusal } from '../refusals.ts'
import { writeTime } from '../time/wire-time.ts'
import type { Cart, CartLineItem } from './schema.ts'

type Given<Value> = Value | null | undefined

export interface NewCartLine {
  catalogItemId?: Given<string>
  friendlyName?: Given<string>
  quantity?: Given<number>
  currencyCode?: Given<string>
  billingCycle?: Given<BillingCycle>
  termDuration?: Given<string>
  provisioningContext?: Given<Record<string, string | null>>
  partnerIdOnRecord?: Given<string>
  renewsTo?: Given<{ termDuration: string }>
}

export interface CartContext {
  customerId: string
  partnerId: string
  rules: EditionName
  now: number
  findProduct: (offerId: string) => Product | undefined
}

const minute = 60 * 1000

/**
 * Writes a cart with the requested items. `created`: the cart that it replaces.
 * Refuses `cartItems`, with every wrong item in the data.
 */
export function writeCart(
  id: string,
  asked: readonly NewCartLine[],
  { customerId, partnerId, rules, now, findProduct }: CartContext,
  created: Cart | undefined,
): { cart: Cart } | Refusal {
  const lineItems: CartLineItem[] = []
  const wrong: string[] = []
  for (const [number, line] of asked.entries()) {
    const product = findProduct(line.catalogItemId ?? '')
    if (product === undefined) wrong.push(`lineItems[${number}]: the catalog has no item ${line.catalogItemId ?? ''}`)
    else if (!isQuantity(line.quantity ?? 1)) wrong.push(`lineItems[${number}]: quantity`)
    else lineItems.push(writeCartLine(number, line, product))
  }
  if (wrong.length > 0) return { refused: 'cartItems', data: wrong }
  return {
    cart: {
      id,
      creationTimestamp: created?.creationTimestamp ?? writeTime(now),
      lastModifiedTimestamp: writeTime(now),
      expirationTimestamp: writeTime(now + editions[rules].cartMinutes * minute),
      lastModifiedUser: partnerId,
      status: 'Active',
      lineItems,
      links: { self: linkTo(`/customers/${customerId}/carts/${id}`) },
      attributes: { objectType: 'Cart' },
    },
  }
}

function isQuantity(quantity: number): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= limits.quantity
}

function writeCartLine(id: number, asked: NewCartLine, product: Product): CartLineItem {
  const termDuration = asked.termDuration ?? product.termDuration
  return {
    id,
    catalogItemId: product.offerId,
    ...(asked.friendlyName ? { friendlyName: asked.friendlyName } : {}),
    quantity: asked.quantity ?? 1,
    currencyCode: asked.currencyCode ?? 'USD',
    billingCycle: billingCycleOrDefault(asked.billingCycle, product),
    ...(termDuration ? { termDuration } : {}),
    ...(asked.provisioningContext ? { provisioningContext: asked.provisioningContext } : {}),
    ...(asked.partnerIdOnRecord ? { partnerIdOnRecord: asked.partnerIdOnRecord } : {}),
    ...(asked.renewsTo ? { renewsTo: asked.renewsTo } : {}),
    orderGroup: productTraits[product.productType].cartGroup,
  }
}

/** The order of a cart's group, or why it was not placed. */
export interface GroupResult {
  orderGroupId: string
  result: { order: Order } | Refusal
}

/**
 * Orders a cart: one order for each group, or the error of that group. SaaS groups by billing cycle as well.
 * https://learn.microsoft.com/partner-center/developer/checkout-a-cart
 * Calls `place` with each order before it places the next one, so that limits count the order.
 */
export function orderCart(
  cart: Cart,
  contextOf: () => PurchaseContext,
  place: (order: Order) => void,
): readonly GroupResult[] {
  const groups = Map.groupBy(cart.lineItems, ({ orderGroup, billingCycle }) =>
    orderGroup === '1' ? `${orderGroup} ${billingCycle}` : orderGroup,
  )
  return [...groups.values()].map((items) => {
    const result = placeOrder(orderOf(items), contextOf())
    if (!isRefusal(result)) place(result.order)
    return { orderGroupId: items[0]?.orderGroup ?? '', result }
  })
}

function orderOf(items: readonly CartLineItem[]): NewOrder {
  return {
    billingCycle: items[0]?.billingCycle,
    currencyCode: items[0]?.currencyCode,
    lineItems: items.map(({ catalogItemId, friendlyName, quantity, partnerIdOnRecord, renewsTo }) => ({
      offerId: catalogItemId,
      friendlyName,
      quantity,
      partnerIdOnRecord,
      renewsTo,
    })),
  }
}
