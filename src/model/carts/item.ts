import { productTraits } from '../catalog/product-traits.ts'
import { type BillingCycle, type Product, TermDuration } from '../catalog/schema.ts'
import { editions } from '../editions.ts'
import { limits } from '../limits.ts'
import { pricesOf } from '../orders/pricing.ts'
import { maximumSeats, refuseSeats } from '../orders/sandbox-limits.ts'
import { present } from '../present.ts'
import { currencyOf } from '../purchases/currency.ts'
import { chooseLine } from '../purchases/line.ts'
import { readProvisioning } from '../purchases/provisioning.ts'
import type { NewLine } from '../purchases/request.ts'
import { billingCycleOrDefault, chooseTerm, refuseBillingCycle } from '../purchases/terms.ts'
import { isNewCommerce, writeCommitment } from '../purchases/write-order.ts'
import { isRefusal, type Refusal, refuse } from '../refusals.ts'
import { type CartErrorName, cartErrorCodes, errorIn, errorsOfRefusals } from './line-errors.ts'
import { type CartContext, type CartItem, type NewCartLine, partnersOf } from './request.ts'
import type { CartError } from './schema.ts'

/** The place of an item: its number, its group, and its billing cycle without a request. */
interface ItemPlace {
  id: number
  orderGroup: string
}

/** The order line that an item asks for. */
export function orderLineOf(item: NewCartLine): NewLine {
  const { catalogItemId, friendlyName, quantity, termDuration, provisioningContext, renewsTo } = item
  const { promotionId, customTermEndDate, attestationAccepted, purchaseCommitment } = item
  return {
    offerId: catalogItemId,
    friendlyName,
    quantity,
    termDuration,
    provisioningContext,
    ...partnersOf(item),
    renewsTo,
    promotionId,
    customTermEndDate,
    attestationAccepted,
    purchaseCommitment,
  }
}

/** The billing cycle of an item: the requested one, else the default of its term. */
export function billingCycleOf(asked: NewCartLine, { findProduct }: CartContext): BillingCycle {
  const product = findProduct(asked.catalogItemId ?? '')
  const term = product === undefined ? undefined : chooseTerm(product, asked.termDuration)
  return billingCycleOrDefault(asked.billingCycle, term === undefined || isRefusal(term) ? undefined : term)
}

/** Writes an item, with its error when it cannot be bought. */
export function writeItem(asked: NewCartLine, place: ItemPlace, context: CartContext): CartItem {
  const product = context.findProduct(asked.catalogItemId ?? '')
  const { promotionsApply } = editions[context.rules].purchases
  const term = product === undefined ? undefined : chooseTerm(product, asked.termDuration)
  const chosen = term === undefined || isRefusal(term) ? undefined : term.termDuration
  const isLegacy = product !== undefined && productTraits[product.productType].legacy
  const applied = asked.promotionId || (promotionsApply ? product?.promotionId : undefined)
  const partners = asked.participants ?? []
  const item: CartItem = {
    id: place.id,
    catalogItemId: product?.offerId ?? asked.catalogItemId ?? '',
    ...(asked.friendlyName ? { friendlyName: asked.friendlyName } : {}),
    quantity: asked.quantity ?? 1,
    currencyCode: currencyOf(asked.currencyCode) ?? asked.currencyCode ?? '',
    billingCycle: billingCycleOf(asked, context),
    ...present({ termDuration: asked.termDuration || (isLegacy ? undefined : chosen) || undefined }),
    ...(applied ? { promotionId: applied } : {}),
    ...(partners.length > 0 ? { participants: [...partners] } : {}),
    ...(asked.partnerIdOnRecord ? { partnerIdOnRecord: asked.partnerIdOnRecord } : {}),
    ...(asked.customTermEndDate ? { customTermEndDate: asked.customTermEndDate } : {}),
    ...writeRenewal(asked),
    ...writeProvisioning(asked, product),
    orderGroup: place.orderGroup,
    ...writeCommitment(asked.purchaseCommitment),
  }
  const error = errorOf(asked, item, context)
  return { ...item, ...writePrices(item, product, context), ...(error === undefined ? {} : { error }) }
}

/** A text that is not a duration has no place in the reply. The error of the item is about it. */
function writeRenewal({ renewsTo }: NewCartLine): Pick<CartItem, 'renewsTo'> {
  const { success, data } = TermDuration().safeParse(renewsTo?.termDuration)
  return success && data !== '' ? { renewsTo: { termDuration: data } } : {}
}

/** New-commerce items have an empty provisioning context where the request has none. */
function writeProvisioning(asked: NewCartLine, product: Product | undefined): Pick<CartItem, 'provisioningContext'> {
  const provisioning = readProvisioning(asked.provisioningContext)
  const isEmpty = Object.keys(provisioning).length === 0
  const always = product !== undefined && ['newCommerceLicense', 'newCommerceTrial'].includes(product.productType)
  return isEmpty && !always ? {} : { provisioningContext: { ...provisioning } }
}

/** The documented cart of 2023 has prices, except of savings plans. */
function writePrices(item: CartItem, product: Product | undefined, { rules }: CartContext): Pick<CartItem, 'pricing'> {
  const priced = product !== undefined && isNewCommerce(product) && product.productType !== 'savingsPlan'
  return editions[rules].pricesOnPurchase && priced ? { pricing: pricesOf(item, item.billingCycle, product) } : {}
}

function errorOf(asked: NewCartLine, item: CartItem, context: CartContext): CartError | undefined {
  const { rules, kind, findProduct } = context
  const refusal = refuseItem(asked, item, context)
  const name = refusal === undefined ? undefined : errorsOfRefusals[refusal.refused]
  if (name === undefined) return undefined
  const product = findProduct(item.catalogItemId)
  const isCustomEnd = name === 'invalid_custom_term_end_date' && product?.productType !== 'newCommerceLicense'
  const errorCode = errorIn(isCustomEnd ? 'invalid_custom_term_end_date_product' : name, rules)
  const seats = kind === 'sandbox' ? maximumSeats : limits.quantity
  const availableQuantity = name === 'quota_not_available' ? (product?.maximumQuantity ?? limits.quantity) : seats
  return {
    errorCode,
    errorDescription: cartErrorCodes[errorCode].description,
    ...(concernQuantity.includes(name)
      ? { additionalInformation: { availableQuantity, purchasedQuantity: item.quantity } }
      : {}),
  }
}

/** The errors with quantities in their additional information (a guess). */
const concernQuantity: readonly CartErrorName[] = ['quota_not_available', 'max_allowed_seats_per_subscription_exceeded']

/** Refuses an item as an order with this item alone is refused. Limits on the customer's subscriptions do not count. */
function refuseItem(asked: NewCartLine, item: CartItem, context: CartContext): Refusal | undefined {
  if (currencyOf(asked.currencyCode) === undefined) return refuse('currencyNotSupported', asked.currencyCode ?? '')
  const line = chooseLine({ ...orderLineOf(asked), lineItemNumber: item.id }, context)
  if (isRefusal(line)) return line
  const { product, quantity, term } = line
  return refuseBillingCycle(item.billingCycle, product, term) ?? refuseSeats(context.kind, product, quantity)
}
