import t from 'tap'
import type { Entitlement } from '../../src/model/entitlements/schema.ts'
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
