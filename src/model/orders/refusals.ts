import type { DocumentedError } from '../documented-error.ts'
import { errorList, guessedInErrorList } from '../sources.ts'

/** Refusals of reading, changing and cancelling orders. */
export const orderRefusals = {
  orderNotFound: {
    status: 404,
    code: 20000,
    description: 'Order Id not found',
    when: 'the order does not exist, or belongs to another customer',
    source: errorList,
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
  quantityNotChangeable: {
    status: 403,
    code: 800027,
    description: 'The catalog item is not eligible for add or remove quantity',
    when: 'the quantity of a line of a modern order is changed through the order',
    source: errorList,
  },
  provisioningNotFound: {
    status: 404,
    code: 800007,
    description: 'Unable to retrieve provisioning information',
    when: 'the order is a legacy order',
    source: errorList,
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
} as const satisfies Record<string, DocumentedError>
