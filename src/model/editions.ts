import type { ProductType } from './catalog/schema.ts'
import { type PurchaseRules, purchaseRules } from './purchases/edition-rules.ts'
import { documented, guessed, type Source } from './sources.ts'
import { type SubscriptionEdition, subscriptionEditions } from './subscriptions/rules.ts'
import type { Window } from './time/window.ts'

/** Kinds of partner accounts. A sandbox account is an integration sandbox with its own tenant and customers. */
export const accountKinds = ['sandbox', 'production'] as const
export type AccountKind = (typeof accountKinds)[number]

/** Dated editions of the service's behaviour, the oldest first. */
export const editionNames = ['2019', '2021', '2022', '2023'] as const
export type EditionName = (typeof editionNames)[number]

/** Whether an edition is the one of `since`, or a later one. */
export function isSince(edition: EditionName, since: EditionName): boolean {
  return editionNames.indexOf(edition) >= editionNames.indexOf(since)
}

/**
 * Refusals of a product that cannot be cancelled through its order. When the lines of an order differ, the first of these
 * that applies is the reply: the service routes to the legacy order system before it looks at the account, and at the
 * account before it looks at the product (a guess).
 */
export const productRefusals = [
  'useSubscriptionToSuspend',
  'seatBasedSaasNotSupported',
  'onlySoftwareInProduction',
  'orderCannotBeCancelled',
] as const
export type ProductRefusal = (typeof productRefusals)[number]

/** How long after its creation an order can be cancelled. */
export type CancellationWindow = Window

/** What cancelling an order of a product does: it cancels, it cancels within a window, or it is refused. */
export type CancellationRule = 'cancels' | CancellationWindow | ProductRefusal

export type CancellationRules = Readonly<Record<ProductType, CancellationRule>>

/** Everything that an edition decides. */
export interface Edition {
  /** What cancelling an order does, by account kind and product type. */
  cancellation: Readonly<Record<AccountKind, CancellationRules>>
  /** Minutes until a cart expires. */
  cartMinutes: number
  /** The second checkout of a cart: refused, or the reply of the first one again. */
  secondCheckout: 'refused' | 'repeats'
  /** The form of the order ids of new commerce: 12 hexadecimal digits, or as other modern orders have them. */
  newCommerceOrderId: 'hex' | 'modern'
  /** The `client` of a new modern order: its three members, or an empty object. */
  orderClient: 'filled' | 'empty'
  /** The `currencySymbol` of a new modern order in US dollars. */
  dollarSymbol: '$' | 'US$'
  /** Whether replies that create an order have `pricing` on new-commerce lines, and those of a checkout `totalPrice`. */
  pricesOnPurchase: boolean
  /**
   * The provisioning status of an order line: the words of the enumeration, or the later example. That has words in lower
   * case, `orderLineItemId` and no links, and legacy orders have one as well.
   */
  provisioningWords: 'Fulfilled' | 'fulfilled'
  /** Further rules of purchases and carts, with their own sources. */
  purchases: PurchaseRules
  /**
   * The files that are uploaded to an order: stored one by one, or reviewed as purchase orders, with metadata and a reply that
   * is a collection. Then the orders of two test products of a sandbox wait for their purchase order.
   */
  purchaseOrders: 'stored' | 'reviewed'
  /** Changes and members of subscriptions, with their own sources. */
  subscriptions: SubscriptionEdition
  /** Where the members above come from. */
  sources: Readonly<Record<Exclude<keyof Edition, 'sources' | 'purchases' | 'subscriptions'>, readonly Source[]>>
}

const sixtyDays: CancellationWindow = { days: 60, ends: 'instant' }
const thirtyDays: CancellationWindow = { days: 30, ends: 'endOfDay' }
const sevenDays: CancellationWindow = { days: 7, ends: 'instant' }

const minutesOfWeek = 7 * 24 * 60

const legacy = {
  legacyLicense: 'useSubscriptionToSuspend',
  legacyAddOn: 'useSubscriptionToSuspend',
  legacyAzure: 'useSubscriptionToSuspend',
} as const

const sandbox2019: CancellationRules = {
  azureReservation: 'cancels',
  perpetualSoftware: 'cancels',
  softwareSubscription: 'cancels',
  saasFlatRate: 'cancels',
  saasMetered: 'cancels',
  saasSeatBased: 'cancels',
  saasTrial: 'cancels',
  azurePlan: 'orderCannotBeCancelled',
  newCommerceLicense: 'orderCannotBeCancelled',
  newCommerceTrial: 'orderCannotBeCancelled',
  savingsPlan: 'orderCannotBeCancelled',
  ...legacy,
}

const production2019: CancellationRules = {
  azureReservation: 'onlySoftwareInProduction',
  perpetualSoftware: sixtyDays,
  softwareSubscription: sixtyDays,
  saasFlatRate: 'onlySoftwareInProduction',
  saasMetered: 'onlySoftwareInProduction',
  saasSeatBased: 'onlySoftwareInProduction',
  saasTrial: 'onlySoftwareInProduction',
  azurePlan: 'onlySoftwareInProduction',
  newCommerceLicense: 'onlySoftwareInProduction',
  newCommerceTrial: 'onlySoftwareInProduction',
  savingsPlan: 'onlySoftwareInProduction',
  ...legacy,
}

/** A note of 2021 limits sandbox orders to 60 days; code 800077 is in the error list. */
const sandbox2021: CancellationRules = {
  ...sandbox2019,
  azureReservation: sixtyDays,
  perpetualSoftware: sixtyDays,
  softwareSubscription: sixtyDays,
  saasFlatRate: sixtyDays,
  saasMetered: sixtyDays,
  saasSeatBased: 'seatBasedSaasNotSupported',
  saasTrial: sixtyDays,
}

const production2021: CancellationRules = {
  ...production2019,
  perpetualSoftware: thirtyDays,
  softwareSubscription: thirtyDays,
  saasSeatBased: 'seatBasedSaasNotSupported',
}

/** The table of 2022 sends the whole commercial marketplace to the subscription. */
const saas2022 = {
  saasFlatRate: 'seatBasedSaasNotSupported',
  saasMetered: 'seatBasedSaasNotSupported',
  saasSeatBased: 'seatBasedSaasNotSupported',
  saasTrial: 'seatBasedSaasNotSupported',
} as const

/** Software subscriptions bought since 2022-10-14 can be returned for seven days (new-commerce cancellation policy). */
const rules2022 = {
  sandbox: { ...sandbox2021, ...saas2022 },
  production: { ...production2021, ...saas2022, softwareSubscription: sevenDays },
} as const

const twelveHexDigits = [documented('get-a-subscription-by-id', '2021-01-14')]
const emptyClient = [documented('create-an-order', '2021-08-17')]

const edition2022: Edition = {
  subscriptions: subscriptionEditions[2022],
  cancellation: rules2022,
  cartMinutes: minutesOfWeek,
  secondCheckout: 'repeats',
  newCommerceOrderId: 'hex',
  orderClient: 'empty',
  dollarSymbol: '$',
  pricesOnPurchase: false,
  provisioningWords: 'fulfilled',
  purchases: purchaseRules[2022],
  purchaseOrders: 'reviewed',
  sources: {
    cancellation: [documented('cancel-an-order-from-the-integration-sandbox', '2022-06-30')],
    cartMinutes: [documented('create-a-cart', '2022-12-09')],
    secondCheckout: [documented('checkout-a-cart', '2022-12-10')],
    newCommerceOrderId: twelveHexDigits,
    orderClient: emptyClient,
    dollarSymbol: [documented('pending-po-upload', '2022-03-10')],
    pricesOnPurchase: [guessed('create-an-order', '2022-12-09')],
    provisioningWords: [documented('get-order-provisioning-status', '2023-01-03')],
    purchaseOrders: [documented('pending-po-upload', '2022-03-10')],
  },
}

/** The editions, by name. */
export const editions: Readonly<Record<EditionName, Edition>> = {
  2019: {
    subscriptions: subscriptionEditions[2019],
    cancellation: { sandbox: sandbox2019, production: production2019 },
    cartMinutes: 15,
    secondCheckout: 'refused',
    newCommerceOrderId: 'modern',
    orderClient: 'filled',
    dollarSymbol: '$',
    pricesOnPurchase: false,
    provisioningWords: 'Fulfilled',
    purchases: purchaseRules[2019],
    purchaseOrders: 'stored',
    sources: {
      cancellation: [
        documented('cancel-an-order-from-the-integration-sandbox', '2019-08-16'),
        documented('cancel-software-purchases', '2019-12-19'),
      ],
      cartMinutes: [documented('create-a-cart', '2019-01-16')],
      secondCheckout: [guessed('checkout-a-cart', '2019-09-17')],
      newCommerceOrderId: [guessed('get-a-subscription-by-id', '2021-01-14')],
      orderClient: [documented('cancel-software-purchases', '2019-12-19')],
      dollarSymbol: [documented('cancel-software-purchases', '2019-12-19')],
      pricesOnPurchase: [guessed('create-an-order', '2021-08-17')],
      provisioningWords: [guessed('get-order-provisioning-status', '2023-01-03')],
      purchaseOrders: [guessed('pending-po-upload', '2022-03-10')],
    },
  },
  2021: {
    subscriptions: subscriptionEditions[2021],
    cancellation: { sandbox: sandbox2021, production: production2021 },
    cartMinutes: minutesOfWeek,
    secondCheckout: 'refused',
    newCommerceOrderId: 'hex',
    orderClient: 'empty',
    dollarSymbol: '$',
    pricesOnPurchase: false,
    provisioningWords: 'fulfilled',
    purchases: purchaseRules[2021],
    purchaseOrders: 'stored',
    sources: {
      cancellation: [
        documented('cancel-an-order-from-the-integration-sandbox', '2021-04-28'),
        documented('error-codes', '2020-11-13'),
        documented('manage-billing-frequency-software-subs', '2021-10-08'),
      ],
      cartMinutes: [documented('create-a-cart', '2021-02-24')],
      secondCheckout: [guessed('checkout-a-cart', '2019-09-17')],
      newCommerceOrderId: twelveHexDigits,
      orderClient: emptyClient,
      dollarSymbol: emptyClient,
      pricesOnPurchase: emptyClient,
      provisioningWords: [guessed('get-order-provisioning-status', '2023-01-03')],
      purchaseOrders: [guessed('pending-po-upload', '2022-03-10')],
    },
  },
  2022: edition2022,
  2023: {
    ...edition2022,
    subscriptions: subscriptionEditions[2023],
    dollarSymbol: 'US$',
    pricesOnPurchase: true,
    purchases: purchaseRules[2023],
    sources: {
      ...edition2022.sources,
      dollarSymbol: [documented('checkout-a-cart', '2023-04-18')],
      pricesOnPurchase: [documented('azure-purchase-savings-plan', '2023-05-18')],
    },
  },
}
