import { deepEqual, equal, match } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { completeOrder, provisioningStatusOf, waitsForActivation } from '../../../src/model/orders/fulfil.ts'
import { namesSubscriptions } from '../../../src/model/orders/schema.ts'
import { anyOrder, holds } from '../arbitrary-orders.ts'
import {
  everyProductType,
  fixedBytes,
  isOrder,
  lineIn,
  type Order,
  orderOf,
  orderStatuses,
  productTypeOf,
  saasTypes,
  subscriptionIdOf,
  withLine,
} from '../orders-of.ts'

function completed(order: Order, seed = 0): Order {
  return completeOrder(order, productTypeOf, fixedBytes(seed))
}

const provisionedTypes = ['softwareSubscription', 'azurePlan', 'newCommerceLicense', 'newCommerceTrial', 'savingsPlan']

t.test('a pending order completes, and its provisioned lines get their subscriptions', async (t) => {
  for (const type of everyProductType) {
    const order = orderOf([type], { status: 'pending' })
    const after = completed(order)
    t.equal(after.status, 'completed')
    t.ok(isOrder(after), 'members are in the documented order')
    if (provisionedTypes.includes(type)) t.match(lineIn(after, 0).subscriptionId, /^[0-9a-f-]{36}$/, type)
    else t.equal(lineIn(after, 0), lineIn(order, 0), type)
  }
})

t.test('a line keeps its subscription', async (t) => {
  const subscriptionId = subscriptionIdOf(0)
  const order = withLine(orderOf(['azurePlan'], { status: 'pending' }), 0, { subscriptionId })
  t.strictSame(completed(order), { ...order, status: 'completed' })
})

t.test('a cancelled line of a pending order gets no subscription', async (t) => {
  const order = withLine(orderOf(['azurePlan', 'azurePlan'], { status: 'pending' }), 0, { quantity: 0 })
  t.equal(lineIn(completed(order), 0), lineIn(order, 0))
  t.ok(lineIn(completed(order), 1).subscriptionId)
})

t.test('an order that does not wait for its completion stays the same object', async (t) => {
  for (const status of orderStatuses.filter((status) => !['pending', 'po_upload_complete'].includes(status))) {
    const order = orderOf(['azurePlan'], { status })
    t.equal(completed(order), order, status)
  }
})

t.test('an order waits for the activation of SaaS lines that are not cancelled', async (t) => {
  for (const type of everyProductType) {
    const order = orderOf(['perpetualSoftware', type], { status: 'pending' })
    t.equal(waitsForActivation(order, productTypeOf), saasTypes.includes(type), type)
    t.notOk(waitsForActivation(withLine(order, 1, { quantity: 0 }), productTypeOf), `${type}, cancelled`)
  }
})

t.test('a line is fulfilled with its order, unless the line is cancelled', async (t) => {
  for (const status of orderStatuses) {
    const order = orderOf(['azurePlan'], { status })
    const ended = { cancelled: 'Unfulfilled', error: 'Unfulfilled', completed: 'Fulfilled' }
    const expected = new Map(Object.entries(ended)).get(status) ?? 'PrefulfillmentPending'
    t.equal(provisioningStatusOf(order, lineIn(order, 0)), expected, status)
    t.equal(
      provisioningStatusOf(order, { ...lineIn(order, 0), quantity: 0 }),
      'Unfulfilled',
      `${status}, line cancelled`,
    )
  }
})

t.test('an order names subscriptions if one of its lines does', async (t) => {
  t.ok(namesSubscriptions(orderOf(['perpetualSoftware', 'saasTrial'])))
  t.notOk(namesSubscriptions(orderOf(['perpetualSoftware', 'azurePlan'])))
})

t.test('completing any order', async (t) => {
  holds(
    t,
    'gives an order of the schema, and changes only status and subscriptions',
    fc.property(anyOrder(), fc.nat(), (order, seed) => {
      const after = completed(order, seed)
      const withoutIds = ({ lineItems }: Order) => lineItems.map(({ subscriptionId: _, ...line }) => line)
      equal(isOrder(after), true)
      deepEqual(withoutIds(after), withoutIds(order))
      deepEqual({ ...after, lineItems: 0, status: 0 }, { ...order, lineItems: 0, status: 0 })
    }),
  )
  holds(
    t,
    'changes nothing the second time, and never mutates its input',
    fc.property(anyOrder(), fc.nat(), (order, seed) => {
      const before = structuredClone(order)
      const once = completed(order, seed)
      equal(completed(once, seed + 1), once)
      deepEqual(order, before)
    }),
  )
  holds(
    t,
    'gives each line its own subscription',
    fc.property(anyOrder(fc.constantFrom('azurePlan', 'saasTrial')), (order) => {
      const ids = completed({ ...order, status: 'pending' }).lineItems.flatMap((line) => line.subscriptionId ?? [])
      equal(new Set(ids).size, ids.length)
      for (const id of ids) match(id, /^[0-9a-f-]{36}$/)
    }),
  )
})
