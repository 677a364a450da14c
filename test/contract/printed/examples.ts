import type { AccountKind, EditionName } from '../../../src/model/editions.ts'

/** The requests and replies of bodies.json, by name. */
export type BodyName = string

/** A request of an example. `{name}` in a path stands for a value that an earlier step keeps. */
export interface Step {
  request: string
  /** The name of a printed request in bodies.json, or the body itself. */
  body?: BodyName | object
  status: number
  /** Printed ids in the body, and the kept values that replace them. */
  uses?: Readonly<Record<string, string>>
  /** The name of the printed reply in bodies.json. */
  printed?: BodyName
  /** The place of the printed reply within the body, such as `orders[0]` or `items[id=CFQ7TTC0LH18]`. */
  at?: string
  /** The differences that are accepted, each as a pattern with its reason. */
  differs?: readonly (readonly [place: RegExp, reason: string])[]
  /** Values of the reply that later steps name: the name, and the place in the body. */
  keep?: Readonly<Record<string, string>>
}

/** An example of a page of the documentation. */
export interface Example {
  page: string
  date: string
  edition: EditionName
  kind?: AccountKind
  /** The time of the account's clock. */
  now?: string
  steps: readonly Step[]
}

const otherProduct = [
  /catalogItemId|friendlyName|offerId|links|pricing|totalPrice/,
  'the page prints a reply for another product',
] as const
const chosenName = [/friendlyName|offerName|title|description/, 'a title of the catalog'] as const
const complete: Step = {
  request: 'PUT /_emulator/customers/{customer}/orders/{order}/status',
  body: { status: 'completed' },
  status: 200,
}

/** Buys a product, and completes the order. */
function bought(offerId: string, more: object = {}, billingCycle?: string): readonly Step[] {
  const body = {
    ...(billingCycle === undefined ? {} : { billingCycle }),
    lineItems: [{ lineItemNumber: 0, offerId, quantity: 1, ...more }],
  }
  return [{ request: 'POST /v1/customers/{customer}/orders', body, status: 201, keep: { order: 'id' } }, complete]
}

/** Every example that the pages of orders, carts, subscriptions, customers, entitlements and the catalog print. */
export const examples: readonly Example[] = [
  {
    page: 'create-an-order',
    date: '2021-08-17',
    edition: '2021',
    kind: 'production',
    steps: [
      {
        request: 'POST /v1/customers/{customer}/orders',
        body: 'indirectOrderRequest',
        status: 201,
        printed: 'indirectOrder',
      },
    ],
  },
  {
    page: 'create-a-cart',
    date: '2023-07-11',
    edition: '2023',
    steps: [
      {
        request: 'POST /v1/customers/{customer}/carts',
        body: 'licenseCartRequest',
        status: 201,
        printed: 'licenseCart',
        differs: [otherProduct, [/termDuration/, 'the page prints a reply for another term']],
      },
    ],
  },
  {
    page: 'checkout-a-cart',
    date: '2023-04-18',
    edition: '2023',
    steps: [
      { request: 'POST /v1/customers/{customer}/carts', body: 'licenseCartRequest', status: 201, keep: { cart: 'id' } },
      {
        request: 'POST /v1/customers/{customer}/carts/{cart}/checkout',
        status: 201,
        printed: 'licenseCheckoutOrder',
        at: 'orders[0]',
        differs: [otherProduct],
      },
    ],
  },
  {
    page: 'create-a-cart',
    date: '2021-08-18',
    edition: '2021',
    kind: 'production',
    now: '2021-08-18T17:29:52Z',
    steps: [
      {
        request: 'POST /v1/customers/{customer}/carts',
        body: 'participantsCartRequest',
        status: 201,
        printed: 'participantsCart',
      },
    ],
  },
  {
    page: 'create-a-cart-with-add-ons',
    date: '2022-02-10',
    edition: '2022',
    steps: [
      {
        request: 'POST /v1/customers/{customer}/carts',
        body: 'addOnCartRequest',
        status: 201,
        printed: 'addOnCart',
      },
    ],
  },
  {
    page: 'create-a-cart-with-add-ons',
    date: '2018-11-01',
    edition: '2019',
    steps: [
      { request: 'POST /v1/customers/{customer}/carts', body: 'legacyCartRequest', status: 201, printed: 'legacyCart' },
    ],
  },
  {
    page: 'azure-purchase-savings-plan',
    date: '2023-05-18',
    edition: '2023',
    kind: 'production',
    steps: [
      ...bought('DZH318Z0BPS6:0001:DZH318Z0BML6'),
      {
        request: 'GET /v1/customers/{customer}/subscriptions?order_id={order}',
        status: 200,
        keep: { plan: 'items[0].id' },
      },
      {
        request: 'POST /v1/customers/{customer}/carts',
        body: 'savingsPlanCartRequest',
        uses: { '0350d130-4d3d-4005-aca0-cf84f0ab0d4a': 'plan' },
        status: 201,
        printed: 'savingsPlanCart',
        keep: { cart: 'id' },
      },
      { request: 'PUT /v1/customers/{customer}/carts/{cart}', body: 'savingsPlanCartChange', status: 200 },
      { request: 'POST /v1/customers/{customer}/carts/{cart}/checkout', status: 201, printed: 'savingsPlanCheckout' },
      {
        request: 'POST /v1/customers/{customer}/orders',
        body: 'savingsPlanOrderRequest',
        status: 201,
        printed: 'savingsPlanOrder',
        keep: { order: 'id' },
      },
      complete,
      {
        request: 'GET /v1/customers/{customer}/orders/{order}',
        status: 200,
        printed: 'savingsPlanOrderRead',
        differs: [
          [/lineItems\[0\]: members in the order/, 'this page alone has subscriptionId before provisioningContext'],
        ],
      },
      {
        request: 'GET /v1/customers/{customer}/subscriptions?order_id={order}',
        status: 200,
        printed: 'savingsPlanSubscriptions',
        differs: [
          [/friendlyName|links/, 'the page prints another name'],
          [/billingCycle:/, 'the page prints the plan of its cart, which is billed once'],
        ],
      },
    ],
  },
  {
    page: 'get-a-subscription-by-id',
    date: '2023-05-09',
    edition: '2023',
    steps: [
      ...bought('CFQ7TTC0LH18:0001:CFQ7TTC0K971', { termDuration: 'P1Y', quantity: 15 }, 'monthly'),
      {
        request: 'GET /v1/customers/{customer}/subscriptions?order_id={order}',
        status: 200,
        keep: { subscription: 'items[0].id' },
      },
      {
        request: 'GET /v1/customers/{customer}/subscriptions/{subscription}',
        status: 200,
        printed: 'licenseSubscription',
        differs: [
          [/^(status|autoRenewEnabled)/, 'the page prints an expired subscription'],
          [/refundableQuantity/, 'the page prints ten seats of a later batch'],
        ],
      },
      {
        request: 'GET /v1/customers/{customer}/subscriptions/{subscription}/provisioningstatus',
        status: 200,
        printed: 'subscriptionProvisioning',
        differs: [[/quantity|skuId/, 'of another product']],
      },
    ],
  },
  {
    page: 'get-all-of-a-customer-s-subscriptions',
    date: '2021-10-15',
    edition: '2021',
    now: '2021-10-15T21:28:18Z',
    steps: [
      ...bought('DG7GMGF0FKZV:0003:DG7GMGF0DWMS', { termDuration: 'P3Y' }),
      {
        request: 'GET /v1/customers/{customer}/subscriptions',
        status: 200,
        printed: 'softwareSubscriptions',
        differs: [[/offerId|links|billingCycle|orderId/, 'another item of the same product']],
      },
    ],
  },
  {
    page: 'cancel-an-azure-marketplace-subscription',
    date: '2019-01-09',
    edition: '2019',
    steps: [
      {
        request: 'POST /v1/customers/{customer}/orders',
        body: { billingCycle: 'monthly', lineItems: [{ offerId: 'DZH318Z0BXWC:0001:DZH318Z0BMJX' }] },
        status: 201,
        keep: { subscription: 'lineItems[0].subscriptionId' },
      },
      {
        request: 'POST /v1/customers/{customer}/subscriptions/{subscription}/activate',
        status: 200,
        printed: 'activation',
      },
      {
        request: 'PATCH /v1/customers/{customer}/subscriptions/{subscription}',
        body: { status: 'deleted' },
        status: 200,
        printed: 'cancelledSaas',
        differs: [chosenName, [/publisherName/, 'a placeholder of the page']],
      },
    ],
  },
  {
    page: 'get-all-of-a-customer-s-subscriptions',
    date: '2016-05-10',
    edition: '2019',
    steps: [
      ...bought('MS-AZR-0145P'),
      {
        request: 'GET /v1/customers/{customer}/subscriptions?order_id={order}',
        status: 200,
        printed: 'legacyAzureSubscription',
        differs: [[/attributes.etag/, 'the page prints a later version']],
        at: 'items[0]',
      },
    ],
  },
  {
    page: 'get-order-provisioning-status',
    date: '2023-01-03',
    edition: '2023',
    steps: [
      ...bought('CFQ7TTC0LH18:0001:CFQ7TTC0K971', { termDuration: 'P1Y' }, 'monthly'),
      {
        request: 'GET /v1/customers/{customer}/orders/{order}/provisioningstatus',
        status: 200,
        printed: 'orderProvisioning',
      },
    ],
  },
  {
    page: 'create-a-customer',
    date: '2023-07-28',
    edition: '2023',
    steps: [
      {
        request: 'POST /v1/customers',
        body: 'customerRequest',
        status: 201,
        printed: 'customerCreated',
        keep: { created: 'id' },
        differs: [[/etag|password|relationshipToPartner/, 'another value for each customer; two pages differ']],
      },
      {
        request: 'GET /v1/customers/{created}',
        status: 200,
        printed: 'customer',
        differs: [
          [
            /email|companyName|region|etag|[cC]ity|[aA]ddress|phoneNumber|postalCode|state|firstName|lastName|domain|customDomains|Domains/,
            'the page prints another customer',
          ],
        ],
      },
      {
        request: 'GET /v1/customers?size=0',
        status: 200,
        printed: 'customerItem',
        at: 'items[0]',
        differs: [[/domain|companyName/, 'the page prints another customer']],
      },
    ],
  },
  {
    page: 'get-a-collection-of-entitlements',
    date: '2022-06-13',
    edition: '2019',
    steps: [
      ...bought('DZH318Z0BQ36:004G:DZH318Z08C0S'),
      {
        request: 'GET /v1/customers/{customer}/entitlements',
        status: 200,
        printed: 'reservationEntitlement',
        at: 'items[0]',
        differs: [[/productId|skuId/, 'another product']],
      },
    ],
  },
  {
    page: 'get-a-list-of-products',
    date: '2023-08-23',
    edition: '2023',
    steps: [
      {
        request: 'GET /v1/products?country=US&targetView=OnlineServices',
        status: 200,
        printed: 'product',
        at: 'items[id=CFQ7TTC0LH18]',
        differs: [chosenName],
      },
      {
        request: 'GET /v1/products/CFQ7TTC0LH18/skus/0001?country=US',
        status: 200,
        printed: 'sku',
        differs: [chosenName, [/maximumQuantity|supportedBillingCycles/, 'the catalog offers more']],
      },
      {
        request: 'GET /v1/products/CFQ7TTC0LH18/skus/0001/availabilities/CFQ7TTC0K971?country=US',
        status: 200,
        printed: 'availability',
        differs: [[/terms|renewalInstructions/, 'ids of terms']],
      },
      {
        request: 'GET /v1/customers/{customer}/products/DZH318Z09V6F/skus/0001/availabilities/DZH318Z0BLD3',
        status: 200,
        printed: 'savingsPlanAvailability',
      },
    ],
  },
  {
    page: 'create-a-cart',
    date: '2019-01-16',
    edition: '2019',
    now: '2019-01-16T00:45:41Z',
    steps: [
      {
        request: 'POST /v1/customers/{customer}/carts',
        body: 'mixedCartRequest',
        status: 201,
        printed: 'mixedCart',
      },
    ],
  },
  {
    page: 'create-scheduled-changes',
    date: '2021-11-17',
    edition: '2021',
    steps: [
      ...bought('CFQ7TTC0LH18:0001:CFQ7TTC0K971', { termDuration: 'P1Y' }, 'monthly'),
      {
        request: 'GET /v1/customers/{customer}/subscriptions?order_id={order}',
        status: 200,
        keep: { subscription: 'items[0].id' },
      },
      {
        request: 'PATCH /v1/customers/{customer}/subscriptions/{subscription}',
        body: 'scheduleRequest',
        status: 200,
        printed: 'scheduleRequest',
      },
    ],
  },
]
