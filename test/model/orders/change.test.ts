import { deepEqual, equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { type ChangeContext, changeOrder, type OrderChange } from '../../../src/model/orders/change.ts'
import type { NewLine } from '../../../src/model/purchases/request.ts'
import { accountKind, anyOrder, billingCycle, given, holds, modernType } from '../arbitrary-orders.ts'
import {
  customerId,
  etagOf,
  everyProduct,
  findProduct,
  fixedBytes,
  isDocumented,
  isOrder,
  isRefusal,
  legacyTypes,
  lineIn,
  modernTypes,
  type Order,
  orderOf,
  orderStatuses,
  type Product,
  products,
  quantitiesOf,
  type Refusal,
  type SubscriptionStatus,
  subscriptionIdOf,
  subscriptionStatuses,
  withLine,
} from '../orders-of.ts'

/** A change in a sandbox account whose subscriptions are all active. */
function context(members: Partial<ChangeContext> = {}): ChangeContext {
  return {
    customerId,
    kind: 'sandbox',
    rules: '2019',
    now: Date.parse('2021-02-03T10:20:30.450Z'),
    random: fixedBytes(),
    findProduct,
    owned: () => ({ subscriptions: 0, reservations: 0, azurePlans: 0, azureSubscriptions: 0 }),
    subscriptions: () => [],
    statusOfSubscription: () => 'active',
    ...members,
  }
}

function subscriptionsAre(status: SubscriptionStatus | undefined): ChangeContext {
  return context({ statusOfSubscription: () => status })
}

/** The changed order. Throws if the change was refused. */
function changed(order: Order, change: OrderChange, members = context()): Order {
  const result = changeOrder(order, change, members)
  ok(!isRefusal(result), `refused: ${JSON.stringify(result)}`)
  return result.order
}

function addOn(members: NewLine = {}): OrderChange {
  const asked = { offerId: products.legacyAddOn.offerId, parentSubscriptionId: subscriptionIdOf(0, true) }
  return { lineItems: [{ ...asked, ...members }] }
}

function quantity(lineItemNumber: number, quantity: number): OrderChange {
  return { lineItems: [{ lineItemNumber, quantity }] }
}

const legacy = orderOf(['legacyLicense'], { billingCycle: 'annual' })
const modern = orderOf(['newCommerceLicense'])

t.test('an add-on becomes the last line of its legacy order', async (t) => {
  const result = changeOrder(legacy, addOn({ quantity: 3, friendlyName: 'For calls' }), context())
  ok(!isRefusal(result))
  const line = lineIn(result.order, 1)
  t.match(line, { lineItemNumber: 1, quantity: 3, friendlyName: 'For calls', subscriptionId: /^[0-9A-F-]{36}$/ })
  t.equal(line.links?.['subscription']?.uri, `/customers/${customerId}/subscriptions/${line.subscriptionId}`)
  t.equal(lineIn(result.order, 0), lineIn(legacy, 0))
  t.equal(line.parentSubscriptionId, subscriptionIdOf(0, true))
  t.equal(result.order.attributes.etag, etagOf(legacy.id, 2))
  t.ok(isOrder(result.order))
})

t.test('several add-ons are bought at once, each with its parent', async (t) => {
  const order = orderOf(['legacyLicense', 'legacyLicense'])
  const parentIds = [subscriptionIdOf(1, true), subscriptionIdOf(0, false)]
  const lineItems = parentIds.flatMap((parentSubscriptionId) => addOn({ parentSubscriptionId }).lineItems ?? [])
  const result = changeOrder(order, { lineItems }, context())
  ok(!isRefusal(result))
  const parents = [2, 3].map((number) => lineIn(result.order, number).parentSubscriptionId)
  t.strictSame(
    parents,
    [1, 0].map((number) => subscriptionIdOf(number, true)),
    'the case of an id does not matter',
  )
  t.strictSame(quantitiesOf(result.order), [2, 2, 1, 1])
  t.equal(result.order.attributes.etag, etagOf(order.id, 2), 'one change, one version')
})

t.test('an add-on may repeat the billing cycle of its order', async (t) => {
  for (const billingCycle of ['annual', 'unknown', null, undefined] as const) {
    t.equal(changed(legacy, { ...addOn(), billingCycle }).billingCycle, 'annual', `${billingCycle}`)
  }
})

interface RefusedChange {
  asked: string
  order?: Order
  change: OrderChange
  context?: ChangeContext
  refused: Refusal['refused']
}

const limited = (offerId: string): Product | undefined => {
  const product = findProduct(offerId)
  return product && { ...product, minimumQuantity: 2, maximumQuantity: 4 }
}

const refusedAddOns: readonly RefusedChange[] = [
  { asked: 'an add-on of a modern order', order: modern, change: addOn(), refused: 'argumentCheck' },
  {
    asked: 'an add-on with another billing cycle',
    change: { ...addOn(), billingCycle: 'monthly' },
    refused: 'billingCycleOfAddOnDiffers',
  },
  { asked: 'an add-on without an offer id', change: addOn({ offerId: null }), refused: 'catalogItemMissing' },
  { asked: 'an unknown add-on', change: addOn({ offerId: 'x' }), refused: 'invalidOfferId' },
  { asked: 'an unknown parent', change: addOn({ parentSubscriptionId: 'x' }), refused: 'addOnNotRelated' },
  {
    asked: 'a license as an add-on',
    change: addOn({ offerId: products.legacyLicense.offerId }),
    refused: 'addOnNotRelated',
  },
  {
    asked: 'a suspended parent',
    change: addOn(),
    context: subscriptionsAre('suspended'),
    refused: 'parentNotActive',
  },
  {
    asked: 'a parent without a subscription',
    change: addOn(),
    context: subscriptionsAre(undefined),
    refused: 'parentNotActive',
  },
  {
    asked: 'a withdrawn add-on',
    change: addOn(),
    context: context({
      findProduct: (offerId) => {
        const product = findProduct(offerId)
        return product && { ...product, inventory: 'withdrawn' }
      },
    }),
    refused: 'notEligibleForPurchase',
  },
  {
    asked: 'an add-on as the sixth subscription of a sandbox customer',
    change: addOn(),
    context: context({
      owned: () => ({ subscriptions: 5, reservations: 0, azurePlans: 0, azureSubscriptions: 0 }),
    }),
    refused: 'sandboxLimit',
  },
  { asked: 'an add-on quantity of 0', change: addOn({ quantity: 0 }), refused: 'quantityOutOfRange' },
  {
    asked: 'more add-ons than the product allows',
    change: addOn({ quantity: 5 }),
    context: context({ findProduct: limited }),
    refused: 'quantityOutOfRange',
  },
  { asked: '26 add-ons in a sandbox', change: addOn({ quantity: 26 }), refused: 'seatLimit' },
]

const refusedCycles: readonly RefusedChange[] = [
  {
    asked: 'the billing cycle of a modern order',
    order: modern,
    change: { billingCycle: 'annual' },
    refused: 'notSupported',
  },
  {
    asked: 'the billing cycle of an order whose products are unknown',
    change: { billingCycle: 'monthly' },
    context: context({ findProduct: () => undefined }),
    refused: 'notSupported',
  },
  {
    asked: 'the billing cycle of a pending order',
    order: { ...legacy, status: 'pending' },
    change: { billingCycle: 'monthly' },
    refused: 'billingCycleWhilePending',
  },
  {
    asked: 'the billing cycle of a suspended subscription',
    change: { billingCycle: 'monthly' },
    context: subscriptionsAre('suspended'),
    refused: 'billingCycleOfInactiveSubscription',
  },
  {
    asked: 'the billing cycle of a line without a subscription',
    order: orderOf(['legacyLicense', 'perpetualSoftware']),
    change: { billingCycle: 'monthly' },
    refused: 'billingCycleOfInactiveSubscription',
  },
  {
    asked: 'a billing cycle that one of the offers does not have',
    order: orderOf(['legacyLicense', 'legacyAzure']),
    change: { billingCycle: 'triennial' },
    refused: 'billingTermNotSupported',
  },
]

const refusedQuantities: readonly RefusedChange[] = [
  { asked: 'a line after the last', change: quantity(1, 3), refused: 'lineItemNumberOutOfRange' },
  { asked: 'a negative line', change: quantity(-1, 3), refused: 'lineItemNumberOutOfRange' },
  {
    asked: 'the offer of another line',
    change: { lineItems: [{ lineItemNumber: 0, offerId: products.legacyAddOn.offerId, quantity: 3 }] },
    refused: 'offerIdOfLineDiffers',
  },
  {
    asked: 'the quantity of a product that is no longer in the catalog',
    change: quantity(0, 3),
    context: context({ findProduct: () => undefined }),
    refused: 'invalidOfferId',
  },
  {
    asked: 'the quantity of a suspended subscription',
    change: quantity(0, 3),
    context: subscriptionsAre('suspended'),
    refused: 'subscriptionSuspended',
  },
  { asked: 'a quantity of 0', change: quantity(0, 0), refused: 'quantityOutOfRange' },
  { asked: 'a fractional quantity', change: quantity(0, 2.5), refused: 'quantityOutOfRange' },
  {
    asked: 'a quantity over the maximum',
    change: quantity(0, 301),
    context: context({ kind: 'production' }),
    refused: 'quantityOutOfRange',
  },
  { asked: '26 licenses in a sandbox', change: quantity(0, 26), refused: 'seatLimit' },
  {
    asked: 'a good quantity and a bad one',
    order: orderOf(['legacyLicense', 'legacyLicense']),
    change: { lineItems: [...(quantity(0, 3).lineItems ?? []), ...(quantity(1, 0).lineItems ?? [])] },
    refused: 'quantityOutOfRange',
  },
]

t.test('an invalid change is refused', async (t) => {
  for (const row of [...refusedAddOns, ...refusedCycles, ...refusedQuantities]) {
    const result = changeOrder(row.order ?? legacy, row.change, row.context ?? context())
    t.strictSame(result, { refused: row.refused, values: [] }, row.asked)
    t.ok(isRefusal(result) && isDocumented(result), row.refused)
  }
})

t.test('the quantity of a modern line cannot be changed', async (t) => {
  for (const type of modernTypes) {
    t.match(changeOrder(orderOf([type]), quantity(0, 3), context()), { refused: 'quantityNotChangeable' }, type)
  }
})

t.test('a change of the billing cycle gives a legacy order the next version', async (t) => {
  const attributes = { etag: etagOf(legacy.id, 2), objectType: 'Order' }
  t.strictSame(changed(legacy, { billingCycle: 'monthly' }), { ...legacy, billingCycle: 'monthly', attributes })
})

t.test('the quantity of a legacy line can be changed', async (t) => {
  const attributes = { etag: etagOf(legacy.id, 2), objectType: 'Order' }
  for (const lineItemNumber of [0, null, undefined]) {
    const order = changed(legacy, { lineItems: [{ lineItemNumber, quantity: 25 }] })
    t.strictSame(order, { ...withLine(legacy, 0, { quantity: 25 }), attributes }, `line ${lineItemNumber}`)
  }
  const { offerId } = products.legacyLicense
  const named = { lineItems: [{ lineItemNumber: 0, offerId: offerId.toLowerCase(), quantity: 300 }] }
  t.strictSame(quantitiesOf(changed(legacy, named, context({ kind: 'production' }))), [300])
})

t.test('the quantity of a legacy line without a subscription can be changed too', async (t) => {
  const { subscriptionId: _, ...line } = lineIn(legacy, 0)
  const order = { ...legacy, lineItems: [line] }
  t.strictSame(quantitiesOf(changed(order, quantity(0, 9), subscriptionsAre('suspended'))), [9])
})

t.test('a change does not add an etag to an order', async (t) => {
  const order = orderOf(['legacyLicense'], { attributes: { objectType: 'Order' } })
  t.strictSame(changed(order, { billingCycle: 'monthly' }).attributes, { objectType: 'Order' })
})

const nothingNew: readonly OrderChange[] = [
  {},
  { billingCycle: null, lineItems: null },
  { billingCycle: 'unknown', lineItems: [] },
  { billingCycle: 'annual' },
  { lineItems: [{ lineItemNumber: 0 }] },
  { lineItems: [{ lineItemNumber: 0, quantity: 2 }] },
  { lineItems: [{ lineItemNumber: 0, quantity: null, parentSubscriptionId: '' }] },
]

t.test('a request without a change returns the same order object', async (t) => {
  for (const change of nothingNew) t.equal(changed(legacy, change), legacy, JSON.stringify(change))
})

/** An order, and a request that sends it back unchanged. */
const sentBack = anyOrder().map((order) => {
  const { billingCycle, lineItems } = structuredClone(order)
  return { order, change: { billingCycle, lineItems } }
})

const anyLine = fc.record(
  {
    lineItemNumber: given(fc.nat(5)),
    offerId: given(fc.constantFrom('x', '', ...everyProduct.map(({ offerId }) => offerId))),
    quantity: given(fc.integer({ min: -1, max: 40 })),
    parentSubscriptionId: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      fc.nat(4).map((number) => subscriptionIdOf(number, true)),
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
)

const anyChange = fc
  .record({
    order: fc.oneof(anyOrder(), anyOrder(fc.constantFrom(...legacyTypes))),
    billingCycle: given(billingCycle),
    lineItems: given(fc.array(anyLine, { maxLength: 3 })),
    kind: accountKind,
    seed: fc.nat(),
    subscription: fc.oneof(
      { weight: 5, arbitrary: fc.constant('active' as const) },
      fc.constantFrom(...subscriptionStatuses),
    ),
  })
  .map(({ order, billingCycle, lineItems, kind, seed, subscription }) => ({
    order,
    change: { billingCycle, lineItems },
    contextOf: () => context({ kind, random: fixedBytes(seed), statusOfSubscription: () => subscription }),
  }))

t.test('any change', async (t) => {
  holds(
    t,
    'gives an order of the schema or a documented refusal',
    fc.property(anyChange, ({ order, change, contextOf }) => {
      const result = changeOrder(order, change, contextOf())
      return isRefusal(result) ? isDocumented(result) : isOrder(result.order)
    }),
  )
  holds(
    t,
    'gives the same order object, or an order with the next version if it has an etag',
    fc.property(anyChange, ({ order, change, contextOf }) => {
      const result = changeOrder(order, change, contextOf())
      fc.pre(!isRefusal(result))
      const { etag } = changed(order, change, contextOf()).attributes
      if ('order' in result && result.order === order) equal(etag, order.attributes.etag)
      else equal(etag, order.attributes.etag && etagOf(order.id, 2))
    }),
  )
  holds(
    t,
    'never changes ids, dates, status or other members of lines',
    fc.property(anyChange, ({ order, change, contextOf }) => {
      const result = changeOrder(order, change, contextOf())
      fc.pre(!isRefusal(result))
      const after = changed(order, change, contextOf())
      const { lineItems, billingCycle, attributes } = after
      deepEqual(after, { ...order, lineItems, billingCycle, attributes })
      for (const line of order.lineItems) {
        const now = lineIn(after, line.lineItemNumber)
        deepEqual({ ...now, quantity: 0 }, { ...line, quantity: 0 })
      }
    }),
  )
  holds(
    t,
    'never mutates its input, and gives the same result for the same random bytes',
    fc.property(anyChange, ({ order, change, contextOf }) => {
      const before = structuredClone({ order, change })
      deepEqual(changeOrder(order, change, contextOf()), changeOrder(order, change, contextOf()))
      deepEqual({ order, change }, before)
    }),
  )
})

t.test('an order that is sent back unchanged', async (t) => {
  holds(
    t,
    'stays the same object, whatever the status of its subscriptions',
    fc.property(sentBack, fc.constantFrom(...subscriptionStatuses), ({ order, change }, status) => {
      equal(changed(order, change, subscriptionsAre(status)), order)
    }),
  )
})

t.test('an etag counts every change', async (t) => {
  const someCycles = fc.array(fc.constantFrom('monthly' as const, 'annual' as const), { maxLength: 8 })
  holds(
    t,
    'its version is one more than the number of changes',
    fc.property(someCycles, (cycles) => {
      let order = legacy
      let version = 1
      for (const billingCycle of cycles) {
        if (billingCycle !== order.billingCycle) version += 1
        order = changed(order, { billingCycle })
      }
      equal(order.attributes.etag, etagOf(legacy.id, version))
    }),
  )
})

t.test('a modern order', async (t) => {
  holds(
    t,
    'stays unchanged, or the change is refused',
    fc.property(anyOrder(modernType), anyChange, (order, { change, contextOf }) => {
      const result = changeOrder(order, change, contextOf())
      return isRefusal(result) || result.order === order
    }),
  )
})

t.test('the billing cycle can be changed in every status except pending', async (t) => {
  for (const status of orderStatuses.filter((status) => status !== 'cancelled')) {
    const result = changeOrder(orderOf(['legacyLicense'], { status }), { billingCycle: 'monthly' }, context())
    t.equal(isRefusal(result), status === 'pending', status)
  }
})
