import { deepEqual, equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { type CartContext, type NewCartLine, orderCart, writeCart } from '../../../src/model/carts/cart.ts'
import { editionNames } from '../../../src/model/editions.ts'
import type { PurchaseContext } from '../../../src/model/orders/place.ts'
import { billingCycle, editionName, given, holds, time } from '../arbitrary-orders.ts'
import {
  type Cart,
  customerId,
  everyProductType,
  findProduct,
  fixedBytes,
  frozen,
  isCart,
  isDocumented,
  isOrder,
  isRefusal,
  legacyTypes,
  type Order,
  type OwnedUnits,
  type ProductType,
  partnerId,
  products,
} from '../orders-of.ts'

const now = Date.parse('2021-02-03T10:20:30.450Z')

function context(members: Partial<CartContext> = {}): CartContext {
  return { customerId, partnerId, rules: '2019', now, findProduct, ...members }
}

function itemOf(type: ProductType, members: NewCartLine = {}): NewCartLine {
  return { catalogItemId: products[type].offerId, ...members }
}

/** A cart of items. Throws if they are refused. */
function cartOf(items: readonly NewCartLine[], members = context(), created?: Cart): Cart {
  const result = writeCart('cart-1', items, members, created)
  ok(!isRefusal(result), `refused: ${JSON.stringify(result)}`)
  return frozen(result.cart)
}

t.test('a cart is written as documented', async (t) => {
  t.strictSame(cartOf([itemOf('softwareSubscription')]), {
    id: 'cart-1',
    creationTimestamp: '2021-02-03T10:20:30.45Z',
    lastModifiedTimestamp: '2021-02-03T10:20:30.45Z',
    expirationTimestamp: '2021-02-03T10:35:30.45Z',
    lastModifiedUser: partnerId,
    status: 'Active',
    lineItems: [
      {
        id: 0,
        catalogItemId: products.softwareSubscription.offerId,
        quantity: 1,
        currencyCode: 'USD',
        billingCycle: 'one_time',
        termDuration: 'P1Y',
        orderGroup: '0',
      },
    ],
    links: { self: { uri: `/customers/${customerId}/carts/cart-1`, method: 'GET', headers: [] } },
    attributes: { objectType: 'Cart' },
  })
})

t.test('the members of an item are kept', async (t) => {
  const item: NewCartLine = {
    friendlyName: 'For the branch',
    quantity: 3,
    currencyCode: 'EUR',
    billingCycle: 'annual',
    termDuration: 'P3Y',
    provisioningContext: { subscriptionId: 'x', scope: null },
    partnerIdOnRecord: '4847383',
    renewsTo: { termDuration: 'P1Y' },
  }
  const cart = cartOf([itemOf('newCommerceLicense', item)])
  t.match(cart.lineItems, [item])
  t.ok(isCart(cart), 'members are in the documented order')
})

t.test('null and empty members of an item count as absent', async (t) => {
  const names = ['friendlyName', 'quantity', 'currencyCode', 'billingCycle', 'termDuration', 'provisioningContext']
  const nulls = Object.fromEntries([...names, 'partnerIdOnRecord', 'renewsTo'].map((name) => [name, null]))
  t.strictSame(cartOf([itemOf('azurePlan', nulls)]), cartOf([itemOf('azurePlan')]))
  t.strictSame(cartOf([itemOf('azurePlan', { friendlyName: '', termDuration: '' })]), cartOf([itemOf('azurePlan')]))
})

t.test('a cart expires after 15 minutes, since 2021 after a week', async (t) => {
  const expires = {
    '2019': '2021-02-03T10:35:30.45Z',
    '2021': '2021-02-10T10:20:30.45Z',
    '2022': '2021-02-10T10:20:30.45Z',
    '2023': '2021-02-10T10:20:30.45Z',
  }
  for (const rules of editionNames) {
    t.equal(cartOf([itemOf('azurePlan')], context({ rules })).expirationTimestamp, expires[rules], rules)
  }
})

t.test('a cart that replaces another keeps its creation date', async (t) => {
  const created = cartOf([itemOf('azurePlan')])
  const later = context({ now: now + 60_000 })
  t.match(cartOf([itemOf('saasTrial')], later, created), {
    creationTimestamp: created.creationTimestamp,
    lastModifiedTimestamp: '2021-02-03T10:21:30.45Z',
    expirationTimestamp: '2021-02-03T10:36:30.45Z',
  })
})

t.test('the refusal names every invalid item', async (t) => {
  const items = [
    itemOf('azurePlan'),
    { catalogItemId: 'no-item' },
    {},
    ...[0, -1, 1.5].map((quantity) => itemOf('azurePlan', { quantity })),
  ]
  const result = writeCart('cart-1', items, context(), undefined)
  t.strictSame(result, {
    refused: 'cartItems',
    data: [
      'lineItems[1]: the catalog has no item no-item',
      'lineItems[2]: the catalog has no item ',
      'lineItems[3]: quantity',
      'lineItems[4]: quantity',
      'lineItems[5]: quantity',
    ],
  })
  t.ok(isRefusal(result) && isDocumented(result))
})

const nothing: OwnedUnits = { subscriptions: 0, reservations: 0, azurePlans: 0, azureSubscriptions: 0 }

/** Orders a cart, and returns the results and the placed orders. */
function ordered(cart: Cart, members: Partial<PurchaseContext> = {}) {
  const placed: Order[] = []
  const random = fixedBytes()
  const contextOf = (): PurchaseContext => {
    const owned = { ...nothing, subscriptions: placed.length }
    return { customerId, kind: 'sandbox', rules: '2019', now, random, findProduct, owned, ...members }
  }
  const results = orderCart(cart, contextOf, (order) => placed.push(order))
  return { placed, results }
}

function offersOf(orders: readonly Order[]): string[][] {
  return orders.map(({ lineItems }) => lineItems.map(({ offerId }) => offerId))
}

t.test('each group of a cart becomes an order, with the items in sequence', async (t) => {
  const cart = cartOf([
    itemOf('legacyLicense', { quantity: 3, friendlyName: 'For the branch', partnerIdOnRecord: '4847383' }),
    itemOf('perpetualSoftware'),
    itemOf('azurePlan'),
    itemOf('softwareSubscription', { renewsTo: { termDuration: 'P3Y' } }),
    itemOf('legacyAddOn'),
  ])
  const { placed, results } = ordered(cart)
  const { legacyLicense, legacyAddOn, perpetualSoftware, softwareSubscription, azurePlan } = products
  t.strictSame(offersOf(placed), [
    [legacyLicense.offerId, legacyAddOn.offerId],
    [perpetualSoftware.offerId, softwareSubscription.offerId],
    [azurePlan.offerId],
  ])
  t.match(placed[0]?.lineItems, [{ quantity: 3, friendlyName: 'For the branch', partnerIdOnRecord: '4847383' }, {}])
  t.match(placed[1]?.lineItems, [{}, { renewsTo: { termDuration: 'P3Y' } }])
  t.strictSame(
    results.map(({ orderGroupId }) => orderGroupId),
    ['OMS-0', '0', '1'],
  )
})

t.test('SaaS and licenses are grouped by billing cycle as well', async (t) => {
  const { placed, results } = ordered(
    cartOf([
      itemOf('saasTrial'),
      itemOf('newCommerceLicense', { billingCycle: 'annual' }),
      itemOf('saasFlatRate'),
      itemOf('newCommerceLicense', { billingCycle: 'monthly' }),
    ]),
  )
  t.strictSame(
    placed.map(({ billingCycle, lineItems }) => [billingCycle, lineItems.length]),
    [
      ['none', 1],
      ['annual', 1],
      ['monthly', 2],
    ],
  )
  t.ok(results.every(({ orderGroupId }) => orderGroupId === '1'))
})

t.test('a group that cannot be ordered is refused, and the others are ordered', async (t) => {
  const { placed, results } = ordered(cartOf([itemOf('legacyLicense', { quantity: 301 }), itemOf('perpetualSoftware')]))
  t.match(results, [
    { orderGroupId: 'OMS-0', result: { refused: 'quantityOutOfRange' } },
    { result: { order: placed[0] } },
  ])
  t.equal(placed.length, 1)
})

t.test('an order counts towards the limits of the next group', async (t) => {
  const cart = cartOf([itemOf('legacyLicense'), itemOf('azurePlan')])
  const limits: OwnedUnits[] = []
  orderCart(
    cart,
    () => {
      const owned = { ...nothing, subscriptions: limits.length === 0 ? 4 : 5 }
      limits.push(owned)
      return { customerId, kind: 'sandbox', rules: '2019', now, random: fixedBytes(), findProduct, owned }
    },
    () => limits.push({ ...nothing, subscriptions: -1 }),
  )
  t.strictSame(
    limits.map(({ subscriptions }) => subscriptions),
    [4, -1, 5],
    'the second context is requested after the first order is placed',
  )
})

t.test('a cart without items gives no orders', async (t) => {
  t.strictSame(ordered({ ...cartOf([itemOf('azurePlan')]), lineItems: [] }).results, [])
})

const anyItem = fc.constantFrom(...everyProductType).chain((type) =>
  fc.record<NewCartLine>(
    {
      catalogItemId: fc.constant(products[type].offerId),
      quantity: given(fc.integer({ min: 1, max: 30 })),
      friendlyName: given(fc.string()),
      billingCycle: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, billingCycle),
      termDuration: given(fc.constantFrom('', 'P1M')),
      provisioningContext: given(fc.constant({ scope: 'shared' })),
      partnerIdOnRecord: given(fc.string()),
      renewsTo: given(fc.constant({ termDuration: 'P1Y' })),
    },
    { requiredKeys: ['catalogItemId'], noNullPrototype: true },
  ),
)
const anyItems = fc.array(anyItem, { minLength: 1, maxLength: 6 })

t.test('any cart', async (t) => {
  holds(
    t,
    'has the form of a cart, one item for each requested item, and equal creation and modification times',
    fc.property(anyItems, editionName, time, (items, rules, now) => {
      const cart = cartOf(items, context({ rules, now }))
      ok(isCart(cart))
      deepEqual(
        cart.lineItems.map(({ id }) => id),
        [...items.keys()],
      )
      equal(cart.creationTimestamp, cart.lastModifiedTimestamp)
      ok(Date.parse(cart.expirationTimestamp) > now)
    }),
  )
  holds(
    t,
    'is ordered without loss: each item is in an order or in a refused group',
    fc.property(anyItems, (items) => {
      const cart = cartOf(items)
      const { results, placed } = ordered(cart)
      const offers = offersOf(placed).flat()
      const refused = results.some(({ result }) => isRefusal(result))
      ok(refused ? offers.length < items.length : offers.length === items.length)
      for (const { result } of results) ok(isRefusal(result) ? isDocumented(result) : isOrder(result.order))
    }),
  )
  holds(
    t,
    'never mixes legacy and modern offers in an order',
    fc.property(anyItems, (items) => {
      const legacyOffers = legacyTypes.map((type) => products[type].offerId)
      for (const offers of offersOf(ordered(cartOf(items), { kind: 'production' }).placed)) {
        const legacy = offers.filter((offerId) => legacyOffers.includes(offerId)).length
        ok(legacy === 0 || legacy === offers.length)
      }
    }),
  )
})
