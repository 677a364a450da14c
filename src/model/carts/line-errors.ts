import { type EditionName, isSince } from '../editions.ts'
import type { RefusalName } from '../refusals.ts'
import { client, documented, type Source } from '../sources.ts'

/** An error of a cart line. https://learn.microsoft.com/partner-center/developer/cart-resources */
export interface CartErrorCode {
  /** The number of the enumeration. */
  code: number
  description: string
  /** The first edition that has it. */
  since: EditionName
  source: Source
}

const listed = { since: '2019', source: documented('cart-resources', '2023-08-23') } as const
const listedLater = { since: '2022', source: documented('cart-resources', '2023-08-23') } as const
/** The .NET SDK has the code without a text, so the text is a guess. */
const inSdk = {
  since: '2022',
  source: client('https://www.nuget.org/packages/Microsoft.Store.PartnerCenter', '2023-06-06'),
} as const

/** CartErrorCode, by the name on the wire: snake case, as the SDK writes the other enumerations of carts (a guess). */
export const cartErrorCodes = {
  unknown: { code: 0, description: 'Default value', ...listed },
  currency_is_not_supported: { code: 10000, description: 'Currency is not supported for given market', ...listed },
  catalog_item_id_is_not_valid: { code: 10001, description: 'Catalog item id is not valid', ...listed },
  quota_not_available: { code: 10002, description: 'Not enough quota available', ...listed },
  inventory_not_available: { code: 10003, description: 'Inventory is not available for selected offer', ...listed },
  participants_is_not_supported_for_partner: {
    code: 10004,
    description: 'Setting participants is not supported for Partner',
    ...listed,
  },
  unable_to_process_cart_line_item: { code: 10006, description: 'Unable to process cart line item.', ...listed },
  subscription_is_not_valid: { code: 10007, description: 'Subscription is not valid.', ...listed },
  subscription_is_not_enabled_for_ri: {
    code: 10008,
    description: 'Subscription is not enabled for RI purchase.',
    ...listed,
  },
  sandbox_limit_exceeded: { code: 10009, description: 'The sandbox limit has been exceeded.', ...listed },
  invalid_input: { code: 10010, description: 'Generic input is not valid.', ...listed },
  subscription_not_registered: { code: 10011, description: 'Subscription is not valid.', ...listed },
  attestation_not_accepted: { code: 10012, description: 'Attestation has not been accepted.', ...listed },
  billing_plan_not_supported: { code: 10013, description: 'Billing plan is not supported.', ...inSdk },
  invalid_promotion_id: { code: 10014, description: 'Promotion id is not valid.', ...inSdk },
  max_allowed_seats_per_subscription_exceeded: {
    code: 10015,
    description: 'Requested number of seats exceeds the limit.',
    ...listedLater,
  },
  invalid_custom_term_end_date_product: {
    code: 10016,
    description: 'Custom term end date is not supported for the product.',
    ...inSdk,
  },
  invalid_custom_term_end_date: { code: 10017, description: 'Custom term end date is not valid.', ...inSdk },
  base_offer_seat_quantity_not_met: { code: 10018, description: 'Base offer seat quantity is not met.', ...inSdk },
  minimum_add_on_seats_not_met: { code: 10019, description: 'Minimum add-on seats are not met.', ...inSdk },
  legacy_offer_not_eligible_for_purchase: {
    code: 500600,
    description: 'Legacy offer is not eligible for purchase.',
    ...inSdk,
  },
} as const satisfies Record<string, CartErrorCode>

export type CartErrorName = keyof typeof cartErrorCodes

/**
 * The error of a cart line, for each refusal of an order line. Refusals without a row appear at the checkout. The codes
 * have no printed example, so every row is a guess on https://learn.microsoft.com/partner-center/developer/cart-resources.
 */
export const errorsOfRefusals: Partial<Readonly<Record<RefusalName, CartErrorName>>> = {
  invalidOfferId: 'catalog_item_id_is_not_valid',
  currencyNotSupported: 'currency_is_not_supported',
  inventoryNotAvailable: 'inventory_not_available',
  notEligibleForPurchase: 'unable_to_process_cart_line_item',
  quantityNotAvailable: 'quota_not_available',
  quantityOfLineNotAllowed: 'quota_not_available',
  quantityOutOfRange: 'quota_not_available',
  seatLimit: 'max_allowed_seats_per_subscription_exceeded',
  termDurationInvalid: 'invalid_input',
  billingCycleInvalid: 'billing_plan_not_supported',
  billingCycleLongerThanTerm: 'billing_plan_not_supported',
  invalidInput: 'invalid_input',
  invalidPromotion: 'invalid_promotion_id',
  attestationMissing: 'attestation_not_accepted',
  customTermEndInvalid: 'invalid_custom_term_end_date',
  notAzureSubscription: 'subscription_is_not_valid',
  azureSubscriptionNotActive: 'subscription_is_not_valid',
  subscriptionNotValid: 'subscription_is_not_valid',
  notEnabledForReservations: 'subscription_is_not_enabled_for_ri',
  azureSubscriptionNotRegistered: 'subscription_not_registered',
  addOnNotRelated: 'subscription_is_not_valid',
  parentNotActive: 'subscription_is_not_valid',
  scopeNotSupported: 'invalid_input',
  entitlementIdMissing: 'invalid_input',
  azurePlanIdMissing: 'invalid_input',
  entitlementNotActive: 'subscription_is_not_valid',
  azurePlanOfSavingsPlanNotFound: 'subscription_is_not_valid',
}

/** The error as an edition has it. Codes of later editions are the generic one before, that of seats the one of sandboxes. */
export function errorIn(name: CartErrorName, edition: EditionName): CartErrorName {
  if (isSince(edition, cartErrorCodes[name].since)) return name
  return name === 'max_allowed_seats_per_subscription_exceeded' ? 'sandbox_limit_exceeded' : 'invalid_input'
}
