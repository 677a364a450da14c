/** A test: a file in test/, and a part of its name. */
export type TestName = readonly [file: string, name: string]

const attachments: TestName = ['contract/attachments.test.ts', 'an uploaded file is listed and can be downloaded']
const links: TestName = ['contract/links.test.ts', 'every link in a fresh account resolves']
const carts: TestName = ['contract/carts.test.ts', 'the checkout of the documented cart']
const members: TestName = ['contract/catalog.test.ts', 'have the printed members in the printed order']
const catalogLists: TestName = ['contract/catalog.test.ts', 'lists of the catalog show the items of the query']
const customers: TestName = ['contract/customers.test.ts', 'a customer of the fixtures has the same derived members']
const subscriptions: TestName = ['contract/subscriptions.test.ts', 'a subscription has the documented members']
const orderChanges: TestName = ['contract/order-changes.test.ts', 'a legacy subscription can be suspended']
const errors: TestName = ['contract/errors.test.ts', 'every documented error has a request that triggers it']
const cleanUp: TestName = ['contract/entitlements.test.ts', 'the documented clean-up deletes a customer']

/** A contract test of each operation. test/model/documentation.test.ts checks that the tests exist. */
export const testOfOperation: Readonly<Record<string, TestName>> = {
  listOrders: ['contract/lists.test.ts', 'orders are listed newest first'],
  createOrder: ['contract/purchases.test.ts', 'the documented purchase of a reservation'],
  getOrder: ['contract/request-forms.test.ts', 'every spelling of its path finds an order'],
  patchOrder: ['contract/documented-exchanges.test.ts', 'the documented cancellation of an order'],
  getProvisioningStatus: links,
  getActivationLinks: links,
  getActivationLinksOfLine: links,
  followActivationLink: links,
  listAttachments: attachments,
  uploadAttachment: attachments,
  downloadAttachment: attachments,
  listSubscriptions: links,
  getSubscription: links,
  patchSubscription: orderChanges,
  listSubscriptionAddOns: subscriptions,
  activateSubscription: ['contract/purchases.test.ts', 'a SaaS order is pending until its subscription is activated'],
  getSubscriptionProvisioningStatus: links,
  getSubscriptionProvisioningStatusById: errors,
  registerSubscription: ['contract/carts.test.ts', 'a reservation is bought after the registration'],
  getRegistrationStatus: ['contract/carts.test.ts', 'a reservation is bought after the registration'],
  createCart: carts,
  getCart: carts,
  updateCart: ['contract/carts.test.ts', 'PUT replaces a cart'],
  checkoutCart: carts,
  listCustomers: ['contract/customers.test.ts', 'the list has the customers that its query asks for'],
  createCustomer: ['contract/customers.test.ts', 'state, upload and snapshot carry a created customer whole'],
  getCustomer: customers,
  patchCustomer: ['contract/customers.test.ts', 'a relationship ends when no order is open'],
  deleteCustomer: cleanUp,
  getCompanyProfile: customers,
  getBillingProfile: customers,
  listEntitlements: ['contract/entitlements.test.ts', 'software entitlements have the documented members'],
  getReservations: ['contract/entitlements.test.ts', 'the artifact of a reservation leads to its reservations'],
  listProducts: catalogLists,
  getProduct: members,
  listSkus: catalogLists,
  getSku: members,
  listAvailabilities: catalogLists,
  getAvailability: members,
  listProductsOfCustomer: catalogLists,
  getProductOfCustomer: catalogLists,
  listSkusOfCustomer: catalogLists,
  getSkuOfCustomer: members,
  listAvailabilitiesOfCustomer: catalogLists,
  getAvailabilityOfCustomer: ['contract/catalog.test.ts', 'the availability of a savings plan is as printed'],
  listOffers: catalogLists,
  getOffer: ['contract/catalog.test.ts', 'an add-on offer is as printed'],
  listAddOns: catalogLists,
  checkInventory: ['contract/catalog.test.ts', 'the check of inventory replies with a bare list'],
}

const ownedSubscriptions: TestName = [
  'model/orders/place.test.ts',
  'a purchase depends on the subscriptions of the customer, as the edition rules',
]

/** A test of a table or member of the editions. A member without one is tested as part of documented exchanges. */
export const testOfMember: Readonly<Record<string, TestName>> = {
  cancellation: ['contract/decision-table.test.ts', 'edition cancels and refuses as documented'],
  cartMinutes: ['contract/carts.test.ts', 'in the 2022 edition a cart expires after a week'],
  secondCheckout: ['contract/carts.test.ts', 'a second checkout is refused'],
  newCommerceOrderId: ['contract/purchases.test.ts', 'a new-commerce order has a short id in the 2022 edition'],
  'purchases.cartExpiresFrom': ['contract/carts.test.ts', 'a PUT prolongs the life of a cart in 2019 only'],
  'purchases.reservationSubscription': ['contract/carts.test.ts', 'a reservation is bought after the registration'],
  'purchases.additionalInformation': ['contract/carts.test.ts', 'a second checkout is refused'],
  'purchases.meteredSaasNeedsAzurePlan': ownedSubscriptions,
  'purchases.partnerAttestation': ownedSubscriptions,
  'purchases.customTermEndsChecked': ownedSubscriptions,
  'purchases.promotionsApply': ['model/carts/cart.test.ts', 'a promotion applies by itself since 2022'],
  'purchases.quantityOfLineRefused': ['contract/errors.test.ts', 'every documented error has a request'],
  'purchases.licenseOpensAtOnce': ['model/orders/place.test.ts', 'a license has its subscription with the purchase'],
  orderClient: ['model/orders/place.test.ts', 'the symbol of the currency and the client follow the edition'],
  dollarSymbol: ['model/orders/place.test.ts', 'the symbol of the currency and the client follow the edition'],
  pricesOnPurchase: ['contract/purchases.test.ts', 'the documented purchases of a savings plan get the documented'],
  subscriptions: ['contract/subscriptions.test.ts', 'a change of a subscription has the outcome of its product'],
}
