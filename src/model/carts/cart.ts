import * as z from 'zod'
import { productWorlds } from '../catalog/product-traits.ts'
import { BillingCycle, type Product } from '../catalog/schema.ts'
import type { RulesEdition } from '../orders/cancellation-rules.ts'
import { linkTo } from '../orders/links.ts'
import { billingCycleOrDefault, type NewOrder, type PurchaseContext, placeOrder } from '../orders/place.ts'
import { isRefusal, type Refusal } from '../orders/refusal.ts'
import { Link, Order } from '../orders/schema.ts'
import { writeTime } from '../time/wire-time.ts'

const RenewsTo = z.strictObject({ termDuration: z.string() })

/** https://learn.microsoft.com/partner-center/developer/cart-resources */
const CartLineItem = z
  .strictObject({
    id: z.int().nonnegative(),
    catalogItemId: z.string(),
    friendlyName: z.string().optional(),
    quantity: z.int().positive(),
    currencyCode: z.string(),
    billingCycle: BillingCycle,
    termDuration: z.string().optional(),
    provisioningContext: z.record(z.string(), z.string().nullable()).optional(),
    partnerIdOnRecord: z.string().optional(),
    renewsTo: RenewsTo.optional(),
    orderGroup: z.string(),
  })
  .meta({ id: 'CartLineItem' })
export type CartLineItem = z.infer<typeof CartLineItem>

export const Cart = z
  .strictObject({
    id: z.string(),
    creationTimestamp: z.string(),
    lastModifiedTimestamp: z.string(),
    expirationTimestamp: z.string(),
    lastModifiedUser: z.string(),
    status: z.enum(['Active', 'Ordered']),
    lineItems: z.array(CartLineItem),
    links: z.record(z.string(), Link),
    attributes: z.strictObject({ objectType: z.literal('Cart') }),
  })
  .meta({ id: 'Cart' })
export type Cart = z.infer<typeof Cart>

export const CartCheckoutResult = z
  .strictObject({
    orders: z.array(Order).optional(),
    orderErrors: z
      .array(z.strictObject({ orderGroupId: z.string(), code: z.int(), description: z.string() }))
      .optional(),
    attributes: z.strictObject({ objectType: z.literal('CartCheckoutResult') }),
  })
  .meta({ id: 'CartCheckoutResult' })

type Given<Value> = Value | null | undefined

export interface NewCartLine {
  catalogItemId?: Given<string>
  friendlyName?: Given<string>
  quantity?: Given<number>
  currencyCode?: Given<string>
  billingCycle?: Given<z.infer<typeof BillingCycle>>
  termDuration?: Given<string>
  provisioningContext?: Given<Record<string, string | null>>
  partnerIdOnRecord?: Given<string>
  renewsTo?: Given<{ termDuration: string }>
}

export interface CartContext {
  customerId: string
  partnerId: string
  rules: RulesEdition
  now: number
  findProduct: (offerId: string) => Product | undefined
}

const minute = 60 * 1000

/** How long a cart lives: the examples of 2018 and 2019 show a quarter of an hour, today it is a week. */
const lifetime: Readonly<Record<RulesEdition, number>> = {
  2019: 15 * minute,
  2021: 15 * minute,
  2022: 7 * 24 * 60 * minute,
}

/** Writes a cart with the items asked for; `created` is the cart it replaces. Items that cannot be had are refused. */
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
    else if (!Number.isInteger(line.quantity ?? 1) || (line.quantity ?? 1) < 1)
      wrong.push(`lineItems[${number}]: quantity`)
    else lineItems.push(writeCartLine(number, line, product))
  }
  if (wrong.length > 0) return { refused: 'cartItems', data: wrong }
  return {
    cart: {
      id,
      creationTimestamp: created?.creationTimestamp ?? writeTime(now),
      lastModifiedTimestamp: writeTime(now),
      expirationTimestamp: writeTime(now + lifetime[rules]),
      lastModifiedUser: partnerId,
      status: 'Active',
      lineItems,
      links: { self: linkTo(`/customers/${customerId}/carts/${id}`) },
      attributes: { objectType: 'Cart' },
    },
  }
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
    orderGroup: productWorlds[product.productType].cartGroup,
  }
}

export interface GroupResult {
  orderGroupId: string
  result: { order: Order } | Refusal
}

/**
 * Orders a cart: one order for each group, or that group's error. SaaS is grouped by its billing cycle as well.
 * https://learn.microsoft.com/partner-center/developer/checkout-a-cart
 * `place` is told of each order before the next is made, so that limits count it.
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
