import { productTraits } from '../catalog/product-traits.ts'
import type { BillingCycle } from '../catalog/schema.ts'
import { nextEtag } from '../ids.ts'
import { chooseLine, refuseQuantity } from '../purchases/line.ts'
import type { ChosenLine, NewLine, PurchaseContext } from '../purchases/request.ts'
import { writeLine } from '../purchases/write-order.ts'
import { type Refusal, refuse } from '../refusals.ts'
import type { SubscriptionStatus } from '../subscriptions/schema.ts'
import { refuseOverSandboxLimit, refuseSeats } from './sandbox-limits.ts'
import type { Order, OrderLineItem } from './schema.ts'

/** The change that a PATCH without a cancellation asks for. */
export interface OrderChange {
  billingCycle?: BillingCycle | null | undefined
  lineItems?: readonly NewLine[] | null | undefined
}

export interface ChangeContext extends PurchaseContext {
  statusOfSubscription: (subscriptionId: string) => SubscriptionStatus | undefined
}

/** The changed order, or the same object when nothing changed. */
type Change = { order: Order } | Refusal

/**
 * Changes an order as a PATCH asks: buys add-ons, else changes the billing cycle, else changes quantities. A body that asks
 * for none of these changes nothing.
 * https://learn.microsoft.com/partner-center/developer/purchase-an-add-on-to-a-subscription
 * https://learn.microsoft.com/partner-center/developer/change-the-billing-cycle
 */
export function changeOrder(order: Order, change: OrderChange, context: ChangeContext): Change {
  const lines = change.lineItems ?? []
  const addOns = lines.filter((line) => line.parentSubscriptionId && !repeats(line, order))
  if (addOns.length > 0) return buyAddOns(order, change, addOns, context)
  const { billingCycle } = change
  if (billingCycle != null && billingCycle !== 'unknown' && billingCycle !== order.billingCycle) {
    return changeBillingCycle(order, billingCycle, context)
  }
  return changeQuantities(order, lines, context)
}

/** Whether a line is an add-on that the order has already. SDKs send the whole order back. */
function repeats({ lineItemNumber, offerId, parentSubscriptionId }: NewLine, { lineItems }: Order): boolean {
  const line = lineItems[lineItemNumber ?? 0]
  return (
    line?.offerId.toLowerCase() === offerId?.toLowerCase() &&
    line?.parentSubscriptionId?.toLowerCase() === parentSubscriptionId?.toLowerCase()
  )
}

function isLegacy(order: Order, { findProduct }: ChangeContext): boolean {
  return order.lineItems.some(({ offerId }) => {
    const product = findProduct(offerId)
    return product !== undefined && productTraits[product.productType].legacy
  })
}

function buyAddOns(
  order: Order,
  { billingCycle }: OrderChange,
  addOns: readonly NewLine[],
  context: ChangeContext,
): Change {
  if (!isLegacy(order, context)) return refuse('argumentCheck')
  if (billingCycle != null && billingCycle !== 'unknown' && billingCycle !== order.billingCycle) {
    return refuse('billingCycleOfAddOnDiffers')
  }
  const chosen: ChosenLine[] = []
  for (const asked of addOns) {
    const line = chooseAddOn(order, asked, context)
    if ('refused' in line) return line
    chosen.push(line)
  }
  const { kind, owned } = context
  const overLimit = kind === 'sandbox' ? refuseOverSandboxLimit(chosen, owned()) : undefined
  if (overLimit !== undefined) return overLimit
  const lineItems = [...order.lineItems]
  for (const line of chosen) {
    const place = { customerId: order.referenceCustomerId, orderId: order.id, lineItemNumber: lineItems.length }
    lineItems.push(writeLine(line, place, context))
  }
  return { order: nextVersion({ ...order, lineItems }) }
}

function chooseAddOn(order: Order, asked: NewLine, context: ChangeContext): ChosenLine | Refusal {
  if (!asked.offerId) return refuse('catalogItemMissing')
  const product = context.findProduct(asked.offerId)
  if (product === undefined) return refuse('invalidOfferId')
  const parentId = asked.parentSubscriptionId?.toUpperCase()
  const parent = order.lineItems.find(({ subscriptionId }) => subscriptionId?.toUpperCase() === parentId)
  if (parent?.subscriptionId === undefined || product.productType !== 'legacyAddOn') return refuse('addOnNotRelated')
  if (context.statusOfSubscription(parent.subscriptionId) !== 'active') return refuse('parentNotActive')
  return chooseLine(asked, context)
}

function changeBillingCycle(order: Order, billingCycle: BillingCycle, context: ChangeContext): Change {
  if (!isLegacy(order, context)) return refuse('notSupported')
  if (order.status === 'pending') return refuse('billingCycleWhilePending')
  const inactive = order.lineItems.some(
    ({ subscriptionId }) => subscriptionId === undefined || context.statusOfSubscription(subscriptionId) !== 'active',
  )
  if (inactive) return refuse('billingCycleOfInactiveSubscription')
  const unsupported = order.lineItems.some(
    ({ offerId }) => !context.findProduct(offerId)?.billingCycles.includes(billingCycle),
  )
  if (unsupported) return refuse('billingTermNotSupported')
  return { order: nextVersion({ ...order, billingCycle }) }
}

function changeQuantities(order: Order, lines: readonly NewLine[], context: ChangeContext): Change {
  const lineItems = [...order.lineItems]
  for (const { lineItemNumber, offerId, quantity } of lines) {
    const number = lineItemNumber ?? 0
    const line = lineItems[number]
    if (line === undefined) return refuse('lineItemNumberOutOfRange')
    if (offerId != null && offerId.toLowerCase() !== line.offerId.toLowerCase()) return refuse('offerIdOfLineDiffers')
    if (quantity == null || quantity === line.quantity) continue
    const refusal = refuseNewQuantity(line, quantity, context)
    if (refusal !== undefined) return refusal
    lineItems[number] = { ...line, quantity }
  }
  const changed = lineItems.some((line, number) => line !== order.lineItems[number])
  return { order: changed ? nextVersion({ ...order, lineItems }) : order }
}

function refuseNewQuantity(line: OrderLineItem, quantity: number, context: ChangeContext): Refusal | undefined {
  const product = context.findProduct(line.offerId)
  if (product === undefined) return refuse('invalidOfferId')
  if (!productTraits[product.productType].legacy) return refuse('quantityNotChangeable')
  if (line.subscriptionId !== undefined && context.statusOfSubscription(line.subscriptionId) === 'suspended') {
    return refuse('subscriptionSuspended')
  }
  return refuseQuantity(product, quantity) ?? refuseSeats(context.kind, product, quantity)
}

/** Legacy orders count their changes in their etag. Modern orders have no etag. */
function nextVersion(order: Order): Order {
  const { attributes } = order
  if (attributes.etag === undefined) return order
  return { ...order, attributes: { ...attributes, etag: nextEtag(order.id, attributes.etag) } }
}
