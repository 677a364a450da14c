import { deepEqual, equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { changeSubscription } from '../../../src/model/subscriptions/change.ts'
import { followOrder, followSubscription } from '../../../src/model/subscriptions/follow.ts'
import { openSubscription } from '../../../src/model/subscriptions/open.ts'
import type { ChangeContext, SubscriptionChange } from '../../../src/model/subscriptions/request.ts'
import type { SubscriptionRecord } from '../../../src/model/subscriptions/schema.ts'
import { accountKind, anyOrder, billingCycle, given, holds, productType } from '../arbitrary-orders.ts'
import {
  type AccountKind,
  customerId,
  etagOf,
  everyProductType,
  findProduct,
  isDocumented,
  isOrder,
  isRefusal,
  isSubscription,
  legacyTypes,
  lineIn,
  type Order,
  orderOf,
  orderStatuses,
  type ProductType,
  products,
  quantitiesOf,
  type Refusal,
  saasTypes,
  subscriptionIdOf,
  subscriptionStatuses,
  withLine,
} from '../orders-of.ts'

/** The subscription of an order with one line of the product type. */
function opened(type: ProductType, members: Partial<Order> = {}): SubscriptionRecord {
  const order = orderOf([type], members)
  return openSubscription(order, lineIn(order, 0), products[type])
}

/** Changes the subscription of a product type. `members` are set before the change. */
function change(
  type: ProductType,
  asked: SubscriptionChange,
  members: Partial<SubscriptionRecord> = {},
  kind: AccountKind = 'sandbox',
) {
  return changeSubscription({ ...opened(type), ...members }, asked, contextOf(type, kind))
}

/** The context of a change a minute after the purchase. */
function contextOf(type: ProductType, kind: AccountKind): ChangeContext {
  return {
    product: products[type],
    kind,
    rules: '2019',
    now: Date.parse('2021-02-03T10:21:30Z'),
    order: 'settled',
    statusOf: () => undefined,
    findProduct,
    otherEnds: () => [],
  }
}

/** The changed subscription. Throws if the change was refused. */
function changed(...request: Parameters<typeof change>): SubscriptionRecord {
  const result = change(...request)
  ok(!isRefusal(result), `refused: ${JSON.stringify(result)}`)
  return result.subscription
}

t.test('a modern subscription is opened as documented', async (t) => {
  const id = subscriptionIdOf(0)
  t.strictSame(opened('saasFlatRate'), {
    id,
    offerId: 'DZH318Z0BXWC:0002:DZH318Z0BMRV',
    offerName: 'A service',
    friendlyName: 'A service of line 0',
    quantity: 2,
    unitType: 'License(s)',
    hasPurchasableAddons: false,
    creationDate: '2021-02-03T10:20:30.456Z',
    effectiveStartDate: '2021-02-03T10:20:30.456Z',
    commitmentEndDate: '2021-03-03T10:20:30.456Z',
    status: 'active',
    autoRenewEnabled: true,
    isTrial: false,
    billingType: 'license',
    billingCycle: 'monthly',
    termDuration: 'P1M',
    isMicrosoftProduct: false,
    partnerId: '',
    contractType: 'subscription',
    links: {
      product: { uri: '/products/DZH318Z0BXWC?country=US', method: 'GET', headers: [] },
      sku: { uri: '/products/DZH318Z0BXWC/skus/0002?country=US', method: 'GET', headers: [] },
      availability: {
        uri: '/products/DZH318Z0BXWC/skus/0002/availabilities/DZH318Z0BMRV?country=US',
        method: 'GET',
        headers: [],
      },
      self: { uri: `/customers/${customerId}/subscriptions/${id}`, method: 'GET', headers: [] },
    },
    publisherName: 'SaaS publisher',
    orderId: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1',
    attributes: { etag: '', objectType: 'Subscription' },
  })
})

t.test('a legacy add-on is opened with its parent, an etag and upper-case ids', async (t) => {
  const order = orderOf(['legacyLicense', 'legacyAddOn'])
  const parentId = subscriptionIdOf(0, true)
  const id = subscriptionIdOf(1, true)
  const subscription = openSubscription(order, lineIn(order, 1), products.legacyAddOn, parentId)
  const uri = `/customers/${customerId}/subscriptions`
  t.match(subscription, {
    id,
    parentSubscriptionId: parentId,
    unitType: 'Licenses',
    orderId: order.id.toUpperCase(),
    links: {
      offer: { uri: `/offers/${products.legacyAddOn.offerId}?country=US` },
      parentSubscription: { uri: `${uri}/${parentId}` },
      self: { uri: `${uri}/${id}` },
    },
    attributes: { etag: etagOf(id, 1) },
  })
  t.ok(isSubscription(subscription))
})

t.test('only a legacy license has purchasable add-ons', async (t) => {
  const types = everyProductType.filter((type) => opened(type).hasPurchasableAddons)
  t.strictSame(types, ['legacyLicense'])
})

t.test('a subscription billed by usage is endless and does not renew', async (t) => {
  const endless = { commitmentEndDate: '9999-12-10T00:00:00Z', autoRenewEnabled: false, unitType: 'Usage-based' }
  const types = everyProductType.filter((type) => opened(type).billingType === 'usage')
  t.strictSame(types, ['saasMetered', 'azurePlan', 'legacyAzure'])
  for (const type of types) t.match(opened(type), endless, type)
})

t.test('a subscription takes members that its line lacks from the product', async (t) => {
  const { offerId } = products.newCommerceLicense
  const order = orderOf(['newCommerceLicense'], { lineItems: [{ lineItemNumber: 0, offerId, quantity: 1 }] })
  const subscription = openSubscription(order, lineIn(order, 0), products.newCommerceLicense)
  t.match(subscription, { id: '', friendlyName: products.newCommerceLicense.title, commitmentEndDate: /^9999/ })
  t.notOk('termDuration' in subscription)
})

t.test('only a subscription without billing is a trial', async (t) => {
  t.strictSame(
    everyProductType.filter((type) => opened(type).isTrial),
    ['saasTrial', 'newCommerceTrial'],
  )
})

t.test('a new subscription is active, pending until SaaS is activated, or ended with its order', async (t) => {
  for (const type of everyProductType) {
    const legacy = legacyTypes.includes(type)
    for (const status of orderStatuses) {
      const waits = status === 'pending' && saasTypes.includes(type)
      const ended = legacy ? 'suspended' : 'deleted'
      const expected = status === 'cancelled' ? ended : waits ? 'pending' : 'active'
      t.equal(opened(type, { status }).status, expected, `${type} of a ${status} order`)
    }
  }
})

t.test('a subscription is deleted with its line or its order', async (t) => {
  for (const type of everyProductType) {
    const order = orderOf([type])
    const subscription = opened(type)
    const byLine = withLine(order, 0, { quantity: 0 })
    const byOrder = { ...order, status: 'cancelled' } as const
    for (const after of [byLine, byOrder]) {
      const followed = followOrder(subscription, after, lineIn(after, 0))
      t.match(followed, { status: 'deleted', quantity: 2 })
      t.equal(followOrder(followed, after, lineIn(after, 0)), followed, 'the same object the second time')
      t.equal(followed.attributes.etag, legacyTypes.includes(type) ? etagOf(subscription.id, 2) : '', type)
    }
  }
})

t.test('a subscription follows the quantity of its line and the billing cycle of its order', async (t) => {
  const order = orderOf(['legacyLicense'])
  const subscription = opened('legacyLicense')
  t.equal(followOrder(subscription, order, lineIn(order, 0)), subscription)
  const more = withLine(order, 0, { quantity: 7 })
  t.match(followOrder(subscription, more, lineIn(more, 0)), {
    quantity: 7,
    attributes: { etag: etagOf(subscription.id, 2) },
  })
  const monthly = { ...order, billingCycle: 'monthly' } as const
  t.match(followOrder(subscription, monthly, lineIn(monthly, 0)), { billingCycle: 'monthly', quantity: 2 })
  const modern = { ...opened('newCommerceLicense'), billingCycle: 'annual' } as const
  const ofModern = orderOf(['newCommerceLicense'])
  t.equal(followOrder(modern, ofModern, lineIn(ofModern, 0)), modern, 'only legacy orders change their billing cycle')
})

interface RefusedChange {
  asked: string
  type: ProductType
  change: SubscriptionChange
  before?: Partial<SubscriptionRecord>
  kind?: AccountKind
  refusal: Refusal
}

const refusedChanges: readonly RefusedChange[] = [
  {
    asked: 'a change of a deleted subscription',
    type: 'newCommerceLicense',
    change: {},
    before: { status: 'deleted' },
    refusal: { refused: 'subscriptionDeleted', values: [''] },
  },
  {
    asked: 'another billing cycle',
    type: 'legacyLicense',
    change: { billingCycle: 'monthly' },
    refusal: { refused: 'billingCycleOfSubscription', values: [] },
  },
  {
    asked: 'the deletion of a legacy subscription',
    type: 'legacyLicense',
    change: { status: 'deleted' },
    refusal: { refused: 'offerNotUpdatable', values: [products.legacyLicense.offerId] },
  },
  {
    asked: 'the suspension of software',
    type: 'softwareSubscription',
    change: { status: 'suspended' },
    refusal: { refused: 'statusNotUpdatable', values: [] },
  },
  {
    asked: 'a status that only the service sets',
    type: 'newCommerceLicense',
    change: { status: 'disabled' },
    refusal: { refused: 'statusNotChangeable', values: ['disabled', 'active'] },
  },
  {
    asked: 'more licenses of a suspended subscription',
    type: 'legacyLicense',
    change: { quantity: 3 },
    before: { status: 'suspended' },
    refusal: { refused: 'subscriptionSuspended', values: [] },
  },
  {
    asked: 'a quantity of 0',
    type: 'newCommerceLicense',
    change: { quantity: 0 },
    refusal: { refused: 'quantityNotAvailable', values: [] },
  },
  {
    asked: 'more licenses than the product allows',
    type: 'legacyLicense',
    change: { quantity: 301 },
    kind: 'production',
    refusal: { refused: 'quantityOutOfRange', values: [] },
  },
  {
    asked: '26 licenses in a sandbox',
    type: 'newCommerceLicense',
    change: { quantity: 26 },
    refusal: { refused: 'seatLimit', values: [] },
  },
]

t.test('an invalid change is refused', async (t) => {
  for (const { asked, type, change: request, before, kind, refusal } of refusedChanges) {
    t.strictSame(change(type, request, before, kind), refusal, asked)
    t.ok(isDocumented(refusal), refusal.refused)
  }
})

/** The statuses that a PATCH may set, by product. */
const settable: Readonly<Record<ProductType, readonly string[]>> = {
  azureReservation: [],
  perpetualSoftware: [],
  softwareSubscription: ['deleted'],
  saasFlatRate: ['suspended', 'deleted'],
  saasMetered: ['suspended', 'deleted'],
  saasSeatBased: ['suspended', 'deleted'],
  saasTrial: ['suspended', 'deleted'],
  azurePlan: ['suspended', 'deleted'],
  newCommerceLicense: ['suspended', 'deleted'],
  newCommerceTrial: ['suspended', 'deleted'],
  savingsPlan: [],
  legacyLicense: ['suspended'],
  legacyAddOn: ['suspended'],
  legacyAzure: ['suspended'],
}

t.test('an active subscription accepts only the statuses of its product', async (t) => {
  for (const type of everyProductType) {
    const others = subscriptionStatuses.filter((status) => status !== 'active')
    const set = others.filter((status) => !isRefusal(change(type, { status })))
    t.strictSame(set, settable[type], type)
    for (const status of set) t.equal(changed(type, { status }).status, type === 'azurePlan' ? 'suspended' : status)
  }
})

t.test('a suspended subscription can be activated, or deleted if its product allows it', async (t) => {
  const suspended = { status: 'suspended' } as const
  t.equal(changed('legacyLicense', { status: 'active' }, suspended).status, 'active')
  t.equal(changed('newCommerceLicense', { status: 'deleted' }, suspended).status, 'deleted')
})

t.test('a change sets the named members and leaves the others', async (t) => {
  const before = opened('newCommerceLicense')
  const asked = { quantity: 25, friendlyName: 'For the branch', autoRenewEnabled: false, status: 'suspended' } as const
  const seats = [
    { quantity: 2, boughtAt: before.effectiveStartDate },
    { quantity: 23, boughtAt: '2021-02-03T10:21:30Z' },
  ]
  t.strictSame(changed('newCommerceLicense', asked), { ...before, ...asked, seats })
  const nulls = {
    termDuration: null,
    partnerId: null,
    nextTerm: null,
    quantity: null,
    friendlyName: null,
    autoRenewEnabled: null,
    status: null,
    billingCycle: null,
  }
  t.strictSame(changed('newCommerceLicense', nulls), before)
  t.strictSame(changed('newCommerceLicense', { billingCycle: 'unknown' }), before)
  t.strictSame(changed('newCommerceLicense', { billingCycle: before.billingCycle }), before)
  t.equal(changed('newCommerceLicense', { quantity: 26 }, {}, 'production').quantity, 26)
})

t.test('a change raises the version in the etag of a legacy subscription', async (t) => {
  const { id } = opened('legacyLicense')
  t.equal(changed('legacyLicense', { friendlyName: 'x' }).attributes.etag, etagOf(id, 2))
  t.equal(changed('saasTrial', { friendlyName: 'x' }).attributes.etag, '')
})

t.test('an order follows its subscriptions', async (t) => {
  const order = orderOf(['saasFlatRate', 'saasTrial'])
  const [first, second] = order.lineItems.map((line) => openSubscription(order, line, products.saasFlatRate))
  ok(first !== undefined && second !== undefined)
  const more = followSubscription(order, { ...first, quantity: 9 })
  t.strictSame([more.status, quantitiesOf(more)], ['completed', [9, 2]])
  const one = followSubscription(order, { ...first, status: 'deleted' })
  t.strictSame([one.status, quantitiesOf(one)], ['completed', [0, 2]])
  const both = followSubscription(one, { ...second, status: 'deleted' })
  t.strictSame([both.status, quantitiesOf(both)], ['cancelled', [0, 0]])
  t.strictSame(followSubscription(order, { ...first, id: 'of-another-order' }), order)
})

const anyChange = fc.record<SubscriptionChange>(
  {
    status: given(fc.constantFrom(...subscriptionStatuses)),
    quantity: given(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.double())),
    friendlyName: given(fc.string()),
    autoRenewEnabled: given(fc.boolean()),
    billingCycle: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, billingCycle),
  },
  { requiredKeys: [], noNullPrototype: true },
)
const anyOpened = productType.chain((type) =>
  anyOrder(fc.constant(type)).map((order) => ({
    order,
    product: products[type],
    subscription: openSubscription(order, lineIn(order, 0), products[type]),
  })),
)

t.test('any subscription', async (t) => {
  holds(
    t,
    'has the form of a subscription when it is opened',
    fc.property(anyOpened, ({ subscription }) => isSubscription(subscription)),
  )
  holds(
    t,
    'already matches its order when it is opened, unless its legacy line is cancelled',
    fc.property(anyOpened, ({ order, subscription }) => {
      fc.pre(subscription.status !== 'suspended')
      equal(followOrder(subscription, order, lineIn(order, 0)), subscription)
    }),
  )
  holds(
    t,
    'keeps its form, ids and dates in a change, or the change is refused as documented',
    fc.property(anyOpened, anyChange, accountKind, ({ subscription, product }, asked, kind) => {
      const before = structuredClone(subscription)
      const result = changeSubscription(subscription, asked, contextOf(product.productType, kind))
      deepEqual(subscription, before)
      if (isRefusal(result)) return isDocumented(result)
      const { status, quantity, friendlyName, autoRenewEnabled, attributes } = result.subscription
      const { seats: _, ...wire } = result.subscription
      deepEqual(wire, { ...before, status, quantity, friendlyName, autoRenewEnabled, attributes })
      return isSubscription(wire)
    }),
  )
  holds(
    t,
    'changes only quantities and status of its order',
    fc.property(anyOpened, fc.constantFrom(...subscriptionStatuses), ({ order, subscription }, status) => {
      const after = followSubscription(order, { ...subscription, status })
      ok(isOrder(after))
      deepEqual({ ...after, lineItems: 0, status: 0 }, { ...order, lineItems: 0, status: 0 })
    }),
  )
})
