import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { ClockChange } from '../../src/control/clock-routes.ts'
import { connectEmulator } from '../../src/control-client.ts'
import { noOrders, type RunningEmulator, runEmulator } from '../running-emulator.ts'

const software = 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM'
const reservation = 'DZH318Z0BQ4B:0047:DZH318Z0DSM8'
const end = '9999-12-31T00:00:00.000Z'

const buy = async ({ send }: RunningEmulator, offerId: string, quantity = 1) =>
  send(`${noOrders}/orders`, { method: 'POST', body: JSON.stringify({ lineItems: [{ offerId, quantity }] }) })

t.test('a clock stops at the end of year 9999, and every reply is still valid', async (t) => {
  const emulator = await runEmulator(t, { rules: '2022', fulfilmentDelay: 'PT900S' })
  const { send, url } = emulator
  const client = await connectEmulator(url)
  await client.clock.set({ now: '9999-12-30T23:59:59.900Z' })
  await sleep(200)
  t.same(await client.clock.get(), { now: end, frozen: false })
  t.match((await buy(emulator, software)).body, { creationDate: '9999-12-31T00:00:00Z', status: 'pending' })
  const legacy = await buy(emulator, 'C94271D8-B431-4A25-A3C5-A57737A1C909')
  t.match(legacy.body, { creationDate: '9999-12-31T00:00:00+00:00' })
  const { items } = JSON.parse((await send(`${noOrders}/subscriptions`)).text)
  t.match(items, [{ commitmentEndDate: '9999-12-31T23:59:59.999Z' }])
  const lineItems = [{ catalogItemId: software }]
  const cart = await send(`${noOrders}/carts`, { method: 'POST', body: JSON.stringify({ lineItems }) })
  t.match(cart.body, { expirationTimestamp: '9999-12-31T23:59:59.999Z' })
  t.equal((await send(`${noOrders}/carts/${JSON.parse(cart.text).id}/checkout`, { method: 'POST' })).status, 201)
  const form = 'grant_type=password&username=me&client_id=x'
  t.equal((await send('/any/oauth2/token', { method: 'POST', body: form })).status, 200)
  t.match((await client.requests.list()).at(-1), { time: end })
  const state = await client.state()
  t.same(await client.putState(state), state, 'the state that was downloaded goes back in')
})

const refusedClocks: readonly [what: string, change: ClockChange, message: RegExp][] = [
  ['an advance below a millisecond', { advance: 'PT0.0001S' }, /whole milliseconds/],
  ['an advance of more than 1,000 years', { advance: 'P1001Y' }, /1,000 years/],
  ['a time in year 10000 by its offset', { now: '9999-12-31T23:59:59-12:00' }, /between 1970-01-01 and 9999-12-31/],
  ['a time before 1970', { now: '0000-01-01T00:00:00Z' }, /between 1970-01-01 and 9999-12-31/],
  ['an advance over the end', { now: '9999-01-01T00:00:00Z', advance: 'P1Y' }, /between 1970-01-01 and 9999-12-31/],
]

t.test('a clock refuses a time that no reply can hold', async (t) => {
  const { clock } = await connectEmulator((await runEmulator(t)).url)
  await clock.set({ now: '2030-01-01T00:00:00Z', frozen: true })
  for (const [what, change, message] of refusedClocks)
    await t.rejects(clock.set(change), { status: 400, message }, what)
  t.match(await clock.get(), { now: '2030-01-01T00:00:00.000Z' })
})

const delays: readonly [delay: string, stored: string | RegExp][] = [
  ['PT0.001S', 'PT0.001S'],
  ['PT1.001S', 'PT1.001S'],
  ['P1000Y', 'PT31556995200S'],
  ['P1001Y', /1,000 years/],
  ['P999999Y', /1,000 years/],
  ['PT0.0001S', /whole milliseconds/],
  ['soon', /fulfilmentDelay/],
]

t.test('a fulfilment delay has whole milliseconds and at most 1,000 years', async (t) => {
  const emulator = await runEmulator(t)
  const client = await connectEmulator(emulator.url)
  for (const [fulfilmentDelay, stored] of delays) {
    const change = client.configure('default', { fulfilmentDelay })
    if (typeof stored !== 'string') await t.rejects(change, { status: 400, message: stored }, fulfilmentDelay)
    else t.match(await change, { settings: { fulfilmentDelay: stored } }, fulfilmentDelay)
  }
  await client.configure('default', { fulfilmentDelay: 'P1000Y' })
  t.match((await buy(emulator, reservation)).body, { status: 'pending' })
  const state = await client.state()
  t.match(await client.putState(state), { ...state, clock: Object }, 'the state that was downloaded goes back in')
})

const quantities = [1e9, Number.MAX_SAFE_INTEGER + 1, 1e21, 1e300]

t.test('no purchase or change accepts a quantity over 999,999,999', async (t) => {
  const emulator = await runEmulator(t, { account: 'production' })
  const { send, patch } = emulator
  t.match((await buy(emulator, software, 999_999_999)).body, { lineItems: [{ quantity: 999_999_999 }] })
  const legacy = JSON.parse((await buy(emulator, 'C94271D8-B431-4A25-A3C5-A57737A1C909')).text)
  const { subscriptionId } = legacy.lineItems[0]
  for (const quantity of quantities) {
    const lineItems = [{ catalogItemId: software, quantity }]
    const replies = {
      order: await buy(emulator, software, quantity),
      cart: await send(`${noOrders}/carts`, { method: 'POST', body: JSON.stringify({ lineItems }) }),
      change: await patch(`${noOrders}/orders/${legacy.id}`, { lineItems: [{ lineItemNumber: 0, quantity }] }),
      subscription: await patch(`${noOrders}/subscriptions/${subscriptionId}`, { quantity }),
    }
    for (const [what, { status, body }] of Object.entries(replies)) {
      t.equal(status, 400, `${what} ${quantity}`)
      t.match(body, { code: Number }, what)
    }
  }
})

t.test('the prices of the largest order are numbers', async (t) => {
  const emulator = await runEmulator(t, { account: 'production' })
  const client = await connectEmulator(emulator.url)
  const { products = [] } = await client.state()
  const priced = (listPrice: number) => products.map((product) => ({ ...product, listPrice }))
  await t.rejects(client.putState({ version: 1, products: priced(1e300) }), { status: 400, message: /listPrice/ })
  await client.putState({ version: 1, products: priced(999_999_999) })
  const { id } = JSON.parse((await buy(emulator, software, 999_999_999)).text)
  t.match((await emulator.send(`${noOrders}/orders/${id}?include_price=true`)).body, { totalPrice: Number })
})

/** Members of an entry of the orders and of the state that no reply can hold. */
const refusedStates: readonly [what: string, change: object, message: RegExp][] = [
  ['a date -P999999Y', { order: { creationDate: '-P999999Y' } }, /creationDate: .* at most 1,000 years/],
  ['a date below a millisecond', { order: { creationDate: '-PT0.0001S' } }, /creationDate: .* whole milliseconds/],
  ['completesAt 9e15', { completesAt: 9e15 }, /completesAt/],
  ['a negative completesAt', { completesAt: -1 }, /completesAt/],
  ['a quantity of 1e9', { line: { quantity: 1e9 } }, /quantity/],
  ['a quantity of 2^53', { line: { quantity: 2 ** 53 } }, /quantity/],
  ['a clock in year 10000', { clock: { now: '9999-12-31T23:59:59-12:00', frozen: true } }, /9999-12-31/],
  ['a clock before 1970', { clock: { now: '1969-12-31T23:59:59Z', frozen: true } }, /1970-01-01/],
  ['a delay of a million years', { settings: { fulfilmentDelay: 'P999999Y' } }, /1,000 years/],
]

t.test('a state with a value that no reply can hold is refused, and changes nothing', async (t) => {
  const client = await connectEmulator((await runEmulator(t)).url)
  const before = await client.state()
  const [entry] = before.orders ?? []
  for (const [what, change, message] of refusedStates) {
    const { order = {}, line = {}, completesAt, clock, settings } = Object(change)
    const lineItems = entry?.order.lineItems.map((item) => ({ ...item, ...line }))
    const orders = [{ ...entry, completesAt, order: { ...entry?.order, lineItems, ...order } }]
    const state = JSON.parse(JSON.stringify({ version: 1, orders, clock, settings }))
    await t.rejects(client.putState(state), { status: 400, message }, what)
  }
  t.same((await client.state()).orders, before.orders)
})

t.test('the oldest creation date has a year of four digits', async (t) => {
  const { send, url } = await runEmulator(t)
  const client = await connectEmulator(url)
  const { orders = [] } = await client.state()
  const old = orders.slice(0, 1).map(({ order }) => ({ order: { ...order, creationDate: '-P1000Y' } }))
  const clock = { now: '1970-01-01T00:00:00Z', frozen: true }
  await client.putState({ version: 1, orders: old, clock })
  const [{ order } = { order: undefined }] = old
  const { body } = await send(`/v1/customers/${order?.referenceCustomerId}/orders/${order?.id}`)
  t.match(body, { creationDate: /^0970-01-01T00:00:00/ })
})
