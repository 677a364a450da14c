import { deepEqual, equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { errorsOf, orderCart, writeCart } from '../../../src/model/carts/cart.ts'
import type { CartContext, NewCart, NewCartLine } from '../../../src/model/carts/request.ts'
import { editionNames } from '../../../src/model/editions.ts'
import type { PurchaseContext } from '../../../src/model/purchases/request.ts'
import { billingCycle, editionName, given, holds, time } from '../arbitrary-orders.ts'
import {
  type Cart,
  customerId,
  type EditionName,
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
  type Product,
  type ProductType,
  partnerId,
  products,
  type Refusal,
} from '../orders-of.ts'

const now = Date.parse('2021-02-03T10:20:30.450Z')
const nothing: OwnedUnits = { subscriptions: 0, reservations: 0, azurePlans: 0, azureSubscriptions: 0 }

function context(members: Partial<CartContext> = {}): CartContext {
  return {
    customerId,
    partnerId,
    kind: 'production',
    rules: '2019',
    now,
    random: fixedBytes(),
    findProduct,
    owned: () => nothing,
    subscriptions: () => [],
    ...members,
  }
}

function itemOf(type: ProductType, members: NewCartLine = {}): NewCartLine {
  return { catalogItemId: products[type].offerId, ...members }
}

/** A cart of items. Throws if they are refused. */
function cartOf(items: readonly NewCartLine[], members = context(), created?: Cart): Cart {
  const asked = { partnerOnRecordAttestationAccepted: true, lineItems: items }
  const result = writeCart('cart-1', asked, members, created)
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
    provisioningContext: { subscriptionId: 'x', scope: 'shared' },
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

const withTraits: Record<string, Partial<Product>> = {
  [products.newCommerceLicense.offerId]: {
    terms: [
      { termDuration: 'P1Y', billingCycles: ['monthly', 'annual'] },
      { termDuration: 'P1M', billingCycles: ['monthly'] },
    ],
    promotionId: 'promotion',
  },
  [products.saasFlatRate.offerId]: { attestationRequired: true },
  [products.azurePlan.offerId]: { inventory: 'none' },
  [products.softwareSubscription.offerId]: { inventory: 'withdrawn' },
  [products.perpetualSoftware.offerId]: { maximumQuantity: 7 },
}

/** A production account of 2022 with items that cannot be bought, and a customer with an unregistered Azure subscription. */
const wrongs = context({
  rules: '2022',
  findProduct: (offerId) => {
    const product = findProduct(offerId)
    return product && { ...product, ...withTraits[offerId] }
  },
  subscriptions: () =>
    (['legacyAzure', 'legacyLicense'] as const).map((productType) => ({
      id: productType,
      offerId: products[productType].offerId,
      productType,
      status: productType === 'legacyAzure' ? 'active' : 'suspended',
      isTrial: false,
      termDuration: 'P1Y',
      endsAt: '2022-01-01T00:00:00Z',
      partnerId: '',
      registration: 'NotRegistered',
    })),
})

const license = 'newCommerceLicense'
const wrongItems: readonly [item: NewCartLine, errorCode: string, members?: Partial<CartContext>][] = [
  [{ catalogItemId: 'no-item' }, 'catalog_item_id_is_not_valid'],
  [itemOf(license, { currencyCode: 'XAU' }), 'currency_is_not_supported'],
  [itemOf('perpetualSoftware', { quantity: 8 }), 'quota_not_available'],
  [itemOf('legacyLicense', { quantity: 0 }), 'quota_not_available'],
  [itemOf('perpetualSoftware', { quantity: 1.5 }), 'quota_not_available'],
  [itemOf(license, { quantity: 26 }), 'max_allowed_seats_per_subscription_exceeded', { kind: 'sandbox' }],
  [itemOf(license, { quantity: 26 }), 'sandbox_limit_exceeded', { kind: 'sandbox', rules: '2021' }],
  [itemOf('azurePlan'), 'inventory_not_available'],
  [itemOf('softwareSubscription'), 'unable_to_process_cart_line_item'],
  [itemOf(license, { termDuration: 'P5Y' }), 'invalid_input'],
  [itemOf(license, { renewsTo: { termDuration: 'P5Y' } }), 'invalid_input'],
  [itemOf(license, { renewsTo: { termDuration: 'soon' } }), 'invalid_input'],
  [itemOf(license, { termDuration: 'P1M', billingCycle: 'annual' }), 'billing_plan_not_supported'],
  [itemOf(license, { termDuration: 'P1M', billingCycle: 'annual' }), 'invalid_input', { rules: '2021' }],
  [itemOf(license, { promotionId: 'another' }), 'invalid_promotion_id'],
  [itemOf('saasFlatRate'), 'attestation_not_accepted'],
  [itemOf(license, { customTermEndDate: '2021-06-15T00:00:00Z' }), 'invalid_custom_term_end_date'],
  [itemOf('saasTrial', { customTermEndDate: '2021-02-28T00:00:00Z' }), 'invalid_custom_term_end_date_product'],
  [itemOf('azureReservation'), 'subscription_is_not_valid'],
  [
    itemOf('azureReservation', { provisioningContext: { SubscriptionId: 'LEGACYAZURE' } }),
    'subscription_not_registered',
  ],
  [itemOf('legacyAddOn', { provisioningContext: { parentSubscriptionId: 'x' } }), 'subscription_is_not_valid'],
  [
    itemOf('legacyAddOn', { provisioningContext: { parentSubscriptionId: 'legacyLicense' } }),
    'subscription_is_not_valid',
  ],
  [itemOf(license, { purchaseCommitment: { amount: 1, currency: 'usd', grain: 'hourly' } }), 'invalid_input'],
]

t.test('an item that cannot be bought has an error, and the cart is written', async (t) => {
  for (const [item, errorCode, members] of wrongItems) {
    const cart = cartOf([item, itemOf('legacyLicense')], { ...wrongs, ...members })
    t.match(cart.lineItems, [{ error: { errorCode } }, { id: 1 }], JSON.stringify(item))
    t.equal(errorsOf(cart).length, 1)
    t.ok(isCart(cart))
  }
})

t.test('an error about the quantity has the quantities', async (t) => {
  const [item] = cartOf([itemOf('perpetualSoftware', { quantity: 8 })], wrongs).lineItems
  t.strictSame(item?.error, {
    errorCode: 'quota_not_available',
    errorDescription: 'Not enough quota available',
    additionalInformation: { availableQuantity: 7, purchasedQuantity: 8 },
  })
})

const refusedCarts: readonly [asked: NewCart, refused: Refusal['refused'], rules?: EditionName][] = [
  [{ lineItems: [itemOf('azurePlan'), {}] }, 'catalogItemMissing'],
  [{ lineItems: [itemOf('azurePlan', { addonItems: [{ catalogItemId: '' }] })] }, 'catalogItemMissing'],
  [{ lineItems: [itemOf('azurePlan', { id: 1 }), itemOf('azurePlan', { id: 1 })] }, 'invalidInput'],
  [
    { lineItems: [itemOf(license, { participants: [{ key: 'transaction_reseller', value: '1' }] })] },
    'partnerAttestationMissing',
    '2022',
  ],
]

t.test('a cart without an item id, with two equal ids or without the attestation is refused', async (t) => {
  for (const [asked, refused, rules = '2019'] of refusedCarts) {
    t.match(writeCart('cart-1', asked, context({ rules }), undefined), { refused }, refused)
  }
})

t.test('a cart that is sent back keeps the attestations of the cart that it replaces', async (t) => {
  const { rules } = wrongs
  const participants = [{ key: 'transaction_reseller', value: '1' }] as const
  const items = [itemOf('saasFlatRate', { participants, attestationAccepted: true })]
  const first = cartOf(items, wrongs)
  t.strictSame(errorsOf(first), [])
  t.notOk(isRefusal(writeCart('cart-1', first, wrongs, first)))
  t.strictSame(errorsOf(cartOf(first.lineItems, wrongs, first)), [])
  t.match(writeCart('cart-1', first, context({ rules }), undefined), { refused: 'partnerAttestationMissing' })
})

t.test('a promotion applies by itself since 2022', async (t) => {
  for (const rules of editionNames) {
    const [item] = cartOf([itemOf(license)], { ...wrongs, rules }).lineItems
    t.equal(item?.promotionId, Number(rules) >= 2022 ? 'promotion' : undefined, rules)
  }
})

t.test('new-commerce items have prices in 2023, for all charges of the term', async (t) => {
  for (const rules of editionNames) {
    const [item] = cartOf([itemOf(license, { quantity: 2, billingCycle: 'monthly' })], context({ rules })).lineItems
    t.strictSame(item?.pricing?.extendedPrice, rules === '2023' ? 144 : undefined, rules)
  }
})

t.test('add-ons have the group of their item and one numbering with it', async (t) => {
  const addonItems = [itemOf('legacyAddOn', { quantity: 2 }), itemOf('legacyAddOn')]
  const cart = cartOf([itemOf('legacyLicense', { addonItems }), itemOf('azurePlan')])
  t.match(cart.lineItems, [
    {
      id: 0,
      orderGroup: 'OMS-0',
      addonItems: [
        { id: 1, quantity: 2, orderGroup: 'OMS-0' },
        { id: 2, orderGroup: 'OMS-0' },
      ],
    },
    { id: 3, orderGroup: '0' },
  ])
  const [order] = ordered(cart).placed
  const [base, ...addOns] = order?.lineItems ?? []
  t.strictSame(
    addOns.map(({ parentSubscriptionId, quantity }) => [parentSubscriptionId, quantity]),
    [
      [base?.subscriptionId, 2],
      [base?.subscriptionId, 1],
    ],
  )
})

/** Orders a cart, and returns the results and the placed orders. */
function ordered(cart: Cart, members: Partial<PurchaseContext> = {}) {
  const placed: Order[] = []
  const random = fixedBytes()
  const contextOf = (): PurchaseContext => {
    const owned = { ...nothing, subscriptions: placed.length }
    return { ...context(), kind: 'sandbox', random, owned: () => owned, ...members }
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

t.test('modern items have a group for each billing cycle and currency, numbered as they appear', async (t) => {
  const { placed, results } = ordered(
    cartOf([
      itemOf('saasTrial'),
      itemOf('newCommerceLicense', { billingCycle: 'annual' }),
      itemOf('saasFlatRate'),
      itemOf('newCommerceLicense', { billingCycle: 'monthly' }),
      itemOf('newCommerceLicense', { billingCycle: 'monthly', currencyCode: 'eur' }),
    ]),
  )
  t.strictSame(
    placed.map(({ billingCycle, currencyCode, currencySymbol, lineItems }) =>
      [billingCycle, currencyCode, currencySymbol, lineItems.length].join(' '),
    ),
    ['none USD $ 1', 'annual USD $ 1', 'monthly USD $ 2', 'monthly EUR € 1'],
  )
  t.strictSame(
    results.map(({ orderGroupId }) => orderGroupId),
    ['0', '1', '2', '3'],
  )
})

t.test('the members of an item reach the line of its order', async (t) => {
  const item = {
    participants: [
      { key: 'transaction_reseller', value: '5357564' },
      { key: 'additional_transaction_reseller', value: '517285' },
    ],
    termDuration: 'P1Y',
    customTermEndDate: '2021-03-31T00:00:00Z',
    provisioningContext: { scope: 'shared' },
  } as const
  const [order] = ordered(cartOf([itemOf('newCommerceLicense', { ...item, promotionId: '' })])).placed
  const { participants: _, ...members } = item
  t.match(order?.lineItems, [{ ...members, partnerIdOnRecord: '5357564', additionalPartnerIdsOnRecord: ['517285'] }])
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
      return { ...context(), kind: 'sandbox', owned: () => owned }
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
