import { productTraits } from '../catalog/product-traits.ts'
import type { BillingCycle, Product } from '../catalog/schema.ts'
import { type EditionName, editions } from '../editions.ts'
import { etag, friendlyId, guid, modernOrderId } from '../ids.ts'
import { lineLinks, orderLinks } from '../orders/order-links.ts'
import { statusAtPurchase } from '../orders/purchase-orders.ts'
import type { Order, OrderLineItem } from '../orders/schema.ts'
import { present } from '../present.ts'
import { writeLegacyTime, writeTime } from '../time/wire-time.ts'
import { currencySymbolOf } from './currency.ts'
import type { ChosenLine, PurchaseContext } from './request.ts'

/** Whether a product is sold in new commerce, which has its own form of order ids. */
export function isNewCommerce({ productType }: Product): boolean {
  return ['newCommerceLicense', 'newCommerceTrial', 'savingsPlan'].includes(productType)
}

const filledClient = {
  marketplaceCountry: 'US',
  deviceFamily: 'UniversalStore-PartnerCenter',
  name: 'Partner Center API',
}

/** The chosen members of a new order. */
export interface OrderChoice {
  lines: readonly ChosenLine[]
  billingCycle: BillingCycle
  currencyCode: string
  legacy: boolean
}

/** Writes a new order: `completed` when it is a legacy order, else `pending` or waiting for a purchase order. */
export function writeOrder(
  { lines, billingCycle, currencyCode, legacy }: OrderChoice,
  context: PurchaseContext,
): Order {
  const { customerId, rules, now, random } = context
  const offerIds = lines.map(({ product }) => product.offerId)
  const edition = editions[rules]
  const hasHexId = edition.newCommerceOrderId === 'hex' && lines.every(({ product }) => isNewCommerce(product))
  const friendly = friendlyId(random)
  const id = legacy ? guid(random) : hasHexId ? friendly : modernOrderId(random)
  return {
    id,
    alternateId: legacy ? id : friendly,
    referenceCustomerId: customerId,
    billingCycle,
    currencyCode,
    ...(legacy ? {} : { currencySymbol: currencySymbolOf(currencyCode, edition) }),
    lineItems: writeLines(lines, id, context),
    creationDate: legacy ? writeLegacyTime(now) : writeTime(now),
    status: legacy ? 'completed' : statusAtPurchase(offerIds, context),
    transactionType: 'UserPurchase',
    links: orderLinks(customerId, id, legacy),
    ...(legacy ? {} : { client: edition.orderClient === 'filled' ? filledClient : {} }),
    attributes: legacy ? { etag: etag(id, 1), objectType: 'Order' } : { objectType: 'Order' },
  }
}

function writeLines(lines: readonly ChosenLine[], orderId: string, context: PurchaseContext): OrderLineItem[] {
  const { customerId } = context
  const written: OrderLineItem[] = []
  for (const line of lines) {
    const base = line.asked.baseLine === undefined ? undefined : written[line.asked.baseLine]
    const place = { customerId, orderId, lineItemNumber: written.length, parentId: base?.subscriptionId }
    written.push(writeLine(line, place, context))
  }
  return written
}

interface NewLinePlace {
  customerId: string
  orderId: string
  lineItemNumber: number
  /** The subscription that an add-on extends, where the request does not name it. */
  parentId?: string | undefined
}

/** Writes a line of a new order, or an add-on that joins an order later. */
export function writeLine(
  line: ChosenLine,
  place: NewLinePlace,
  context: Pick<PurchaseContext, 'rules' | 'random'>,
): OrderLineItem {
  const { asked, product, quantity, term } = line
  const newId = opensAtOnce(product, context.rules) ? guid(context.random) : undefined
  const subscriptionId = productTraits[product.productType].legacy ? newId?.toUpperCase() : newId
  const { parentSubscriptionId, ...provisioning } = line.provisioning
  const parentId = place.parentId ?? (asked.parentSubscriptionId || parentSubscriptionId)
  const { lineItemNumber } = place
  const additional = asked.additionalPartnerIdsOnRecord ?? []
  return {
    lineItemNumber,
    ...(echoes(product) && Object.keys(provisioning).length > 0 ? { provisioningContext: provisioning } : {}),
    offerId: product.offerId,
    ...present({ subscriptionId, parentSubscriptionId: parentId?.toUpperCase() }),
    termDuration: term.termDuration,
    transactionType: 'New',
    friendlyName: asked.friendlyName || product.title,
    quantity,
    ...(asked.partnerIdOnRecord ? { partnerIdOnRecord: asked.partnerIdOnRecord } : {}),
    ...(additional.length > 0 ? { additionalPartnerIdsOnRecord: [...additional] } : {}),
    ...writeCommitment(asked.purchaseCommitment),
    ...(asked.renewsTo?.termDuration ? { renewsTo: { termDuration: asked.renewsTo.termDuration } } : {}),
    ...(asked.promotionId ? { promotionId: asked.promotionId } : {}),
    ...(asked.customTermEndDate ? { customTermEndDate: asked.customTermEndDate } : {}),
    links: lineLinks(product, { ...place, subscriptionId }),
  }
}

/** Whether a line names its subscription from the purchase on. */
function opensAtOnce({ productType }: Product, rules: EditionName): boolean {
  if (productTraits[productType].subscription === 'at once') return true
  return productType === 'newCommerceLicense' && editions[rules].purchases.licenseOpensAtOnce
}

/** The documented orders of reservations do not repeat the provisioning context, those of savings plans do. */
function echoes({ productType }: Product): boolean {
  return productType !== 'azureReservation'
}

/** The commitment of a line or of an item of a cart, with its words in lower case. */
export function writeCommitment(
  asked: ChosenLine['asked']['purchaseCommitment'],
): Pick<OrderLineItem, 'purchaseCommitment'> {
  if (asked == null) return {}
  const { amount, currency, grain } = asked
  return { purchaseCommitment: { amount, currency: currency.toLowerCase(), grain: grain.toLowerCase() } }
}
