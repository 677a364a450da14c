import t from 'tap'
import { builtInFixtures, readFixtures } from '../../src/fixtures/fixtures.ts'
import { exchange, readReply, requestText } from '../raw-socket.ts'
import { everyProduct, noOrders, runEmulator } from '../running-emulator.ts'

const customer = '/v1/customers/b0d70a69-4c42-4b27-b17b-91a835d8686a'
const idsOf = (text: string): string[] => JSON.parse(text).items.map(({ id }: { id: string }) => id)

t.test('orders are listed newest first, each with the same document as in a single read', async (t) => {
  const { send } = await runEmulator(t)
  const { text, body } = await send(`${customer}/orders`)
  t.same(idsOf(text), [
    '9qg-ErcO-4MPbPqq_3MIQaS7bn8W6HfG1',
    's-BZlr_TeGksPNT61SsWRL-sqMaKbyVa1',
    'YxH1q4KScfvfkJQjgRI8QY1DznnUWZTH1',
    'eeba9d00-7b46-443a-917e-22887a8fc993',
  ])
  t.same(Object.keys(Object(body)), ['totalCount', 'items', 'links', 'attributes'])
  t.match(body, {
    totalCount: 4,
    links: { self: { uri: '/customers/b0d70a69-4c42-4b27-b17b-91a835d8686a/orders', method: 'GET', headers: [] } },
    attributes: { objectType: 'Collection' },
  })
  for (const id of idsOf(text)) t.ok(text.includes((await send(`${customer}/orders/${id}`)).text), id)
})

t.test('billingType filters a list, in every spelling', async (t) => {
  const { send } = await runEmulator(t)
  for (const spelling of ['onetime', 'OneTime', 'one_time', 'ONE_TIME', '4']) {
    const { body, text } = await send(`${customer}/orders?billingType=${spelling}`)
    t.match(body, { totalCount: 3 }, spelling)
    t.notMatch(text, 'eeba9d00')
    t.match(body, { links: { self: { uri: '/customers/b0d70a69-4c42-4b27-b17b-91a835d8686a/orders' } } })
  }
  t.same(idsOf((await send(`${customer}/orders?BillingType=Monthly&include_price=False`)).text), [
    'eeba9d00-7b46-443a-917e-22887a8fc993',
  ])
  for (const unknown of ['weekly', '', '9']) {
    t.match((await send(`${customer}/orders?billingType=${unknown}`)).body, { code: 900126 }, unknown)
  }
})

t.test('a customer without orders has an empty list', async (t) => {
  const { send } = await runEmulator(t)
  t.match((await send(`${noOrders}/orders`)).body, { totalCount: 0, items: [] })
})

t.test('include_price adds prices to every order', async (t) => {
  const { send } = await runEmulator(t)
  const { items } = JSON.parse((await send(`${everyProduct}/orders?include_price=true`)).text)
  t.ok(items.length > 40)
  for (const { totalPrice, lineItems } of items) {
    t.type(totalPrice, 'number')
    t.type(lineItems[0].pricing.listPrice, 'number')
  }
})

t.test('system purchases are listed only on request', async (t) => {
  const [first] = readFixtures(builtInFixtures).orders
  const orders = [{ order: { ...first?.order, transactionType: 'SystemPurchase' } }]
  const fixtures = t.testdir({ 'orders.json': JSON.stringify({ orders }) })
  const { send } = await runEmulator(t, { fixtures })
  const path = `/v1/customers/${first?.order.referenceCustomerId}/orders`
  t.match((await send(path)).body, { totalCount: 0 })
  t.match((await send(`${path}?include_system_purchases=True`)).body, { totalCount: 1 })
})

// test/release/long-list.test.ts lists a hundred thousand orders of a process with a data directory.
t.test('a list of ten thousand orders is streamed, with a byte order mark if configured', async (t) => {
  const [first] = readFixtures(builtInFixtures).orders
  const orders = Array.from({ length: 10_000 }, (_, number) => ({
    order: { ...first?.order, id: `order-${number}`, alternateId: `friendly-${number}` },
  }))
  const fixtures = t.testdir({ 'orders.json': JSON.stringify({ orders }) })
  const { url } = await runEmulator(t, { fixtures, bom: true })
  const reply = await fetch(`${url}/v1/customers/${first?.order.referenceCustomerId}/orders`)
  const body = Buffer.from(await reply.arrayBuffer())
  t.equal(body.subarray(0, 23).toString(), '\uFEFF{"totalCount":10000,')
  t.ok(body.length > 8_000_000)
  t.equal(reply.headers.get('Content-Length'), null)
})

t.test('a slow reader of a long list does not block other requests', async (t) => {
  const [first] = readFixtures(builtInFixtures).orders
  const orders = Array.from({ length: 3000 }, (_, number) => ({
    order: { ...first?.order, id: `order-${number}`, alternateId: `friendly-${number}` },
  }))
  const fixtures = t.testdir({ 'orders.json': JSON.stringify({ orders }) })
  const { url, patch } = await runEmulator(t, { fixtures })
  const path = `/v1/customers/${first?.order.referenceCustomerId}/orders`
  const slow = await fetch(`${url}${path}`)
  t.equal(
    (await patch(`${path}/order-2999`, { status: 'cancelled' })).status,
    200,
    'a write succeeds before the list is read',
  )
  const { totalCount, items } = JSON.parse(await slow.text())
  t.equal(totalCount, items.length)
  const raw = readReply(await exchange(url, requestText(`GET ${path}`)))
  t.ok(raw.headers.includes('Content-Type: application/json; charset=utf-8'))
})
