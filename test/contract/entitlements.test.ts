import t from 'tap'
import { connectEmulator, type EmulatorControl } from '../../src/control-client.ts'
import type { Entitlement } from '../../src/model/entitlements/schema.ts'
import type { Order } from '../../src/model/orders/schema.ts'
import {
  everyProduct,
  noOrders,
  type Reply,
  type RunningEmulator,
  runEmulator,
  twoLineOrder,
} from '../running-emulator.ts'

const bodyOf = ({ text }: Reply) => JSON.parse(text)

const entitlementsAt = async ({ send }: RunningEmulator, customer: string, query = ''): Promise<Entitlement[]> =>
  bodyOf(await send(`${customer}/entitlements${query}`)).items

const ofTwoLines = twoLineOrder.replace(/\/orders.*/, '')

t.test('software entitlements have the documented members in the documented order', async (t) => {
  const { send } = await runEmulator(t)
  const order = '"referenceOrder":{"id":"2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1","lineItemId":"'
  const item = (line: number, productId: string, skuId: string) =>
    `{"includedEntitlements":[],${order}${line}","alternateId":"c403d91b21d2"},"productId":"${productId}","quantity":1,"entitledArtifacts":[],"skuId":"${skuId}","entitlementType":"software","expiryDate":"2022-12-12T00:00:00Z"}`
  const items = [item(0, 'DG7GMGF0FKZV', '0003'), item(1, 'DG7GMGF0DVT7', '000C')]
  t.equal(
    (await send(`${ofTwoLines}/entitlements?entitlementtype=software&showExpiry=True`)).text,
    `{"totalCount":2,"items":[${items}],"attributes":{"objectType":"Collection"}}`,
  )
  t.notMatch((await send(`${ofTwoLines}/entitlements`)).text, 'expiryDate')
})

t.test('the artifact of a reservation leads to its reservations', async (t) => {
  const emulator = await runEmulator(t)
  const [reservation] = await entitlementsAt(emulator, everyProduct, '?entitlementType=reservedInstance')
  const { entitledArtifacts, ...members } = reservation ?? { entitledArtifacts: [] }
  t.match(members, {
    referenceOrder: { id: 'azureReservation-completed-000001', lineItemId: '0' },
    productId: 'DZH318Z0BQ4B',
    skuId: '0047',
    entitlementType: 'reservedinstance',
    dynamicAttributes: { reservationType: 'virtualmachines' },
  })
  const [artifact] = entitledArtifacts
  t.match(
    artifact?.link.uri,
    /^\/customers\/[\w-]+\/artifacts\/reservedinstance\/groups\/[0-9a-f]{32}\/lineitems\/[\w-]{36}\/resource\/[\w-]{36}$/,
  )
  const reply = await emulator.send(`/v1${artifact?.link.uri}`)
  t.match(
    reply.text,
    /^\{"type":"reservedinstance","virtualMachineReservations":\[\{"reservationId":"[\w-]{36}","scopeType":"Shared","quantity":1,"expiryDateTime":"\d{4}-\d\d-\d\dT00:00:00","effectiveDateTime":"[^"]+Z","provisioningState":"Created"\}\]\}$/,
  )
})

/** The number of entitlements by query, or the code of the refusal. */
const queries = {
  '': 10,
  '?entitlementType=Software': 8,
  '?entitlementtype=reservedInstance': 2,
  '?entitlementType=virtualmachinereservedinstance': 2,
  '?entitlementType=saas': 900126,
  '?showExpiry=maybe': 800002,
}

t.test('a query selects the type of entitlements', async (t) => {
  const { send } = await runEmulator(t)
  for (const [query, expected] of Object.entries(queries)) {
    const { totalCount, code } = bodyOf(await send(`${everyProduct}/entitlements${query}`))
    t.equal(totalCount ?? code, expected, query)
  }
})

t.test('a cancelled line loses its entitlement, and perpetual software never expires', async (t) => {
  const emulator = await runEmulator(t)
  const line = { lineItemNumber: 0, offerId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS' }
  await emulator.patch(twoLineOrder, { status: 'cancelled', lineItems: [line] })
  t.match(await entitlementsAt(emulator, ofTwoLines), { length: 1, 0: { referenceOrder: { lineItemId: '1' } } })
  await emulator.patch(twoLineOrder, { status: 'cancelled' })
  t.same(await entitlementsAt(emulator, ofTwoLines), [])
  const perpetual = { lineItems: [{ offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR', quantity: 3 }] }
  await emulator.send(`${noOrders}/orders`, { method: 'POST', body: JSON.stringify(perpetual) })
  const bought = await entitlementsAt(emulator, noOrders, '?showExpiry=true')
  t.match(bought, { length: 1, 0: { quantity: 3 } })
  t.notOk('expiryDate' in Object(bought[0]))
})

/** Buys a reservation and software with two lines. */
async function buyBoth({ send }: RunningEmulator): Promise<void> {
  const software = [0, 1].map((lineItemNumber) => ({ lineItemNumber, offerId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS' }))
  for (const lineItems of [[{ offerId: 'DZH318Z0BQ4B:0047:DZH318Z0DSM8' }], software]) {
    const reply = await send(`${noOrders}/orders`, { method: 'POST', body: JSON.stringify({ lineItems }) })
    t.equal(reply.status, 201)
  }
}

/** The clean-up delays, each with the polls that the last step needs. The clock moves 5 seconds a poll. */
const delays = { PT0S: 1, PT12S: 4, manual: 2 }

for (const [cancellationDelay, polls] of Object.entries(delays)) {
  // https://learn.microsoft.com/partner-center/developer/delete-a-customer-account-from-the-integration-sandbox
  t.test(`the documented clean-up deletes a customer, with a cancellation delay of ${cancellationDelay}`, async (t) => {
    const emulator = await runEmulator(t, { cancellationDelay })
    const { send, url } = emulator
    const control = await connectEmulator(url)
    await control.clock.set({ frozen: true })
    await buyBoth(emulator)
    const ids = new Set((await entitlementsAt(emulator, noOrders)).map(({ referenceOrder }) => referenceOrder.id))
    t.equal(ids.size, 2)
    for (const id of ids) {
      const path = `${noOrders}/orders/${id}`
      const order = bodyOf(await send(path))
      const cancelled = await emulator.patch(path, { ...order, Status: 'Cancelled' })
      t.match(cancelled.body, { status: cancellationDelay === 'PT0S' ? 'cancelled' : 'pending' })
      let polled = 0
      for (let status = ''; status !== 'cancelled' && polled < 9; polled++) {
        status = bodyOf(await send(path)).status
        if (status === 'cancelled') continue
        t.match((await emulator.patch(path, { status: 'cancelled' })).body, { code: 800014 })
        t.match((await send(noOrders, { method: 'DELETE' })).body, { code: 2000 })
        if (cancellationDelay === 'manual') await setStatus(control, path, 'cancelled')
        await control.clock.set({ advance: 'PT5S' })
      }
      t.equal(polled, polls, 'polls')
    }
    const deleted = await send(noOrders, { method: 'DELETE', headers: { 'Content-Length': '0' } })
    t.equal(deleted.status, 204)
    t.equal(deleted.headers.get('Content-Length'), '0')
    t.equal(deleted.headers.get('Content-Type'), null)
    t.match((await send(noOrders)).body, { code: 20002 })
  })
}

/** Sets the status of an order through the control plane. `path`: of the order in the API. */
function setStatus(control: EmulatorControl, path: string, status: Order['status']): Promise<Order> {
  const [, , , customerId = '', , orderId = ''] = path.split('/')
  return control.setOrderStatus(customerId, orderId, { status })
}

t.test('a cancellation of a line that is under way survives state and snapshot, and can be given up', async (t) => {
  const emulator = await runEmulator(t, { cancellationDelay: 'PT1H' })
  const control = await connectEmulator(emulator.url)
  const line = { lineItemNumber: 0, offerId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS' }
  const statusNow = async () => bodyOf(await emulator.send(twoLineOrder)).status
  await emulator.patch(twoLineOrder, { status: 'cancelled', lineItems: [line] })
  await control.snapshot('pending')
  for (const again of [async () => control.putState(await control.state()), () => control.restore('pending')]) {
    await again()
    t.equal(await statusNow(), 'pending')
    await control.clock.set({ advance: 'PT1H' })
    const { status, lineItems } = bodyOf(await emulator.send(twoLineOrder))
    t.same([status, lineItems[0].quantity, lineItems[1].quantity], ['completed', 0, 1])
  }
  await control.restore('pending')
  await setStatus(control, twoLineOrder, 'completed')
  await control.clock.set({ advance: 'P1D' })
  t.equal(await statusNow(), 'completed', 'another status gives the cancellation up')
  t.equal((await emulator.patch(twoLineOrder, { status: 'cancelled' })).status, 200)
})

t.test('with an order list delay, lists show a new order later than a read by its id', async (t) => {
  const emulator = await runEmulator(t, { orderListDelay: 'PT15M' })
  const control = await connectEmulator(emulator.url)
  await buyBoth(emulator)
  const listed = async (query: string) => bodyOf(await emulator.send(`${noOrders}/orders${query}`)).items
  const queries = ['', '?include_system_purchases=true', '?billingType=one_time']
  for (const query of queries) t.same(await listed(query), [])
  await control.clock.set({ advance: 'PT15M' })
  for (const query of queries) t.equal((await listed(query)).length, 2)
})
