import type { DocumentedError } from '../documented-error.ts'
import { documented, errorList, guessed, guessedInErrorList, observed } from '../sources.ts'

/** Refusals of a purchase, as an order or by a cart. */
export const purchaseRefusals = {
  argumentCheck: {
    status: 400,
    code: 2000,
    component: 'PartnerApiServiceControllers',
    description: 'ParentSubscriptionId is not supported for this request.',
    when: 'a line of a new order, or of a change of a modern one, has a parentSubscriptionId',
    source: observed('https://github.com/microsoft/Partner-Center-PowerShell/issues/63', '2019-02-01'),
  },
  catalogItemMissing: {
    status: 400,
    code: 900142,
    description: 'The catalog item id is not present',
    when: 'a line of a new order lacks an offerId',
    source: errorList,
  },
  invalidOfferId: {
    status: 400,
    code: 800004,
    description: 'Invalid offer Id',
    when: 'the catalog does not have the offerId of a line',
    source: errorList,
  },
  termDurationInvalid: {
    status: 400,
    code: 800121,
    description: 'The term duration provided is invalid.',
    when: 'the termDuration of a line is not one of the catalog for the item, or that of renewsTo is not P1M, P1Y or P3Y',
    source: guessed('error-codes', '2023-06-15'),
  },
  billingCycleInvalid: {
    status: 400,
    code: 900269,
    description: 'The billing cycle is invalid.',
    when: 'the catalog does not have the billing cycle for the term of a line',
    source: guessed('error-codes', '2023-06-15'),
  },
  billingCycleLongerThanTerm: {
    status: 400,
    code: 900270,
    description: 'The billing cycle cannot be longer than the term.',
    when: 'the billing cycle is longer than the term of a line',
    source: guessed('error-codes', '2023-06-15'),
  },
  currencyNotSupported: {
    status: 400,
    code: 900169,
    description:
      'One or more of the order items do not support the given currency, {0}. Input currency should be either partner or customer (market) currency.',
    when: 'partners are not billed in the currencyCode of an order',
    source: documented('error-codes', '2023-06-15'),
  },
  invalidPromotion: {
    status: 400,
    code: 27007,
    description: 'Invalid promotion code',
    when: 'the promotionId of a line is not the promotion of the item',
    source: guessedInErrorList,
  },
  attestationMissing: {
    status: 400,
    code: 900203,
    description: 'CatalogItemId: {0} requires attestation acceptance.',
    when: 'a line lacks attestationAccepted and its item needs it: `CFQ7TTC0J203:0001:CFQ7TTC0KBX2`',
    source: documented('error-codes', '2021-10-20'),
  },
  partnerAttestationMissing: {
    status: 400,
    code: 900206,
    description: 'Partner Attestation is missing',
    when: 'since the 2022 edition, a purchase has a partner on record and lacks partnerOnRecordAttestationAccepted',
    source: guessed('error-codes', '2023-06-15'),
  },
  customTermEndInvalid: {
    status: 400,
    code: 900242,
    description:
      'The custom term end date specified for line item {0} does not match with the end date of any active non-trial OnlineServicesNCE subscription or align with the end of the calendar month. Partners should select a new custom term end date.',
    when: 'since the 2022 edition, the customTermEndDate of a line is not within the first term, or not the end of another new-commerce license or of a month',
    source: documented('error-codes', '2023-06-15'),
  },
  inventoryNotAvailable: {
    status: 400,
    code: 800010,
    description: 'Inventory is not available for this catalog item',
    when: 'the item has inventory none in the catalog: `DZH318Z0BQ3Q:0001:DZH318XZXPHL`',
    source: errorList,
  },
  notEligibleForPurchase: {
    status: 403,
    code: 800020,
    description: 'The catalog item is not eligible for purchase.',
    when: 'the item has inventory withdrawn in the catalog: `CFQ7TTC0HD33:0003:CFQ7TTC0K59M`',
    source: errorList,
  },
  quantityNotAvailable: {
    status: 400,
    code: 800017,
    description: 'The quantity is not available for this catalog item',
    when: 'the quantity of a modern item is below 1 or above its maximum, when bought before the 2023 edition, or changed',
    source: guessedInErrorList,
  },
  quantityOfLineNotAllowed: {
    status: 400,
    code: 900275,
    description: 'The requested quantity for line item {0} is not within the allowed quantity for this offer.',
    when: 'since the 2023 edition, the quantity of a modern item is below 1 or above its maximum, when bought',
    source: documented('error-codes', '2023-06-15'),
  },
  quantityOutOfRange: {
    status: 400,
    code: 2002,
    description: 'Subscription quantity is not within minimum and maximum allowed quantity',
    when: 'the quantity of a legacy item is outside its minimum and maximum, when bought or changed',
    source: errorList,
  },
  seatLimit: {
    status: 403,
    code: 800067,
    description: 'The desired seat count exceeded the maximum seat count allowed per subscription',
    when: 'a subscription in a sandbox account would have more than 25 licenses',
    source: guessed('test-and-debug', '2019-03-18'),
  },
  sandboxLimit: {
    status: 400,
    code: 800018,
    description: 'The sandbox limit has been met',
    when: 'a customer of a sandbox account would own more than 5 subscriptions or 2 reservations',
    source: guessed('test-and-debug', '2019-03-18'),
  },
  sandboxAzurePlanLimit: {
    status: 400,
    code: 900116,
    description:
      'Unable to create order. There is a limit to how many Azure plans can be created under sandbox accounts',
    when: 'a customer of a sandbox account would own more than 1 Azure plan',
    source: guessed('test-and-debug', '2019-03-18'),
  },
  azureSubscriptionLimit: {
    status: 403,
    code: 800068,
    description:
      'The desired number of subscriptions exceeded the maximum number of Azure subscriptions allowed per partner',
    when: 'a customer of a sandbox account would own more than 10 legacy Azure subscriptions',
    source: guessed('test-and-debug', '2019-03-18'),
  },
} as const satisfies Record<string, DocumentedError>
