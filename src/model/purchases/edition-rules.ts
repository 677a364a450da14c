import { documented, guessed, type Source } from '../sources.ts'

/** The rules of an edition for purchases and carts, besides their shapes. */
export interface PurchaseRules {
  /** Whether the result of a checkout has `additionalInformation`, an empty list. */
  additionalInformation: boolean
  /** The time from which the life of a cart counts: its creation, or its last change. */
  cartExpiresFrom: 'creation' | 'change'
  /**
   * The Azure subscription of a reservation: every purchase needs one that is active and registered, or only a known
   * subscription is checked. The documented requests of 2019 name subscriptions that the seeded customers lack.
   */
  reservationSubscription: 'if known' | 'always'
  /** Whether metered SaaS needs an active Azure plan of the customer. */
  meteredSaasNeedsAzurePlan: boolean
  /** Whether a purchase with a partner on record needs `partnerOnRecordAttestationAccepted`. */
  partnerAttestation: boolean
  /** Whether a `customTermEndDate` has to be the end of a subscription or of a month. */
  customTermEndsChecked: boolean
  /** Whether a quantity outside the limits of a modern item has the code of later lists, 900275. */
  quantityOfLineRefused: boolean
  /**
   * Whether the line of a new-commerce license names its subscription from the purchase on, while its order is pending. The
   * documented lines of licenses do, those of savings plans do not.
   */
  licenseOpensAtOnce: boolean
  /** Whether a cart applies the promotion of an item by itself. */
  promotionsApply: boolean
  /** Where the members above come from. */
  sources: Readonly<Record<Exclude<keyof PurchaseRules, 'sources'>, readonly Source[]>>
}

const reservations = [documented('purchase-azure-reservations', '2019-07-22')]
const meteredSaas = [documented('error-codes', '2020-11-13')]
const lifeOfCart = [guessed('update-a-cart', '2022-12-09')]

const rules2021: PurchaseRules = {
  additionalInformation: false,
  cartExpiresFrom: 'creation',
  reservationSubscription: 'always',
  meteredSaasNeedsAzurePlan: true,
  partnerAttestation: false,
  customTermEndsChecked: false,
  promotionsApply: false,
  quantityOfLineRefused: false,
  licenseOpensAtOnce: true,
  sources: {
    additionalInformation: [documented('update-a-cart', '2021-08-18')],
    cartExpiresFrom: lifeOfCart,
    reservationSubscription: reservations,
    meteredSaasNeedsAzurePlan: meteredSaas,
    partnerAttestation: [guessed('create-an-order', '2021-08-17')],
    customTermEndsChecked: [documented('create-a-cart', '2021-08-18')],
    promotionsApply: [documented('create-a-cart', '2021-08-18')],
    quantityOfLineRefused: [guessed('error-codes', '2021-10-20')],
    licenseOpensAtOnce: [documented('create-an-order', '2021-08-17'), documented('checkout-a-cart', '2023-04-18')],
  },
}

const rules2022: PurchaseRules = {
  ...rules2021,
  partnerAttestation: true,
  customTermEndsChecked: true,
  promotionsApply: true,
  sources: {
    ...rules2021.sources,
    partnerAttestation: [guessed('create-an-order', '2022-12-09')],
    customTermEndsChecked: [documented('error-codes', '2023-06-15')],
    promotionsApply: [documented('create-a-cart-with-add-ons', '2022-02-10')],
  },
}

/** The rules, by the name of the edition. */
export const purchaseRules = {
  2019: {
    ...rules2021,
    cartExpiresFrom: 'change',
    reservationSubscription: 'if known',
    meteredSaasNeedsAzurePlan: false,
    licenseOpensAtOnce: false,
    sources: {
      ...rules2021.sources,
      licenseOpensAtOnce: [guessed('create-an-order', '2021-08-17')],
      cartExpiresFrom: [guessed('update-a-cart', '2019-01-16')],
      reservationSubscription: [guessed('purchase-azure-reservations', '2019-07-22')],
      meteredSaasNeedsAzurePlan: [guessed('error-codes', '2020-11-13')],
    },
  },
  2021: rules2021,
  2022: rules2022,
  2023: {
    ...rules2022,
    additionalInformation: true,
    quantityOfLineRefused: true,
    sources: {
      ...rules2022.sources,
      additionalInformation: [documented('azure-purchase-savings-plan', '2023-05-18')],
      quantityOfLineRefused: [documented('error-codes', '2023-06-15')],
    },
  },
} as const satisfies Record<string, PurchaseRules>
