import { productWorlds } from '../catalog/product-traits.ts'
import type { Product } from '../catalog/schema.ts'
import { writeLegacyTime, writeTime } from '../time/wire-time.ts'
import type { AccountKind, RulesEdition } from './cancellation-rules.ts'
import { etag, friendlyId, guid, modernOrderId, type RandomBytes } from './ids.ts'
import { lineLinks, orderLinks } from './links.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { type OwnedSoFar, refuseOverSandboxLimit } from './sandbox-limits.ts'
import { type BillingCycleName, type Order, type OrderLineItem, TermDuration } from './schema.ts'

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
  billingCycle?: Given<BillingCycleName>
  currencyCode?: Given<string>
  lineItems: readonly NewLine[]
}

/** What a purchase depends on besides the request. `now`: milliseconds since 1970. */
export interface PurchaseContext {
  customerId: string
  kind: AccountKind
  rules: RulesEdition
  now: number
  random: RandomBytes
  findProduct: (offerId: string) => Product | undefined
  /** What the customer has, for the limits of a sandbox. */
  owned: OwnedSoFar
}

interface ChosenLine {
  asked: NewLine
  product: Product
  quantity: number
}

/**
 * Makes the order that a customer asks for, `pending` unless it is a legacy one.
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
  const legacy = productWorlds[first.product.productType].legacy
  if (lines.some(({ product }) => productWorlds[product.productType].legacy !== legacy)) {
    return { refused: 'invalidInput', data: ['lineItems: legacy and modern offers cannot be in one order'] }
  }
  const billingCycle = chooseBillingCycle(asked.billingCycle, lines)
  if (isRefusal(billingCycle)) return billingCycle
  const overLimit = context.kind === 'sandbox' ? refuseOverSandboxLimit(lines, context.owned) : undefined
  return overLimit ?? { order: writeOrder(asked, lines, billingCycle.name, legacy, context) }
}

/** Finds what a line asks for. The checks are those that the error list has texts for. */
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

function refuseProduct({ inventory }: Product): Refusal | undefined {
  if (inventory === 'none') return refuse('inventoryNotAvailable')
  return inventory === 'withdrawn' ? refuse('notEligibleForPurchase') : undefined
}

/** Legacy subscriptions have a documented text of their own for a quantity that cannot be had. */
export function refuseQuantity(product: Product, quantity: number): Refusal | undefined {
  const { minimumQuantity = 1, maximumQuantity = 999_999_999 } = product
  if (Number.isInteger(quantity) && quantity >= minimumQuantity && quantity <= maximumQuantity) return undefined
  return refuse(productWorlds[product.productType].legacy ? 'quantityOutOfRange' : 'quantityNotAvailable')
}

/** What is asked for, else what the offer is billed: monthly for licenses and SaaS, once for others. */
export function billingCycleOrDefault(asked: Given<BillingCycleName>, product: Product | undefined): BillingCycleName {
  const supported = product?.billingCycles ?? []
  if (asked != null && asked !== 'unknown') return asked
  return supported.includes('monthly') ? 'monthly' : (supported[0] ?? 'one_time')
}

/** An order without a billing cycle has that of its first offer. */
function chooseBillingCycle(
  asked: Given<BillingCycleName>,
  lines: readonly ChosenLine[],
): { name: BillingCycleName } | Refusal {
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
  billingCycle: BillingCycleName,
  legacy: boolean,
  { customerId, rules, now, random }: PurchaseContext,
): Order {
  const isNewCommerce = lines.every(({ product }) => product.productType === 'newCommerceLicense')
  const friendly = friendlyId(random)
  const id = legacy ? guid(random) : isNewCommerce && rules === '2022' ? friendly : modernOrderId(random)
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

/** Writes a line; add-ons that join an order later are written the same way. */
export function writeLine(
  { asked, product, quantity }: ChosenLine,
  lineItemNumber: number,
  customerId: string,
  orderId: string,
  random: RandomBytes,
): OrderLineItem {
  const world = productWorlds[product.productType]
  const subscriptionId = world.subscription === 'at once' ? guid(random) : undefined
  const writtenId = world.legacy ? subscriptionId?.toUpperCase() : subscriptionId
  const renewsTo = TermDuration.safeParse(asked.renewsTo?.termDuration)
  return {
    lineItemNumber,
    offerId: product.offerId,
    ...(writtenId === undefined ? {} : { subscriptionId: writtenId }),
    termDuration: world.legacy ? 'P1Y' : (product.termDuration ?? ''),
    transactionType: 'New',
    friendlyName: asked.friendlyName || product.title,
    quantity,
    ...(asked.partnerIdOnRecord ? { partnerIdOnRecord: asked.partnerIdOnRecord } : {}),
    ...(renewsTo.success ? { renewsTo: { termDuration: renewsTo.data } } : {}),
    links: lineLinks(product, { customerId, orderId, lineItemNumber, subscriptionId: writtenId }),
  }
}
