import type { OperationName } from '../../../src/partner-center/protocol/operations.ts'

/** A request that succeeds with the seeded fixtures, and with the replies to the requests before it. */
export interface ExampleRequest {
  /** Values of path and query parameters. */
  parameters?: Readonly<Record<string, string | FromReply>>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as a form. */
  form?: { file: string; fileName: string } & Readonly<Record<string, string>>
  /** Further examples of the body, by name. */
  alternatives?: Readonly<Record<string, unknown>>
  /** The operation after which the request is repeated for the example, since its first reply shows too little. */
  after?: string
  /** A PATCH of the API that precedes the request. */
  before?: { path: string; body: unknown }
  /** Why the request is not sent. */
  unsent?: string
  /** The example of a reply that is not sent. */
  reply?: string
}

/** A value in an earlier reply: the operation, and the way to the member. */
export interface FromReply {
  operation: string
  path: readonly (string | number)[]
}

function from(operation: string, ...path: (string | number)[]): FromReply {
  return { operation, path }
}

/** The documentation's customer and order. */
const ofDocumentation = { customerTenantId: 'bd59b416-37f9-4d8f-8df3-5750111fc615' }
const order = { ...ofDocumentation, orderId: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1' }

/** The customer of the documentation's checkout, with its SaaS order and its Azure subscription. */
const ofCheckout = { customerTenantId: '28045616-f6b9-462f-9701-0d89b5e65c44' }
const segment = { targetSegment: 'commercial' }
const marketplaceOrder = { ...ofCheckout, orderId: 'HVu_cO8Ea7fNRQP4ia1QTpZap-kg_7P71' }
const subscription = { ...ofCheckout, subscriptionId: 'EF2E1307-86E6-40E3-A794-872403FBD31C' }

const cart = { ...ofCheckout, cartId: from('createCart', 'id') }

/** The customer with an order of every product, whose reservation has an artifact. */
const everyProduct = { customerTenantId: '10000000-0000-4000-8000-000000000001' }

const market = { country: 'US' }
const product = { productId: 'CFQ7TTC0LH18' }
const software = { productId: 'DG7GMGF0DWT0', skuId: '0001' }
const savingsPlan = { productId: 'DZH318Z09V6F', skuId: '0001' }
const sku = { ...product, skuId: '0001' }

/** The seats that the cart buys, and those after its change. */
const cartBody = (quantity: number) => ({
  lineItems: [
    { id: 0, catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM', quantity: 1, billingCycle: 'one_time' },
    { id: 1, catalogItemId: 'DZH318Z0BXWC:0001:DZH318Z0BMJX', quantity, billingCycle: 'monthly', termDuration: 'P1M' },
  ],
})

/** The request of each operation of the API. They are sent in the order of the document. */
export const apiRequests: Readonly<Record<OperationName, ExampleRequest>> = {
  listOrders: {
    parameters: {
      ...ofDocumentation,
      include_price: 'true',
      billingType: 'one_time',
      include_system_purchases: 'false',
    },
  },
  createOrder: {
    parameters: ofDocumentation,
    body: {
      billingCycle: 'one_time',
      currencyCode: 'USD',
      lineItems: [
        {
          lineItemNumber: 0,
          provisioningContext: {
            subscriptionId: '3D5ECED6-1151-44C7-AEE6-70A4BB725666',
            scope: 'shared',
            duration: '1Year',
          },
          offerId: 'DZH318Z0BQ4B:0047:DZH318Z0DSM8',
          friendlyName: 'A_sample_Azure_RI',
          quantity: 1,
        },
      ],
    },
  },
  getOrder: { parameters: { ...order, include_price: 'true' } },
  patchOrder: {
    parameters: order,
    body: { id: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1', status: 'cancelled' },
    alternatives: {
      cancelLine: {
        id: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1',
        status: 'cancelled',
        lineItems: [{ lineItemNumber: 0, offerId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS' }],
      },
    },
  },
  getProvisioningStatus: { parameters: order },
  getActivationLinks: { parameters: marketplaceOrder },
  getActivationLinksOfLine: { parameters: { ...marketplaceOrder, lineItemNumber: '0' } },
  followActivationLink: { parameters: { ...marketplaceOrder, lineItemNumber: '0' } },
  listAttachments: { parameters: order, after: 'uploadAttachment' },
  uploadAttachment: {
    parameters: order,
    form: { file: 'Purchase order 4711', fileName: 'purchase-order.txt', attachmentType: 'PurchaseOrder' },
  },
  downloadAttachment: { parameters: { ...order, attachmentId: from('uploadAttachment', 'attachmentId') } },
  createCart: { parameters: ofCheckout, body: cartBody(5) },
  getCart: { parameters: cart },
  updateCart: { parameters: cart, body: cartBody(10) },
  checkoutCart: { parameters: cart },
  registerSubscription: { parameters: subscription },
  getRegistrationStatus: { parameters: subscription },
  listSubscriptions: { parameters: { ...ofCheckout, order_id: '3c6f2530-1e31-4088-8230-dd1c31a18bce' } },
  getSubscription: { parameters: subscription },
  patchSubscription: { parameters: subscription, body: { status: 'suspended' } },
  listSubscriptionAddOns: { parameters: subscription },
  activateSubscription: {
    parameters: {
      ...ofCheckout,
      subscriptionId: from('checkoutCart', 'orders', 1, 'lineItems', 0, 'subscriptionId'),
    },
  },
  getSubscriptionProvisioningStatus: { parameters: subscription },
  getSubscriptionProvisioningStatusById: { parameters: { subscriptionId: subscription.subscriptionId } },
  listCustomers: {
    // Next needs the token of an earlier page. Without a word, the first page is sent.
    parameters: {
      size: '2',
      filter: '{"Field":"CompanyName","Value":"Doc","Operator":"starts_with"}',
      seekOperation: '',
    },
  },
  createCustomer: {
    body: {
      enableGDAPByDefault: false,
      companyProfile: { domain: 'xyz.ccsctp.net' },
      billingProfile: {
        culture: 'EN-US',
        email: 'test@outlook.com',
        language: 'en',
        companyName: 'test company',
        defaultAddress: {
          firstName: 'Test',
          lastName: 'Test',
          addressLine1: 'One Microsoft Way',
          city: 'Redmond',
          state: 'WA',
          postalCode: '98052',
          country: 'US',
        },
      },
    },
  },
  getCustomer: { parameters: ofDocumentation },
  patchCustomer: {
    parameters: ofDocumentation,
    body: { allowDelegatedAccess: true },
    alternatives: { endRelationship: { relationshipToPartner: 'none' } },
  },
  getCompanyProfile: { parameters: ofDocumentation },
  getBillingProfile: { parameters: ofDocumentation },
  deleteCustomer: { parameters: { customerTenantId: '10000000-0000-4000-8000-000000000003' } },
  listEntitlements: { parameters: { ...everyProduct, entitlementType: 'reservedInstance', showExpiry: 'true' } },
  getReservations: {
    parameters: {
      ...everyProduct,
      artifactType: 'reservedinstance',
      groupId: 'bf345b6b2bce4358b968c62f9c25892e',
      lineId: 'fd8afa20-1c54-49a8-a3b1-25eabb5f60a0',
      resourceId: '76fb9cf5-c44c-4ef3-8fbf-de10b15b9cc4',
    },
  },
  listProducts: {
    parameters: {
      ...market,
      targetView: 'SoftwarePerpetual',
      targetSegment: 'commercial',
      reservationScope: 'AzurePlan',
    },
  },
  getProduct: { parameters: { ...product, ...market } },
  listSkus: { parameters: { ...software, ...market, ...segment } },
  getSku: { parameters: { ...sku, ...market } },
  listAvailabilities: { parameters: { ...software, ...market, ...segment } },
  getAvailability: { parameters: { ...software, ...market, availabilityId: 'DG7GMGF0DSQR' } },
  listProductsOfCustomer: { parameters: { ...ofDocumentation, targetView: 'MicrosoftAzure', ...segment } },
  getProductOfCustomer: { parameters: { ...ofDocumentation, ...savingsPlan } },
  listSkusOfCustomer: {
    parameters: {
      ...ofDocumentation,
      productId: 'all',
      targetView: 'MicrosoftAzure',
      targetSegment: 'Commercial',
    },
  },
  getSkuOfCustomer: { parameters: { ...ofDocumentation, ...software } },
  listAvailabilitiesOfCustomer: { parameters: { ...segment, targetView: 'Software', ...ofDocumentation, ...software } },
  getAvailabilityOfCustomer: {
    parameters: { ...ofDocumentation, ...savingsPlan, availabilityId: 'DZH318Z0BLD3' },
  },
  listOffers: { parameters: { ...market, size: '1', offset: '0' } },
  getOffer: { parameters: { ...market, offerId: 'E59159FC-6F67-4599-B3CB-17FF4020F643' } },
  listAddOns: { parameters: { ...market, offerId: '91FD106F-4B2C-4938-95AC-F54F74E9A239' } },
  checkInventory: {
    parameters: market,
    body: {
      targetItems: [{ productId: 'DZH318Z0BQ3P' }],
      inventoryContext: {
        customerId: ofDocumentation.customerTenantId,
        azureSubscriptionId: '3A231FBE-37FE-4410-93FD-730D3D5D4C75',
        armRegionName: 'Europe',
      },
    },
  },
}

const snapshot = { name: 'before-test' }

/** The request of each operation of the control plane. They are sent in the order of the document. */
export const controlRequests: Readonly<Record<string, ExampleRequest>> = {
  getHealth: {},
  listAccounts: {},
  getAccount: { parameters: { name: 'default' } },
  putAccount: { parameters: { name: 'worker-1' }, body: { kind: 'production', rules: '2021' } },
  deleteAccount: { parameters: { name: 'worker-1' } },
  reset: { parameters: { all: 'true' } },
  getState: { after: 'putState' },
  putState: {
    body: {
      version: 1,
      // The reset before it has returned to the time of the system.
      clock: { now: '2021-03-01T12:00:00Z', frozen: true },
      customers: [
        {
          id: 'bd59b416-37f9-4d8f-8df3-5750111fc615',
          companyName: 'Contoso',
          domain: 'contoso.onmicrosoft.com',
        },
      ],
      products: [
        {
          offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR',
          title: 'Perpetual software',
          productType: 'perpetualSoftware',
          billingCycles: ['one_time'],
          termDuration: '',
        },
      ],
      orders: [
        {
          description: 'perpetual software of ten days ago',
          order: {
            id: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1',
            alternateId: '11fc4bdfd47a',
            referenceCustomerId: 'bd59b416-37f9-4d8f-8df3-5750111fc615',
            billingCycle: 'one_time',
            currencyCode: 'USD',
            lineItems: [{ lineItemNumber: 0, offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR', quantity: 1 }],
            creationDate: '-P10D',
            status: 'completed',
            attributes: { objectType: 'Order' },
          },
        },
      ],
    },
  },
  listSnapshots: { after: 'putSnapshot' },
  putSnapshot: { parameters: snapshot },
  getSnapshot: { parameters: snapshot },
  deleteSnapshot: { parameters: snapshot },
  restoreSnapshot: { parameters: snapshot, unsent: 'the request before it deletes the snapshot' },
  getClock: {},
  setClock: { body: { now: '2021-03-01T12:00:00Z', frozen: true, advance: 'P1D' } },
  listFaults: { after: 'setFaults' },
  setFaults: { body: [{ operation: 'patchOrder', status: 503, times: 2 }] },
  deleteFaults: {},
  listRequests: {
    before: {
      path: `/v1/customers/${order.customerTenantId}/orders/${order.orderId}`,
      body: { id: order.orderId, status: 'cancelled' },
    },
  },
  deleteRequests: {},
  verifyRequests: { body: { match: { operation: 'patchOrder', status: 500 }, never: true } },
  streamRequests: {
    unsent: 'the reply has no end',
    reply:
      'data: {"time":"2021-03-01T12:00:00.000Z","method":"GET","url":"/v1/customers","operation":"listCustomers"}\n\n',
  },
  setOrderStatus: { parameters: order, body: { status: 'suspended' } },
}
