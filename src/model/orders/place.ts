import { productTraits } from '../catalog/product-traits.ts'
import { type BillingCycle, type Product, TermDuration } from '../catalog/schema.ts'
import { type AccountKind, type EditionName, editions } from '../editions.ts'
import { etag, friendlyId, guid, modernOrderId, type RandomBytes } from '../ids.ts'
import { limits } from '../limits.ts'
import { isRefusal, type Refusal, refuse } from '../refusals.ts'
import { writeLegacyTime, writeTime } from '../time/wire-time.ts'
import { lineLinks, orderLinks } from './order-links.ts'
import { type OwnedUnits, refuseOverSandboxLimit } from './sandbox-limits.ts'
import type { Order, OrderLineItem } from './schema.ts'

type Given<Value> = Value | null | undefined

/** A line as a request asks for it. */
export interface NewLine {
  lineItemNumber?: Given<number>
  offerId?: Given<string>
  quantity?: Given<number>
  friendlyName?: Given<string>
  termDuration?: Given<string>
  partnerIdOnRecord?: Given<string>
  parentSubscriptionId?: Given<string>
  renewsTo?: Given<{ termDuration?: Given<string> }>
}

export interface NewOrder {
  billingCycle?: Given<BillingCycle>
  currencyCode?: Given<string>
  lineItems: readonly NewLine[]
}

/** The input of a purchase besides the request. `now`: milliseconds since 1970. */
export interface PurchaseContext {
  customerId: string
  kind: AccountKind
  rules: EditionName
  now: number
  random: RandomBytes
  findProduct: (offerId: string) => Product | undefined
  /** The units that the customer owns, for the limits of a sandbox. */
  owned: OwnedUnits
}

interface ChosenLine {
  asked: NewLine
  product: Product
  quantity: number
}

/**
 * Places the order that a request asks for: `completed` when it is a legacy order, else `pending`.
 * https://learn.microsoft.com/partner-center/developer/create-an-order
 */
export function placeOrder(asked: NewOrder, context: PurchaseContext): { order: Order } | Refusal {
  const lines: ChosenLine[] = []
  for (const [index, line] of asked.lineItems.entries()) {
    const chosen = chooseLine(line, index, context)
    if (isRefusal(chosen)) return chosen
    lines.push(chosen)
  }
  const [first] = lines
  if (first === undefined) return { refused: 'invalidInput', data: ['lineItems: an order has at least one line'] }
  const legacy = productTraits[first.product.productType].legacy
  if (lines.some(({ product }) => productTraits[product.productType].legacy !== legacy)) {
    return { refused: 'invalidInput', data: ['lineItems: legacy and modern offers cannot be in one order'] }
  }
  const billingCycle = chooseBillingCycle(asked.billingCycle, lines)
  if (isRefusal(billingCycle)) return billingCycle
  const overLimit = context.kind === 'sandbox' ? refuseOverSandboxLimit(lines, context.owned) : undefined
  return overLimit ?? { order: writeOrder(asked, lines, billingCycle.name, legacy, context) }
}

/** Checks a requested line against the catalog, in the terms of the documented error list. */
function chooseLine(asked: NewLine, index: number, { findProduct }: PurchaseContext): ChosenLine | Refusal {
  if ((asked.lineItemNumber ?? index) !== index) return refuse('lineItemNumberOutOfRange')
  if (!asked.offerId) return refuse('catalogItemMissing')
  if (asked.parentSubscriptionId) return refuse('argumentCheck')
  const product = findProduct(asked.offerId)
  if (product === undefined) return refuse('invalidOfferId')
  const quantity = asked.quantity ?? 1
  const refusal = refuseProduct(product) ?? refuseQuantity(product, quantity)
  return refusal ?? { asked, product, quantity }
}

/** Whether a product is sold in new commerce, which has its own form of order ids. */
function isNewCommerce({ productType }: Product): boolean {
  return ['newCommerceLicense', 'newCommerceTrial', 'savingsPlan'].includes(productType)
}

function refuseProduct({ inventory }: Product): Refusal | undefined {
  if (inventory === 'none') return refuse('inventoryNotAvailable')
  return inventory === 'withdrawn' ? refuse('notEligibleForPurchase') : undefined
}

/** Legacy subscriptions have their own documented error for a quantity outside the limits. */
export function refuseQuantity(product: Product, quantity: number): Refusal | undefined {
  const { minimumQuantity = 1, maximumQuantity = limits.quantity } = product
  if (Number.isInteger(quantity) && quantity >= minimumQuantity && quantity <= maximumQuantity) return undefined
  return refuse(productTraits[product.productType].legacy ? 'quantityOutOfRange' : 'quantityNotAvailable')
}

/** The requested cycle, else the default of the offer: monthly where it supports that, else its first one. */
export function billingCycleOrDefault(asked: Given<BillingCycle>, product: Product | undefined): BillingCycle {
  const supported = product?.billingCycles ?? []
  if (asked != null && asked !== 'unknown') return asked
  return supported.includes('monthly') ? 'monthly' : (supported[0] ?? 'one_time')
}

/** An order without a billing cycle takes the default of its first offer. */
function chooseBillingCycle(
  asked: Given<BillingCycle>,
  lines: readonly ChosenLine[],
): { name: BillingCycle } | Refusal {
  const name = billingCycleOrDefault(asked, lines[0]?.product)
  const without = lines.find(({ product }) => !product.billingCycles.includes(name))
  if (without === undefined) return { name }
  const { offerId, billingCycles } = without.product
  return {
    refused: 'invalidInput',
    data: [`billingCycle: ${offerId} is billed ${billingCycles.join(' or ')}, not ${name}`],
  }
}

function writeOrder(
  asked: NewOrder,
  lines: readonly ChosenLine[],
  billingCycle: BillingCycle,
  legacy: boolean,
  { customerId, rules, now, random }: PurchaseContext,
): Order {
  const hasHexId = editions[rules].newCommerceOrderId === 'hex' && lines.every(({ product }) => isNewCommerce(product))
  const friendly = friendlyId(random)
  const id = legacy ? guid(random) : hasHexId ? friendly : modernOrderId(random)
  return {
    id,
    alternateId: legacy ? id : friendly,
    referenceCustomerId: customerId,
    billingCycle,
    currencyCode: asked.currencyCode ?? 'USD',
    ...(legacy ? {} : { currencySymbol: '$' }),
    lineItems: lines.map((line, number) => writeLine(line, number, customerId, id, random)),
    creationDate: legacy ? writeLegacyTime(now) : writeTime(now),
    status: legacy ? 'completed' : 'pending',
    transactionType: 'UserPurchase',
    links: orderLinks(customerId, id, legacy),
    ...(legacy
      ? {}
      : {
          client: {
            marketplaceCountry: 'US',
            deviceFamily: 'UniversalStore-PartnerCenter',
            name: 'Partner Center API',
          },
        }),
    attributes: legacy ? { etag: etag(id, 1), objectType: 'Order' } : { objectType: 'Order' },
  }
}

/** Writes a line of a new order, or an add-on that joins an order later. */
export function writeLine(
  { asked, product, quantity }: ChosenLine,
  lineItemNumber: number,
  customerId: string,
  orderId: string,
  random: RandomBytes,
): OrderLineItem {
  const { legacy, subscription } = productTraits[product.productType]
  const subscriptionId = subscription === 'at once' ? guid(random) : undefined
  const writtenId = legacy ? subscriptionId?.toUpperCase() : subscriptionId
  const renewsTo = TermDuration().safeParse(asked.renewsTo?.termDuration)
  return {
    lineItemNumber,
    offerId: product.offerId,
    ...(writtenId === undefined ? {} : { subscriptionId: writtenId }),
    termDuration: legacy ? 'P1Y' : (product.termDuration ?? ''),
    transactionType: 'New',
    friendlyName: asked.friendlyName || product.title,
    quantity,
    ...(asked.partnerIdOnRecord ? { partnerIdOnRecord: asked.partnerIdOnRecord } : {}),
    ...(renewsTo.success ? { renewsTo: { termDuration: renewsTo.data } } : {}),
    links: lineLinks(product, { customerId, orderId, lineItemNumber, subscriptionId: writtenId }),
  }
}
