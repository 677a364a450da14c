import { productTraits } from '../catalog/product-traits.ts'
import { editions } from '../editions.ts'
import { linkTo } from '../links.ts'
import { placeOrder, refusePartnerAttestation } from '../orders/place.ts'
import type { Order } from '../orders/schema.ts'
import { currencyOf } from '../purchases/currency.ts'
import type { NewLine, NewOrder, PurchaseContext } from '../purchases/request.ts'
import { isRefusal, type Refusal, refuse } from '../refusals.ts'
import { writeTime } from '../time/wire-time.ts'
import { billingCycleOf, orderLineOf, writeItem } from './item.ts'
import { type CartContext, type NewCart, type NewCartLine, partnersOf } from './request.ts'
import type { Cart, CartLineItem } from './schema.ts'

const minute = 60 * 1000

/**
 * Writes a cart with the requested items. `created`: the cart that it replaces. An item that cannot be bought has an
 * `error`.
 */
export function writeCart(
  id: string,
  asked: NewCart,
  context: CartContext,
  created: Cart | undefined,
): { cart: Cart } | Refusal {
  const lines = asked.lineItems.map((line) => withAttestation(line, created))
  const all = lines.flatMap((line) => [line, ...(line.addonItems ?? [])])
  if (all.some(({ catalogItemId }) => !catalogItemId)) return refuse('catalogItemMissing')
  const partnerOnRecordAttestationAccepted = asked.partnerOnRecordAttestationAccepted ?? hasPartners(created)
  const partners = { partnerOnRecordAttestationAccepted, lineItems: all.map(partnersOf) }
  const refusal = refuseRepeatedIds(all) ?? refusePartnerAttestation(partners, context)
  if (refusal !== undefined) return refusal
  const { customerId, partnerId, rules, now } = context
  const { cartMinutes, purchases } = editions[rules]
  const keepsLife = purchases.cartExpiresFrom === 'creation' ? created?.expirationTimestamp : undefined
  return {
    cart: {
      id,
      creationTimestamp: created?.creationTimestamp ?? writeTime(now),
      lastModifiedTimestamp: writeTime(now),
      expirationTimestamp: keepsLife ?? writeTime(now + cartMinutes * minute),
      lastModifiedUser: partnerId,
      status: 'Active',
      lineItems: writeItems(lines, context),
      links: { self: linkTo(`/customers/${customerId}/carts/${id}`) },
      attributes: { objectType: 'Cart' },
    },
  }
}

/** Carts do not repeat attestations, so a cart that is sent back keeps those of the cart that it replaces. */
function withAttestation(line: NewCartLine, created: Cart | undefined): NewCartLine {
  const accepted = created?.lineItems.some(
    ({ catalogItemId, error }) => catalogItemId === line.catalogItemId && error === undefined,
  )
  return { ...line, attestationAccepted: line.attestationAccepted ?? accepted }
}

function hasPartners(created: Cart | undefined): boolean {
  return created?.lineItems.some((item) => partnersOf(item).partnerIdOnRecord) ?? false
}

function refuseRepeatedIds(items: readonly NewCartLine[]): Refusal | undefined {
  const ids = items.flatMap(({ id }) => id ?? [])
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index)
  if (repeated === undefined) return undefined
  return { refused: 'invalidInput', data: [`lineItems: two items have the id ${repeated}`] }
}

/** Items and their add-ons have one numbering. */
function writeItems(asked: readonly NewCartLine[], context: CartContext): CartLineItem[] {
  const groupOf = orderGroups(context)
  let position = 0
  return asked.map((line) => {
    const orderGroup = groupOf(line)
    const write = (asked: NewCartLine) => {
      const id = asked.id ?? position
      position++
      return writeItem(asked, { id, orderGroup }, context)
    }
    const item = write(line)
    const addonItems = (line.addonItems ?? []).map(write)
    const { error, ...members } = item
    return {
      ...members,
      ...(addonItems.length > 0 ? { addonItems } : {}),
      ...(error === undefined ? {} : { error }),
    }
  })
}

/**
 * Names the groups of items: legacy items are one group; the others have a group for each billing cycle and currency,
 * numbered in the sequence in which they appear, as in the documented cart of 2019.
 */
function orderGroups(context: CartContext): (line: NewCartLine) => string {
  const numbers = new Map<string, number>()
  return (line) => {
    const product = context.findProduct(line.catalogItemId ?? '')
    if (product !== undefined && productTraits[product.productType].legacy) return 'OMS-0'
    const key = `${billingCycleOf(line, context)} ${currencyOf(line.currencyCode)}`
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return String(number)
  }
}

/** The items and add-ons of a cart that cannot be bought, each with its error in words. */
export function errorsOf({ lineItems }: Cart): string[] {
  return lineItems
    .flatMap((item) => [item, ...(item.addonItems ?? [])])
    .flatMap(({ id, error }) => (error === undefined ? [] : [`lineItems: item ${id}: ${error.errorDescription}`]))
}

/** The order of a cart's group, or why it was not placed. */
export interface GroupResult {
  orderGroupId: string
  result: { order: Order } | Refusal
}

/**
 * Orders a cart: one order for each group, or the error of that group. `only`: the groups to order, all without it.
 * https://learn.microsoft.com/partner-center/developer/checkout-a-cart
 * Calls `place` with each order before it places the next one, so that limits count the order.
 */
export function orderCart(
  cart: Cart,
  contextOf: () => PurchaseContext,
  place: (order: Order) => void,
  only?: readonly string[],
): readonly GroupResult[] {
  const groups = [...Map.groupBy(cart.lineItems, ({ orderGroup }) => orderGroup)]
  const wanted = groups.filter(([orderGroupId]) => only?.includes(orderGroupId) ?? true)
  return wanted.map(([orderGroupId, items]) => {
    const result = placeOrder(orderOf(items), contextOf())
    if (!isRefusal(result)) place(result.order)
    return { orderGroupId, result }
  })
}

/** Attestations were checked when the cart was written, which does not repeat them. */
function orderOf(items: readonly CartLineItem[]): NewOrder {
  const lineItems: NewLine[] = []
  for (const item of items) {
    const baseLine = lineItems.length
    lineItems.push({ ...orderLineOf(item), attestationAccepted: true })
    for (const addOn of item.addonItems ?? [])
      lineItems.push({ ...orderLineOf(addOn), attestationAccepted: true, baseLine })
  }
  const { billingCycle, currencyCode } = items[0] ?? {}
  return { billingCycle, currencyCode, partnerOnRecordAttestationAccepted: true, lineItems }
}
