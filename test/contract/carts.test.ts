import t from 'tap'
import { noOrders, runEmulator } from '../running-emulator.ts'

const carts = `${noOrders}/carts`

/** The request of https://learn.microsoft.com/partner-center/developer/create-a-cart, including its comments. */
const documentedCart = `{ "lineItems": [
  { /* Microsoft Azure Subscription */ "id": 0, "catalogItemId": "MS-AZR-0145P", "quantity": 1, "billingCycle": "monthly", "termDuration": "P1Y" },
  { /* Azure Reserved Instance */ "id": 1, "catalogItemId": "DZH318Z0BQ36:004G:DZH318Z08C0S", "quantity": 1, "billingCycle": "one_time", "termDuration": "P1Y",
    "provisioningContext": { "subscriptionId": "1C461A25-F729-4FA5-AADB-280947DD05E8", "scope": "shared" } },
  { /* Azure Reserved Instance */ "id": 2, "catalogItemId": "DZH318Z0BQ36:004J:DZH318Z08B8X", "quantity": 1, "billingCycle": "one_time", "termDuration": "P3Y",
    "provisioningContext": { "subscriptionId": "1C461A25-F729-4FA5-AADB-280947DD05E8", "scope": "single" } },
  { /* Perpetual Software */ "id": 3, "catalogItemId": "DG7GMGF0DWTL:0001:DG7GMGF0DSFM", "quantity": 1, "billingCycle": "one_time" },
  { /* SaaS */ "id": 4, "catalogItemId": "DZH318Z0BXWC:0002:DZH318Z0BMRV", "quantity": 1, "billingCycle": "monthly", "termDuration": "P1M" },
  { /* SaaS Free Trial */ "id": 5, "catalogItemId": "DZH318Z0C0WF:0001:DZH318Z0BP69", "quantity": 10, "billingCycle": "none", "termDuration": "P1M", "renewsTo": { "termDuration": "P1Y" } }
] }`

t.test('the checkout of the documented cart creates one order for each group', async (t) => {
  const { send } = await runEmulator(t)
  const created = await send(carts, { method: 'POST', body: documentedCart })
  t.equal(created.status, 201)
  t.match(created.body, {
    id: /^[0-9a-f-]{36}$/,
    status: 'Active',
    lineItems: [
      { id: 0, catalogItemId: 'MS-AZR-0145P', currencyCode: 'USD', termDuration: 'P1Y', orderGroup: 'OMS-0' },
      { id: 1, provisioningContext: { scope: 'shared' }, orderGroup: '0' },
      { id: 2, orderGroup: '0' },
      { id: 3, catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM', orderGroup: '0' },
      { id: 4, orderGroup: '1' },
      { id: 5, renewsTo: { termDuration: 'P1Y' }, orderGroup: '1' },
    ],
  })
  const { id, creationTimestamp, expirationTimestamp } = JSON.parse(created.text)
  t.equal(Date.parse(expirationTimestamp) - Date.parse(creationTimestamp), 15 * 60 * 1000)
  t.equal((await send(`${carts}/${id}`)).text, created.text)

  const result = await send(`${carts}/${id}/checkout`, { method: 'POST', headers: { 'Content-Length': '0' } })
  t.equal(result.status, 201)
  t.match(result.body, {
    orders: [
      { billingCycle: 'monthly', status: 'completed', lineItems: [{ offerId: 'MS-AZR-0145P' }] },
      { billingCycle: 'one_time', status: 'pending', lineItems: [{}, {}, { lineItemNumber: 2 }] },
      { billingCycle: 'monthly', status: 'pending', lineItems: [{ offerId: 'DZH318Z0BXWC:0002:DZH318Z0BMRV' }] },
      { billingCycle: 'none', status: 'pending', lineItems: [{ renewsTo: { termDuration: 'P1Y' } }] },
    ],
    attributes: { objectType: 'CartCheckoutResult' },
  })
  t.match((await send(`${noOrders}/orders`)).body, { totalCount: 4 })
  t.match((await send(`${carts}/${id}`)).body, { status: 'Ordered' })
})

t.test('a checkout may have the JSON string "success" as its body', async (t) => {
  const { send } = await runEmulator(t)
  const { id } = JSON.parse((await send(carts, { method: 'POST', body: documentedCart })).text)
  t.equal((await send(`${carts}/${id}/checkout`, { method: 'POST', body: '"success"' })).status, 201)
})

t.test('a checkout reports a group that cannot be ordered and orders the other groups', async (t) => {
  const { send } = await runEmulator(t)
  const lineItems = [
    { catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM', quantity: 1 },
    { catalogItemId: '796B6B5F-613C-4E24-A17C-EBA730D49C02', quantity: 26 },
  ]
  const { id } = JSON.parse((await send(carts, { method: 'POST', body: JSON.stringify({ lineItems }) })).text)
  t.match((await send(`${carts}/${id}/checkout`, { method: 'POST' })).body, {
    orders: [{ lineItems: [{ offerId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM' }] }],
    orderErrors: [{ orderGroupId: 'OMS-0', code: 800067, description: /^The desired seat count exceeded/ }],
  })
  t.match((await send(`${noOrders}/orders`)).body, { totalCount: 1 })
})

t.test('PUT replaces a cart but keeps its id and creation time', async (t) => {
  const { send } = await runEmulator(t)
  const created = JSON.parse((await send(carts, { method: 'POST', body: documentedCart })).text)
  const body = JSON.stringify({ LineItems: [{ CatalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSJB', Quantity: 3 }] })
  const replaced = await send(`${carts}/${created.id}`, { method: 'PUT', body })
  t.equal(replaced.status, 200)
  t.match(replaced.body, {
    id: created.id,
    creationTimestamp: created.creationTimestamp,
    lineItems: [{ id: 0, catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSJB', quantity: 3, billingCycle: 'one_time' }],
  })
})

t.test('two checkouts with the same MS-RequestId create the orders once', async (t) => {
  const { send } = await runEmulator(t)
  const { id } = JSON.parse((await send(carts, { method: 'POST', body: documentedCart })).text)
  const headers = { 'MS-RequestId': '4fa6dad6-a89f-4875-8247-8294a10ae1cf' }
  const first = await send(`${carts}/${id}/checkout`, { method: 'POST', headers })
  const second = await send(`${carts}/${id}/checkout`, { method: 'POST', headers })
  t.equal(second.text, first.text)
  t.match((await send(`${noOrders}/orders`)).body, { totalCount: 4 })
})

t.test('in the 2022 edition a cart expires after a week', async (t) => {
  const { send } = await runEmulator(t, { rules: '2022' })
  const { creationTimestamp, expirationTimestamp } = JSON.parse(
    (await send(carts, { method: 'POST', body: documentedCart })).text,
  )
  t.equal(Date.parse(expirationTimestamp) - Date.parse(creationTimestamp), 7 * 24 * 60 * 60 * 1000)
})

t.test('a cart is not found under another customer', async (t) => {
  const { send } = await runEmulator(t)
  const { id } = JSON.parse((await send(carts, { method: 'POST', body: documentedCart })).text)
  t.equal((await send(`/v1/customers/10000000-0000-4000-8000-000000000001/carts/${id}`)).status, 404)
})
