import type { OperationName } from '../../../src/partner-center/protocol/operations.ts'

/** A sentence or two about each operation of the API. */
export const apiDescriptions: Readonly<Record<OperationName, string>> = {
  listOrders: 'Every order of the customer, without paging. Filters combine.',
  createOrder:
    'Buys items of the catalog. A modern order is pending until it is fulfilled; a legacy one completes at once.',
  getOrder: 'Reads one order, by its id or its alternateId.',
  patchOrder:
    'With the status `cancelled`, cancels the order, or the lines in the body. Without it, changes the billing cycle or quantities, or buys add-ons. The edition and the product type decide which orders can be cancelled.',
  getProvisioningStatus: 'The provisioning status of every line. In the edition of 2019, legacy orders have none.',
  getActivationLinks: 'One link for each marketplace line. The list is empty for other products.',
  getActivationLinksOfLine: 'The link of one marketplace line. The list is empty for other products.',
  followActivationLink: 'Activation links of a sandbox are dummies; the reply says how to activate the subscription.',
  listAttachments: 'The files that were uploaded to the order.',
  uploadAttachment:
    'Stores a file with the order. From 2022, an upload has purchase orders and their metadata, its reply is a collection, and an order that waited for it is reviewed.',
  downloadAttachment: 'The content of one file, with the media type of its upload.',
  createCart:
    'Items are grouped by what can be ordered together. A cart expires: after 15 minutes, from 2021 after 7 days.',
  getCart: 'Reads a cart that has not expired.',
  updateCart: 'The new items replace all earlier ones.',
  checkoutCart: 'Each group becomes an order or an error. The cart cannot be changed afterwards.',
  registerSubscription:
    'Starts the registration of an Azure subscription or an Azure plan, which reservations need. It takes the fulfilment delay.',
  getRegistrationStatus: 'Whether the registration is complete.',
  listSubscriptions:
    'Every subscription of the customer, those of the order in `order_id`, or those with the PartnerID in `mpn_id`.',
  getSubscription: 'Reads one subscription.',
  patchSubscription:
    'Each member that differs from the subscription is a change. The edition, the product and the time since the purchase decide whether it is allowed.',
  listSubscriptionAddOns: 'The subscriptions whose `parentSubscriptionId` is this one.',
  activateSubscription: 'Makes a pending subscription active, as the customer would at the publisher.',
  getSubscriptionProvisioningStatus: 'Whether the subscription is provisioned, and its quantity.',
  getSubscriptionProvisioningStatusById: 'The same without the customer in the path, as orders of 2018 link to it.',
  listCustomers:
    'All customers, or with `size` a page: the link `next` leads to the next one, with the header MS-ContinuationToken. A filter compares the start of a field in any case.',
  createCustomer: 'Creates a tenant with an administrator, whose password only this reply has.',
  getCustomer: 'Reads one customer.',
  patchCustomer:
    'With the relationship `none`, removes the customer, as long as no order or subscription is active. With `allowDelegatedAccess` false, gives up delegated rights.',
  deleteCustomer:
    'Removes the customer with its orders. Open reservations, software orders and active subscriptions prevent it.',
  getCompanyProfile: 'The company of the customer.',
  getBillingProfile: 'The billing profile of the customer.',
  listEntitlements:
    'One item for each line of a completed software or reservation order that is not cancelled. Perpetual software has no expiry date.',
  getReservations: 'The reservations of an order line, with their scope and term.',
  listProducts: 'Every product of a view. `targetView` is one of the documented words of the edition.',
  getProduct: 'The product that the links of an order line lead to.',
  listSkus: 'Every SKU of the product.',
  getSku: 'Reads one SKU.',
  listAvailabilities: 'Every availability of the SKU.',
  getAvailability: 'Reads one availability, the item that an order names.',
  listProductsOfCustomer: 'As the list of a country, with savings plans, which show only here.',
  getProductOfCustomer: 'Reads one product of the catalog of a customer.',
  listSkusOfCustomer: 'Every SKU of the product; with the product id `all`, of every product of the view.',
  getSkuOfCustomer: 'Reads one SKU of the catalog of a customer.',
  listAvailabilitiesOfCustomer: 'Every availability of the SKU.',
  getAvailabilityOfCustomer: 'Reads one availability of the catalog of a customer.',
  listOffers: 'The legacy offers, in the order of the catalog. `X-Locale` is the locale of the reply.',
  getOffer: 'Reads one legacy offer.',
  listAddOns: 'The add-ons whose prerequisite the offer is.',
  checkInventory:
    'A list without a wrapper. Unknown items are left out, and an item without a restriction has an empty list.',
}

/** A tag and a sentence or two for each operation of the control plane. */
export const controlDescriptions: Readonly<Record<string, { tag: string; description: string }>> = {
  getHealth: { tag: 'Health', description: 'Replies as soon as the emulator is ready. It needs no control token.' },
  listAccounts: { tag: 'Accounts', description: 'Every account in use, with its settings.' },
  getAccount: { tag: 'Accounts', description: 'Reads one account.' },
  putAccount: {
    tag: 'Accounts',
    description: 'Members that are absent stay as they are. Other fixtures replace the content of the account.',
  },
  deleteAccount: { tag: 'Accounts', description: 'The next request to its name makes a new account.' },
  reset: { tag: 'Accounts', description: 'Snapshots stay.' },
  getState: {
    tag: 'State',
    description: 'The document can be put back, or used as a fixtures file.',
  },
  putState: { tag: 'State', description: 'A contradiction in the document is refused, and then nothing changes.' },
  listSnapshots: { tag: 'State', description: 'Names and sizes of the snapshots.' },
  putSnapshot: {
    tag: 'State',
    description: 'Replaces a snapshot of the same name. A data directory keeps it in a file.',
  },
  getSnapshot: { tag: 'State', description: 'Whether a snapshot exists, and its size.' },
  deleteSnapshot: { tag: 'State', description: 'The account itself does not change.' },
  restoreSnapshot: { tag: 'State', description: 'Content, settings and clock are those of the snapshot.' },
  getClock: { tag: 'Clock', description: 'Creation dates, windows, fulfilment, tokens and throttle follow this time.' },
  setClock: { tag: 'Clock', description: 'Orders whose time has come are fulfilled by the next request.' },
  listFaults: { tag: 'Faults', description: 'The faults in their order; the first that matches a request hits it.' },
  setFaults: { tag: 'Faults', description: 'Counts start again, and requests that wait for a release go on.' },
  deleteFaults: { tag: 'Faults', description: 'The account replies without faults from then on.' },
  listRequests: {
    tag: 'Requests',
    description: 'The journal of the account. Filters combine; values match in any case.',
  },
  deleteRequests: { tag: 'Requests', description: 'The journal is empty afterwards.' },
  verifyRequests: {
    tag: 'Requests',
    description: 'Counts the requests of the journal that match. Another number than expected is a 422.',
  },
  streamRequests: { tag: 'Requests', description: 'The connection stays open until the client closes it.' },
  setOrderStatus: {
    tag: 'Orders',
    description: 'Completes or fails a pending order, or sets any other status. Rules for clients do not apply.',
  },
}
