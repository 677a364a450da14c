import { productTraits, publisherOf } from '../catalog/product-traits.ts'
import type { Product } from '../catalog/schema.ts'
import { etag, guidOf } from '../ids.ts'
import { linkTo } from '../links.ts'
import { catalogLinks } from '../orders/order-links.ts'
import { isCancelled, type Order, type OrderLineItem } from '../orders/schema.ts'
import { endOfTerm, writeTime } from '../time/wire-time.ts'
import type { SubscriptionRecord, SubscriptionStatus } from './schema.ts'

/** The commitment end date of a subscription without a term. */
const endless = '9999-12-10T00:00:00Z'

/** Opens the subscription of an order line. The line must have a subscriptionId. */
export function openSubscription(
  order: Order,
  line: OrderLineItem,
  product: Product,
  parentId?: string,
): SubscriptionRecord {
  const { id: orderId, referenceCustomerId: customerId, billingCycle } = order
  const id = line.subscriptionId ?? ''
  const created = Date.parse(order.creationDate)
  const { legacy, catalogSubType } = productTraits[product.productType]
  const isUsage = ['azurePlan', 'legacyAzure', 'saasMetered'].includes(product.productType)
  const isPlan = product.productType === 'savingsPlan'
  const uri = `/customers/${customerId}/subscriptions/`
  const friendlyName = line.friendlyName ?? product.title
  const status = statusAtStart(order, line, product)
  return {
    id,
    ...(product.productType === 'legacyAzure' ? { entitlementId: guidOf(`entitlement of ${id}`).toUpperCase() } : {}),
    offerId: line.offerId,
    offerName: product.title,
    friendlyName,
    quantity: line.quantity,
    ...(line.customTermEndDate === undefined ? {} : { customTermEndDate: line.customTermEndDate }),
    unitType: isUsage ? 'Usage-based' : isPlan ? 'Benefit' : legacy ? 'Licenses' : 'License(s)',
    ...(parentId === undefined ? {} : { parentSubscriptionId: parentId }),
    hasPurchasableAddons: product.productType === 'legacyLicense',
    creationDate: writeTime(created),
    ...termFrom(created, isUsage ? undefined : line.termDuration),
    status,
    autoRenewEnabled: !isUsage,
    isTrial: billingCycle === 'none',
    billingType: isUsage ? 'usage' : isPlan ? 'benefit' : 'license',
    billingCycle,
    ...(line.termDuration ? { termDuration: line.termDuration } : {}),
    isMicrosoftProduct: catalogSubType !== 'SaaS',
    partnerId: line.partnerIdOnRecord ?? '',
    contractType: 'subscription',
    links: {
      ...(legacy ? { offer: linkTo(`/offers/${line.offerId}?country=US`) } : catalogLinks(product)),
      ...(parentId === undefined ? {} : { parentSubscription: linkTo(`${uri}${parentId}`) }),
      self: linkTo(`${uri}${id}`),
    },
    publisherName: publisherOf(product.productType),
    ...(line.promotionId === undefined ? {} : { promotionId: line.promotionId }),
    ...(isPlan ? benefitOf(id, line, friendlyName, status) : {}),
    orderId: legacy ? orderId.toUpperCase() : orderId,
    attributes: { etag: legacy ? etag(id, 1) : '', objectType: 'Subscription' },
  }
}

/** https://learn.microsoft.com/partner-center/developer/azure-purchase-savings-plan */
function benefitOf(subscriptionId: string, line: OrderLineItem, friendlyName: string, status: SubscriptionStatus) {
  const id = guidOf(`benefit of ${subscriptionId}`)
  const { scope, ...place } = line.provisioningContext ?? {}
  const { amount, currency } = line.purchaseCommitment ?? {}
  const benefit = {
    id,
    friendlyName,
    ...(scope === undefined ? {} : { scope: { type: scope, ...place } }),
    autoRenewEnabled: true,
    status,
    ...(amount === undefined || currency === undefined
      ? {}
      : { purchaseCommitment: { amount, currency, grain: 'Hourly' } }),
  }
  return { lineItems: [benefit], productOrderId: id }
}

function statusAtStart(order: Order, line: OrderLineItem, product: Product): SubscriptionStatus {
  const { legacy, activated } = productTraits[product.productType]
  if (isCancelled(order, line)) return legacy ? 'suspended' : 'deleted'
  return order.status === 'pending' && activated ? 'pending' : 'active'
}

/**
 * Activates a marketplace subscription: its term starts now. `now`: milliseconds since 1970.
 * https://learn.microsoft.com/partner-center/developer/activate-sandbox-subscription-azure-marketplace-products
 */
export function activateSubscription(subscription: SubscriptionRecord, now: number): SubscriptionRecord {
  const term = subscription.billingType === 'usage' ? undefined : subscription.termDuration
  return { ...subscription, status: 'active', ...termFrom(now, term) }
}

/** The dates of a term that starts at a time in milliseconds since 1970. Without a length it is endless. */
function termFrom(
  start: number,
  term: string | undefined,
): Pick<SubscriptionRecord, 'effectiveStartDate' | 'commitmentEndDate'> {
  const end = endOfTerm(start, term)
  return {
    effectiveStartDate: writeTime(start),
    commitmentEndDate: Number.isFinite(end) ? writeTime(end) : endless,
  }
}
