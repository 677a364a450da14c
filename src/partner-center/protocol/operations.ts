import type { ErrorName } from './error-catalog.ts'

/** An operation of the API, as openapi.yaml, the faults and the journal name it. */
export interface Operation {
  tag: 'Orders' | 'Subscriptions' | 'Carts' | 'Customers' | 'Catalog'
  summary: string
  /** Page of the documentation below https://learn.microsoft.com/partner-center/developer/. */
  page: string
  /** Every error that the operation can reply with. The tests check it against the replies that they observe. */
  errors: readonly ErrorName[]
}

const always = ['unauthenticated', 'invalidAudience', 'invalidInput', 'unexpected'] as const
const ofCustomer = [...always, 'invalidCustomerId', 'noRelationship'] as const
const ofOrder = [...ofCustomer, 'orderNotFound'] as const
const ofBody = ['bodyTooLarge'] as const
const ofPurchase = [
  'catalogItemMissing',
  'invalidOfferId',
  'argumentCheck',
  'inventoryNotAvailable',
  'notEligibleForPurchase',
  'quantityNotAvailable',
  'quantityOutOfRange',
  'seatLimit',
  'sandboxLimit',
  'sandboxAzurePlanLimit',
  'azureSubscriptionLimit',
] as const

/** Every operation of the API. */
export const operations = {
  listOrders: {
    tag: 'Orders',
    summary: "Get a customer's orders, newest first",
    page: 'get-all-of-a-customer-s-orders',
    errors: [...ofCustomer, 'unparsableEnum'],
  },
  createOrder: {
    tag: 'Orders',
    summary: 'Create an order',
    page: 'create-an-order',
    errors: [
      ...ofCustomer,
      ...ofBody,
      'invalidOrderStatus',
      'unparsableEnum',
      'lineItemNumberOutOfRange',
      ...ofPurchase,
    ],
  },
  getOrder: { tag: 'Orders', summary: 'Get an order by id', page: 'get-an-order-by-id', errors: ofOrder },
  patchOrder: {
    tag: 'Orders',
    summary: 'Cancel an order whole or by its lines, buy an add-on, change the billing cycle or a quantity',
    page: 'cancel-an-order-from-the-integration-sandbox',
    errors: [
      ...ofOrder,
      ...ofBody,
      'invalidOrderStatus',
      'unparsableEnum',
      'staleEtag',
      'lineItemNumberOutOfRange',
      'offerIdOfLineDiffers',
      'useSubscriptionToSuspend',
      'orderCannotBeCancelled',
      'adjustmentPending',
      'seatBasedSaasNotSupported',
      'onlySoftwareInProduction',
      'cancellationWindowPassed',
      'notSupported',
      'argumentCheck',
      'catalogItemMissing',
      'invalidOfferId',
      'addOnNotRelated',
      'parentNotActive',
      'billingCycleOfAddOnDiffers',
      'billingCycleOfInactiveSubscription',
      'billingTermNotSupported',
      'billingCycleWhilePending',
      'quantityOutOfRange',
      'quantityNotChangeable',
      'subscriptionSuspended',
      'seatLimit',
    ],
  },
  getProvisioningStatus: {
    tag: 'Orders',
    summary: 'Get the provisioning status of the lines of an order',
    page: 'get-order-provisioning-status',
    errors: [...ofOrder, 'provisioningNotFound', 'roleNotAllowed'],
  },
  getActivationLinks: {
    tag: 'Orders',
    summary: 'Get the activation links of an order',
    page: 'get-activation-link-by-order-line-item',
    errors: ofOrder,
  },
  getActivationLinksOfLine: {
    tag: 'Orders',
    summary: 'Get the activation links of a line',
    page: 'get-activation-link-by-order-line-item',
    errors: [...ofOrder, 'lineItemNumberOutOfRange'],
  },
  followActivationLink: {
    tag: 'Orders',
    summary: 'Follow an activation link, which is a dummy in a sandbox',
    page: 'test-and-debug',
    errors: [...ofOrder, 'lineItemNumberOutOfRange'],
  },
  listAttachments: {
    tag: 'Orders',
    summary: 'Get the attachments of an order',
    page: 'order-resources',
    errors: ofOrder,
  },
  uploadAttachment: {
    tag: 'Orders',
    summary: 'Upload a file to an order',
    page: 'order-resources',
    errors: [...ofOrder, ...ofBody, 'attachmentLimit'],
  },
  downloadAttachment: {
    tag: 'Orders',
    summary: 'Download a file of an order',
    page: 'order-resources',
    errors: [...ofOrder, 'attachmentNotFound'],
  },
  listSubscriptions: {
    tag: 'Subscriptions',
    summary: "Get a customer's subscriptions, of one order or of all",
    page: 'get-a-list-of-subscriptions-by-order',
    errors: ofOrder,
  },
  getSubscription: {
    tag: 'Subscriptions',
    summary: 'Get a subscription by id',
    page: 'get-a-subscription-by-id',
    errors: [...ofCustomer, 'subscriptionNotFound'],
  },
  patchSubscription: {
    tag: 'Subscriptions',
    summary: 'Suspend, delete, reactivate or resize a subscription',
    page: 'suspend-a-subscription',
    errors: [
      ...ofCustomer,
      ...ofBody,
      'subscriptionNotFound',
      'unparsableEnum',
      'staleEtag',
      'statusNotChangeable',
      'subscriptionDeleted',
      'subscriptionSuspended',
      'billingCycleOfSubscription',
      'quantityOutOfRange',
      'quantityNotAvailable',
      'seatLimit',
    ],
  },
  activateSubscription: {
    tag: 'Subscriptions',
    summary: 'Activate a marketplace subscription of a sandbox account',
    page: 'activate-sandbox-subscription-azure-marketplace-products',
    errors: [...ofCustomer, ...ofBody, 'subscriptionNotFound', 'alreadyActivated', 'notInThisEnvironment'],
  },
  getSubscriptionProvisioningStatus: {
    tag: 'Subscriptions',
    summary: 'Get the provisioning status of a subscription',
    page: 'get-subscription-provisioning-status',
    errors: [...ofCustomer, 'subscriptionNotFound'],
  },
  getSubscriptionProvisioningStatusById: {
    tag: 'Subscriptions',
    summary: 'Get the provisioning status of a subscription of any customer',
    page: 'get-subscription-provisioning-status',
    errors: [...always, 'subscriptionNotFound'],
  },
  createCart: {
    tag: 'Carts',
    summary: 'Create a cart',
    page: 'create-a-cart',
    errors: [...ofCustomer, ...ofBody, 'cartItems', 'unparsableEnum'],
  },
  getCart: { tag: 'Carts', summary: 'Get a cart', page: 'cart-resources', errors: [...ofCustomer, 'cartNotFound'] },
  updateCart: {
    tag: 'Carts',
    summary: 'Replace the items of a cart',
    page: 'update-a-cart',
    errors: [...ofCustomer, ...ofBody, 'cartNotFound', 'cartItems', 'cartSubmitted', 'unparsableEnum'],
  },
  checkoutCart: {
    tag: 'Carts',
    summary: 'Order the items of a cart: one order for each group, or its error',
    page: 'checkout-a-cart',
    errors: [...ofCustomer, ...ofBody, 'cartNotFound', 'cartSubmitted'],
  },
  listCustomers: {
    tag: 'Customers',
    summary: 'Get the customers, all, filtered or page by page',
    page: 'get-a-list-of-customers',
    errors: [...always, 'unparsableEnum'],
  },
  createCustomer: {
    tag: 'Customers',
    summary: 'Create a customer',
    page: 'create-a-customer',
    errors: [
      ...always,
      ...ofBody,
      'roleNotAllowed',
      'sandboxCustomerLimit',
      'domainTaken',
      'registrationNotSupported',
      'registrationMissing',
      'registrationInvalid',
      'phoneNumberMissing',
    ],
  },
  getCustomer: { tag: 'Customers', summary: 'Get a customer by id', page: 'get-a-customer-by-id', errors: ofCustomer },
  patchCustomer: {
    tag: 'Customers',
    summary: 'End the relationship with a customer, or give up delegated rights',
    page: 'remove-a-reseller-relationship-with-a-customer',
    errors: [...ofCustomer, ...ofBody, 'roleNotAllowed', 'customerHasOrders'],
  },
  deleteCustomer: {
    tag: 'Customers',
    summary: 'Delete a customer of a sandbox account',
    page: 'delete-a-customer-account-from-the-integration-sandbox',
    errors: [...ofCustomer, ...ofBody, 'customerHasOrders'],
  },
  getCompanyProfile: {
    tag: 'Customers',
    summary: "Get a customer's company profile",
    page: 'get-a-customer-s-company-profile',
    errors: ofCustomer,
  },
  getBillingProfile: {
    tag: 'Customers',
    summary: "Get a customer's billing profile",
    page: 'get-all-of-a-customer-s-billing-profiles',
    errors: ofCustomer,
  },
  listEntitlements: {
    tag: 'Customers',
    summary: "Get the rights that a customer's software and reservation orders give",
    page: 'get-a-collection-of-entitlements',
    errors: [...ofCustomer, 'unparsableEnum', 'roleNotAllowed'],
  },
  getReservations: {
    tag: 'Customers',
    summary: 'Get the reservations that an entitlement links to',
    page: 'get-a-collection-of-entitlements',
    errors: [...ofCustomer, 'artifactNotFound'],
  },
  getProduct: {
    tag: 'Catalog',
    summary: 'Get a product',
    page: 'get-a-product-by-id',
    errors: [...always, 'productNotFound'],
  },
  listSkus: {
    tag: 'Catalog',
    summary: 'Get the SKUs of a product',
    page: 'get-a-list-of-skus-for-a-product',
    errors: [...always, 'productNotFound'],
  },
  getSku: {
    tag: 'Catalog',
    summary: 'Get a SKU',
    page: 'get-a-sku-by-id',
    errors: [...always, 'productNotFound', 'skuNotFound'],
  },
  listAvailabilities: {
    tag: 'Catalog',
    summary: 'Get the availabilities of a SKU',
    page: 'get-a-list-of-availabilities-for-a-sku',
    errors: [...always, 'productNotFound', 'skuNotFound'],
  },
  getAvailability: {
    tag: 'Catalog',
    summary: 'Get an availability',
    page: 'get-an-availability-by-id',
    errors: [...always, 'productNotFound', 'skuNotFound', 'availabilityNotFound'],
  },
  getOffer: {
    tag: 'Catalog',
    summary: 'Get a legacy offer',
    page: 'get-an-offer-by-id',
    errors: [...always, 'offerNotFound'],
  },
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof operations
