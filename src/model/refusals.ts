import { documented, guessed, observed, type Source } from './sources.ts'

/** An error that the API documents. */
export interface DocumentedError {
  /** HTTP status. */
  status: number
  /** A number on the wire, except 900420. */
  code: number | string
  /** The part of the service that replies, the `source` of the body. PartnerFD, the front door, by default. */
  component?: string
  /** The text of the body. `{0}`, `{1}` are placeholders for values. */
  description: string
  /** When the emulator replies with it, for readers. */
  when: string
  source: Source
}

const errorList = documented('error-codes', '2020-11-13')
/** The page lists code and text; when the service uses it is a guess. */
const guessedInErrorList = guessed('error-codes', '2020-11-13')

/**
 * Every refusal: a documented error that follows from the state of an account. The checks of requests themselves are in
 * partner-center/protocol/error-catalog.ts.
 */
export const refusals = {
  noRelationship: {
    status: 403,
    code: 20002,
    description: 'The partner id {0} has no commerce relationship with the customer id {1}.',
    when: "the customer is not one of the partner's",
    source: errorList,
  },
  orderNotFound: {
    status: 404,
    code: 20000,
    description: 'Order Id not found',
    when: 'the order does not exist, or belongs to another customer',
    source: errorList,
  },
  invalidInput: {
    status: 400,
    code: 800002,
    description: 'Invalid request input',
    when: 'the body is empty, is not JSON or does not have the documented form, its id names another order, or a query value is invalid',
    source: guessedInErrorList,
  },
  notSupported: {
    status: 400,
    code: 900141,
    description: 'This operation is not supported',
    when: 'the billing cycle of a modern order is changed',
    source: guessedInErrorList,
  },
  lineItemNumberOutOfRange: {
    status: 400,
    code: 800071,
    description: 'Line Item number should be from 0 to number of line items count',
    when: 'the body names a line number that the order does not have',
    source: errorList,
  },
  offerIdOfLineDiffers: {
    status: 400,
    code: 800002,
    description: 'Invalid request input',
    when: 'the body names a line with the offer id of another line',
    source: guessedInErrorList,
  },
  useSubscriptionToSuspend: {
    status: 400,
    code: 800063,
    description:
      'This order {0} cannot be cancelled. Use PATCH /customers/{1}/subscriptions/<subscriptionId> to suspend subscriptions',
    when: 'the order is a legacy order: licenses, add-ons and Azure subscriptions whose order id is a GUID',
    source: errorList,
  },
  orderCannotBeCancelled: {
    status: 400,
    code: 800061,
    description: 'Order cannot be cancelled',
    when: 'the order or every named line is already cancelled, or the product is an Azure plan or a new-commerce license',
    source: guessedInErrorList,
  },
  adjustmentPending: {
    status: 409,
    code: 800014,
    description: 'There is a pending adjustment requested for this order',
    when: 'an earlier change of the order is still running',
    source: guessedInErrorList,
  },
  seatBasedSaasNotSupported: {
    status: 403,
    code: 800077,
    description: 'Cancelling of seat-based SaaS is not supported via patch order. Use patch subscription instead.',
    when: 'the product is seat-based SaaS (2021 edition) or any marketplace SaaS (2022 edition)',
    source: errorList,
  },
  onlySoftwareInProduction: {
    status: 403,
    code: 800019,
    description:
      'Non-Sandbox tenants are not allowed to cancel purchases other than software subscriptions and perpetual software',
    when: 'the account is a production account and the product is not software',
    source: errorList,
  },
  cancellationWindowPassed: {
    status: 400,
    code: 900117,
    description: 'You have passed your {0}-day cancellation window. We are unable to cancel your purchase',
    when: 'the order is older than the window of its edition',
    source: guessedInErrorList,
  },
  argumentCheck: {
    status: 400,
    code: 2000,
    component: 'PartnerApiServiceControllers',
    description: 'ParentSubscriptionId is not supported for this request.',
    when: 'a line of a new order, or of a change of a modern one, has a parentSubscriptionId',
    source: observed('https://github.com/microsoft/Partner-Center-PowerShell/issues/63', '2019-02-01'),
  },
  staleEtag: {
    status: 400,
    code: 2055,
    description: 'Etag is no longer valid',
    when: 'If-Match is not the etag of the legacy order or subscription',
    source: errorList,
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
    when: 'the quantity of a modern item is below 1 or above its maximum',
    source: guessedInErrorList,
  },
  quantityOutOfRange: {
    status: 400,
    code: 2002,
    description: 'Subscription quantity is not within minimum and maximum allowed quantity',
    when: 'the quantity of a legacy item is outside its minimum and maximum, when bought or changed',
    source: errorList,
  },
  quantityNotChangeable: {
    status: 403,
    code: 800027,
    description: 'The catalog item is not eligible for add or remove quantity',
    when: 'the quantity of a line of a modern order is changed through the order',
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
  addOnNotRelated: {
    status: 400,
    code: 800029,
    description: 'The add-on is not related to the specified parent subscription',
    when: 'the parentSubscriptionId does not match a line of the order, or the offer is not an add-on',
    source: errorList,
  },
  parentNotActive: {
    status: 409,
    code: 27009,
    description: 'Cannot enable a child subscription, when the parent subscription is not Active',
    when: 'an add-on is bought for a suspended subscription',
    source: errorList,
  },
  billingCycleOfAddOnDiffers: {
    status: 400,
    code: 800085,
    description: "Subscription's billing cycle does not match with the original order billing cycle",
    when: "an add-on is bought with another billing cycle than its order's",
    source: guessedInErrorList,
  },
  billingCycleOfInactiveSubscription: {
    status: 400,
    code: 6000,
    description:
      'The billing cycle could not be changed because the order contains one or more subscriptions that are not active',
    when: 'the billing cycle is changed while a subscription of the order is suspended',
    source: errorList,
  },
  billingTermNotSupported: {
    status: 400,
    code: 6001,
    description:
      "The billing cycle could not be changed because one of the order's Offer Ids does not support the billing term",
    when: 'the billing cycle is changed to one that an offer of the order does not support',
    source: errorList,
  },
  billingCycleWhilePending: {
    status: 400,
    code: 800072,
    description: "Cannot change billing cycle if subscription's SyncState is not Completed",
    when: 'the billing cycle of a pending legacy order is changed',
    source: errorList,
  },
  billingCycleOfSubscription: {
    status: 400,
    code: 2054,
    description:
      'The billing cycle for an existing subscription cannot be updated using update-subscription operation. Please use update-Order operation',
    when: 'a PATCH of a subscription has a billingCycle that differs',
    source: errorList,
  },
  subscriptionSuspended: {
    status: 400,
    code: 2001,
    description: 'Subscription quantity cannot be increased or decreased while subscription is being suspended',
    when: 'the quantity of a suspended subscription is changed',
    source: errorList,
  },
  subscriptionDeleted: {
    status: 400,
    code: 2011,
    description: 'Subscription with id {0} and deleted status cannot be updated.',
    when: 'a deleted subscription is changed',
    source: errorList,
  },
  statusNotChangeable: {
    status: 400,
    code: 800040,
    description: 'Asset status cannot be changed to {0} from {1}',
    when: 'a PATCH of a subscription asks for a status that its product cannot have: legacy subscriptions and Azure plans can only be suspended, marketplace and software subscriptions only deleted',
    source: guessedInErrorList,
  },
  alreadyActivated: {
    status: 400,
    code: 800041,
    description: 'This item has already been activated',
    when: 'a subscription that is not pending is activated',
    source: errorList,
  },
  notInThisEnvironment: {
    status: 400,
    code: 900127,
    description: 'This operation is not supported in this environment',
    when: 'a subscription of a production account is activated',
    source: guessedInErrorList,
  },
  subscriptionNotFound: {
    status: 404,
    code: 20003,
    description: 'Subscription with id {0} not found.',
    when: 'the subscription does not exist, or belongs to another customer',
    source: errorList,
  },
  provisioningNotFound: {
    status: 404,
    code: 800007,
    description: 'Unable to retrieve provisioning information',
    when: 'the order is a legacy order',
    source: errorList,
  },
  cartItems: {
    status: 400,
    code: 800009,
    description: 'Error in Cart item(s)',
    when: 'an item of a cart is not in the catalog, or its quantity is invalid',
    source: guessedInErrorList,
  },
  cartNotFound: {
    status: 404,
    code: 800008,
    description: 'Unable to retrieve cart Id',
    when: 'the cart does not exist, or has expired: after 15 minutes, in the 2022 edition after 7 days',
    source: errorList,
  },
  cartSubmitted: {
    status: 400,
    code: 800065,
    description: 'Cannot check out an already submitted cart {0}.',
    when: 'a cart is checked out or changed after its checkout',
    source: errorList,
  },
  customerHasOrders: {
    status: 400,
    code: 2000,
    description:
      'Customer relationship cannot be removed due to active Azure reserved instances.Please cancel the following orders: {0}',
    when: 'a customer with open reservations or software orders is deleted',
    source: observed('https://github.com/microsoft/Partner-Center-PowerShell/issues/215', '2019-11-29'),
  },
  attachmentNotFound: {
    status: 404,
    code: 1000,
    description: 'Not found',
    when: 'the attachment does not exist',
    source: guessedInErrorList,
  },
  attachmentLimit: {
    status: 400,
    code: 800002,
    description: 'Invalid request input',
    when: 'the account would hold more than 100 attachments, or more than 64 MiB of them',
    source: guessedInErrorList,
  },
  productNotFound: {
    status: 404,
    code: 400013,
    description: 'Product was not found.',
    when: 'the product is not in the catalog',
    source: errorList,
  },
  skuNotFound: {
    status: 404,
    code: 400018,
    description: 'Sku was not found.',
    when: 'the SKU is not one of the product',
    source: errorList,
  },
  availabilityNotFound: {
    status: 404,
    code: 400019,
    description: 'Availability not found.',
    when: 'the availability is not one of the SKU',
    source: errorList,
  },
  offerNotFound: {
    status: 400,
    code: 2100,
    description: 'The Offers API does not support item with id {0}. Please try using the Products and/or SKUs APIs',
    when: 'the id does not name a legacy offer',
    source: errorList,
  },
} as const satisfies Record<string, DocumentedError>

export type RefusalName = keyof typeof refusals

/** The refusal of a request, as a value and not as an exception. */
export interface Refusal {
  refused: RefusalName
  /** Values of the placeholders in the documented text. */
  values?: readonly (string | number)[]
  /** The exact mistake in the emulator's words, for the `data` of the body. */
  data?: string[]
}

export function refuse(refused: RefusalName, ...values: (string | number)[]): Refusal {
  return { refused, values }
}

export function isRefusal(result: object): result is Refusal {
  return 'refused' in result
}
