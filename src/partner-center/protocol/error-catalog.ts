import type { RefusalName } from '../../model/orders/refusal.ts'

/** An error the API documents. `{0}`, `{1}` in the description are filled with values. `when` is for readers. */
export interface DocumentedError {
  status: number
  code: number | string
  /** PartnerFD, the front door, where it is absent. */
  source?: string
  description: string
  when: string
}

/**
 * Every error that the API answers, except the gateway's.
 * Codes and texts: https://learn.microsoft.com/partner-center/developer/error-codes.
 * That of code 0 was seen in an answer of the service, as were the deletion text and the string code 900420; 413 is the
 * emulator's own limit.
 */
export const documentedErrors = {
  unauthenticated: {
    status: 401,
    code: 800001,
    description: 'Partner Token missing in request context',
    when: 'there is no bearer token although one is required, or the Authorization header is malformed',
  },
  invalidCustomerId: {
    status: 400,
    code: 900118,
    description: 'Invalid Customer Id',
    when: 'the customer id in the path is no GUID',
  },
  noRelationship: {
    status: 403,
    code: 20002,
    description: 'The partner id {0} has no commerce relationship with the customer id {1}.',
    when: 'the partner has no such customer',
  },
  orderNotFound: {
    status: 404,
    code: 20000,
    description: 'Order Id not found',
    when: 'there is no such order, or it is of another customer',
  },
  invalidInput: {
    status: 400,
    code: 800002,
    description: 'Invalid request input',
    when: "the body is empty, no JSON or not of the documented form, its id is another order's, or a query value is invalid",
  },
  bodyTooLarge: {
    status: 413,
    code: 800002,
    description: 'Invalid request input',
    when: 'the body is larger than 1 MiB',
  },
  invalidOrderStatus: {
    status: 400,
    code: 0,
    description: "The provided value '{0}' is not a valid OrderStatus.",
    when: 'the status in the body is none of the documented ones (mind the two l in cancelled)',
  },
  notSupported: {
    status: 400,
    code: 900141,
    description: 'This operation is not supported',
    when: 'the billing cycle of a modern order is changed',
  },
  lineItemNumberOutOfRange: {
    status: 400,
    code: 800071,
    description: 'Line Item number should be from 0 to number of line items count',
    when: 'the body names a line that the order does not have',
  },
  offerIdOfLineDiffers: {
    status: 400,
    code: 800002,
    description: 'Invalid request input',
    when: 'the body names a line with the offer id of another',
  },
  useSubscriptionToSuspend: {
    status: 400,
    code: 800063,
    description:
      'This order {0} cannot be cancelled. Use PATCH /customers/{1}/subscriptions/<subscriptionId> to suspend subscriptions',
    when: 'the order is of the legacy system: licenses, add-ons, Azure subscriptions with a GUID as order id',
  },
  orderCannotBeCancelled: {
    status: 400,
    code: 800061,
    description: 'Order cannot be cancelled',
    when: 'the order or all the lines named are cancelled already, or the product is an Azure plan or a new-commerce license',
  },
  adjustmentPending: {
    status: 409,
    code: 800014,
    description: 'There is a pending adjustment requested for this order',
    when: 'an earlier change of the order is still running',
  },
  seatBasedSaasNotSupported: {
    status: 403,
    code: 800077,
    description: 'Cancelling of seat-based SaaS is not supported via patch order. Use patch subscription instead.',
    when: 'the product is seat-based SaaS (rules of 2021) or any marketplace SaaS (rules of 2022)',
  },
  onlySoftwareInProduction: {
    status: 403,
    code: 800019,
    description:
      'Non-Sandbox tenants are not allowed to cancel purchases other than software subscriptions and perpetual software',
    when: 'the account is a production account and the product is not software',
  },
  cancellationWindowPassed: {
    status: 400,
    code: 900117,
    description: 'You have passed your {0}-day cancellation window. We are unable to cancel your purchase',
    when: 'the order is older than the rules allow',
  },
  argumentCheck: {
    status: 400,
    code: 2000,
    source: 'PartnerApiServiceControllers',
    description: 'ParentSubscriptionId is not supported for this request.',
    when: 'a line of a new order, or of a change of a modern one, has a parentSubscriptionId',
  },
  unparsableEnum: {
    status: 400,
    code: 900126,
    description: 'Unable to parse enum: {0} For more information, please visit {1}',
    when: 'a billingType or billingCycle is none of the documented ones',
  },
  staleEtag: {
    status: 400,
    code: 2055,
    description: 'Etag is no longer valid',
    when: 'If-Match is not the etag of the legacy order or subscription',
  },
  catalogItemMissing: {
    status: 400,
    code: 900142,
    description: 'The catalog item id is not present',
    when: 'a line of a new order has no offerId',
  },
  invalidOfferId: {
    status: 400,
    code: 800004,
    description: 'Invalid offer Id',
    when: 'the catalog does not have the offerId of a line',
  },
  inventoryNotAvailable: {
    status: 400,
    code: 800010,
    description: 'Inventory is not available for this catalog item',
    when: 'the item has inventory none in the catalog: `DZH318Z0BQ3Q:0001:DZH318XZXPHL`',
  },
  notEligibleForPurchase: {
    status: 403,
    code: 800020,
    description: 'The catalog item is not eligible for purchase.',
    when: 'the item has inventory withdrawn in the catalog: `CFQ7TTC0HD33:0003:CFQ7TTC0K59M`',
  },
  quantityNotAvailable: {
    status: 400,
    code: 800017,
    description: 'The quantity is not available for this catalog item',
    when: 'the quantity of a modern item is below 1 or above its maximum',
  },
  quantityOutOfRange: {
    status: 400,
    code: 2002,
    description: 'Subscription quantity is not within minimum and maximum allowed quantity',
    when: 'the quantity of a legacy item is outside its minimum and maximum, when bought or changed',
  },
  quantityNotChangeable: {
    status: 403,
    code: 800027,
    description: 'The catalog item is not eligible for add or remove quantity',
    when: 'the quantity of a line of a modern order is changed through the order',
  },
  seatLimit: {
    status: 403,
    code: 800067,
    description: 'The desired seat count exceeded the maximum seat count allowed per subscription',
    when: 'a subscription in a sandbox account would have more than 25 licenses',
  },
  sandboxLimit: {
    status: 400,
    code: 800018,
    description: 'The sandbox limit has been met',
    when: 'a customer of a sandbox account would have more than 5 subscriptions or 2 reservations',
  },
  sandboxAzurePlanLimit: {
    status: 400,
    code: 900116,
    description:
      'Unable to create order. There is a limit to how many Azure plans can be created under sandbox accounts',
    when: 'a customer of a sandbox account would have more than 1 Azure plan',
  },
  azureSubscriptionLimit: {
    status: 403,
    code: 800068,
    description:
      'The desired number of subscriptions exceeded the maximum number of Azure subscriptions allowed per partner',
    when: 'a customer of a sandbox account would have more than 10 legacy Azure subscriptions',
  },
  addOnNotRelated: {
    status: 400,
    code: 800029,
    description: 'The add-on is not related to the specified parent subscription',
    when: 'the parentSubscriptionId is of no line of the order, or the offer is no add-on',
  },
  parentNotActive: {
    status: 409,
    code: 27009,
    description: 'Cannot enable a child subscription, when the parent subscription is not Active',
    when: 'an add-on is bought for a suspended subscription',
  },
  billingCycleOfAddOnDiffers: {
    status: 400,
    code: 800085,
    description: "Subscription's billing cycle does not match with the original order billing cycle",
    when: "an add-on is bought with another billing cycle than its order's",
  },
  billingCycleOfInactiveSubscription: {
    status: 400,
    code: 6000,
    description:
      'The billing cycle could not be changed because the order contains one or more subscriptions that are not active',
    when: 'the billing cycle is changed while a subscription of the order is suspended',
  },
  billingTermNotSupported: {
    status: 400,
    code: 6001,
    description:
      "The billing cycle could not be changed because one of the order's Offer Ids does not support the billing term",
    when: 'the billing cycle is changed to one that an offer of the order does not have',
  },
  billingCycleWhilePending: {
    status: 400,
    code: 800072,
    description: "Cannot change billing cycle if subscription's SyncState is not Completed",
    when: 'the billing cycle of a pending legacy order is changed',
  },
  billingCycleOfSubscription: {
    status: 400,
    code: 2054,
    description:
      'The billing cycle for an existing subscription cannot be updated using update-subscription operation. Please use update-Order operation',
    when: 'a PATCH of a subscription has another billingCycle',
  },
  subscriptionSuspended: {
    status: 400,
    code: 2001,
    description: 'Subscription quantity cannot be increased or decreased while subscription is being suspended',
    when: 'the quantity of a suspended subscription is changed',
  },
  subscriptionDeleted: {
    status: 400,
    code: 2011,
    description: 'Subscription with id {0} and deleted status cannot be updated.',
    when: 'a deleted subscription is changed',
  },
  statusNotChangeable: {
    status: 400,
    code: 800040,
    description: 'Asset status cannot be changed to {0} from {1}',
    when: 'a PATCH of a subscription asks for a status its product cannot have: legacy ones and Azure plans can only be suspended, marketplace and software ones only be deleted',
  },
  alreadyActivated: {
    status: 400,
    code: 800041,
    description: 'This item has already been activated',
    when: 'a subscription that is not pending is activated',
  },
  notInThisEnvironment: {
    status: 400,
    code: 900127,
    description: 'This operation is not supported in this environment',
    when: 'a subscription of a production account is activated',
  },
  subscriptionNotFound: {
    status: 404,
    code: 20003,
    description: 'Subscription with id {0} not found.',
    when: 'there is no such subscription, or it is of another customer',
  },
  provisioningNotFound: {
    status: 404,
    code: 800007,
    description: 'Unable to retrieve provisioning information',
    when: 'the order is of the legacy system',
  },
  cartItems: {
    status: 400,
    code: 800009,
    description: 'Error in Cart item(s)',
    when: 'an item of a cart is not in the catalog, or has no valid quantity',
  },
  cartNotFound: {
    status: 404,
    code: 800008,
    description: 'Unable to retrieve cart Id',
    when: 'there is no such cart, or it has expired: after 15 minutes, under the rules of 2022 after 7 days',
  },
  cartSubmitted: {
    status: 400,
    code: 800065,
    description: 'Cannot check out an already submitted cart {0}.',
    when: 'a cart is checked out or changed after its checkout',
  },
  customerHasOrders: {
    status: 400,
    code: 2000,
    description:
      'Customer relationship cannot be removed due to active Azure reserved instances.Please cancel the following orders: {0}',
    when: 'a customer with open reservations or software orders is deleted',
  },
  attachmentNotFound: {
    status: 404,
    code: 1000,
    description: 'Not found',
    when: 'the order has no such attachment',
  },
  productNotFound: {
    status: 404,
    code: 400013,
    description: 'Product was not found.',
    when: 'the catalog has no such product',
  },
  skuNotFound: {
    status: 404,
    code: 400018,
    description: 'Sku was not found.',
    when: 'the product has no such SKU',
  },
  availabilityNotFound: {
    status: 404,
    code: 400019,
    description: 'Availability not found.',
    when: 'the SKU has no such availability',
  },
  offerNotFound: {
    status: 400,
    code: 2100,
    description: 'The Offers API does not support item with id {0}. Please try using the Products and/or SKUs APIs',
    when: 'the id is not of a legacy offer',
  },
  invalidAudience: {
    status: 401,
    code: '900420',
    description: "The audience '{0}' in the token is invalid and is no longer supported in Partner Center API.",
    when: 'with auth=strict, the token was issued for another resource',
  },
  roleNotAllowed: {
    status: 403,
    code: 900150,
    description: 'The supplied role does not have the rights to perform the requested operation',
    when: 'with auth=strict, an app-only token is used for the provisioning status',
  },
  unexpected: {
    status: 500,
    code: 800003,
    description: 'Unexpected service error',
    when: 'the emulator has failed; its log has the cause',
  },
} as const satisfies Record<RefusalName, DocumentedError> & Record<string, DocumentedError>

export type ErrorName = keyof typeof documentedErrors
