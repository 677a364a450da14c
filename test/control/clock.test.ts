import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { packageRoot } from '../../src/version.ts'
import { documentedOrder, everyAge, noOrders, runEmulator } from '../running-emulator.ts'

const reservation = JSON.stringify({ lineItems: [{ offerId: 'DZH318Z0BQ4B:0047:DZH318Z0DSM8' }] })
const cancelled = { status: 'cancelled' }

t.test('the clock can be read, set, frozen and advanced', async (t) => {
  const { url, send } = await runEmulator(t)
  const { clock } = await connectEmulator(url)
  t.equal((await clock.get()).frozen, false)
  t.same(await clock.set({ now: '2031-01-31T10:00:00Z', frozen: true }), {
    now: '2031-01-31T10:00:00.000Z',
    frozen: true,
  })
  t.same(await clock.set({ advance: 'P1DT2H' }), { now: '2031-02-01T12:00:00.000Z', frozen: true })
  t.same(await clock.set({ advance: '-PT1H' }), { now: '2031-02-01T11:00:00.000Z', frozen: true })
  t.equal((await send(documentedOrder)).headers.get('Date'), 'Sat, 01 Feb 2031 11:00:00 GMT')
  const { now, frozen } = await clock.set({ frozen: false })
  t.equal(frozen, false)
  t.match(now, /^2031-02-01T11:00:0/)
  for (const change of [{ now: 'soon' }, { advance: 'P' }, { advance: 'P9000Y' }, { frozen: 'yes' }, { speed: 2 }]) {
    await t.rejects(clock.set(Object(change)), { name: 'EmulatorError', status: 400 }, JSON.stringify(change))
  }
})

t.test('a new order has the time of the clock as its creation date', async (t) => {
  const { url, send } = await runEmulator(t)
  const { clock } = await connectEmulator(url)
  await clock.set({ now: '2030-05-06T07:08:09.120Z', frozen: true })
  const { body } = await send(`${noOrders}/orders`, { method: 'POST', body: reservation })
  t.match(body, { creationDate: '2030-05-06T07:08:09.12Z' })
})

t.test('cancellation windows follow the clock', async (t) => {
  const { url, patch } = await runEmulator(t, { account: 'production', rules: '2022' })
  const { clock } = await connectEmulator(url)
  const path = `${everyAge}/orders/perpetualSoftware-20-days-0000001`
  await clock.set({ advance: 'P11D' })
  t.match((await patch(path, cancelled)).body, { code: 900117 })
  await clock.set({ advance: '-P5D' })
  t.equal((await patch(path, cancelled)).status, 200)
})

t.test('a pending order completes after the fulfilment delay', async (t) => {
  const { url, send } = await runEmulator(t, { fulfilmentDelay: 'PT15M' })
  const { clock } = await connectEmulator(url)
  await clock.set({ frozen: true })
  const path = `${noOrders}/orders/${JSON.parse((await send(`${noOrders}/orders`, { method: 'POST', body: reservation })).text).id}`
  await clock.set({ advance: 'PT14M59S' })
  t.match((await send(path)).body, { status: 'pending' })
  await clock.set({ advance: 'PT1S' })
  t.match((await send(path)).body, { status: 'completed' })
})

t.test('carts, replays, throttles and tokens expire by the clock', async (t) => {
  const { url, send, patch } = await runEmulator(t, { throttle: 20, auth: 'strict' })
  const { clock } = await connectEmulator(url)
  const form = 'grant_type=password&username=me&client_id=x'
  const issued = await send('/9e0c1f4a-5a0b-4b1e-9d3a-6f7c2d8e4b10/oauth2/token', { method: 'POST', body: form })
  const headers = { Authorization: `Bearer ${JSON.parse(issued.text).access_token}` }
  const lineItems = [{ catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM' }]
  const cart = await send(`${noOrders}/carts`, { method: 'POST', headers, body: JSON.stringify({ lineItems }) })
  const cartPath = `${noOrders}/carts/${JSON.parse(cart.text).id}`
  const repeated = { ...headers, 'MS-RequestId': 'repeated' }
  t.equal((await patch(documentedOrder, cancelled, repeated)).status, 200)

  await clock.set({ advance: 'PT16M' })
  t.match((await send(cartPath, { headers })).body, { code: 800008 })
  t.equal((await patch(documentedOrder, cancelled, repeated)).headers.get('X-Emulator-Replayed'), 'true')
  for (let time = 0; time < 20; time++) await send(documentedOrder, { headers })
  t.equal((await send(documentedOrder, { headers })).status, 429)
  await clock.set({ advance: 'PT61S' })
  t.equal((await send(documentedOrder, { headers })).status, 200)

  await clock.set({ advance: 'P2D' })
  t.match((await send(documentedOrder, { headers })).headers.get('X-Emulator-Hint'), /the token is expired/)
  const development = { ...repeated, Authorization: 'Bearer emulator-development-token' }
  t.match(
    (await patch(documentedOrder, cancelled, development)).body,
    { code: 800061 },
    'the replay expires after a day',
  )
})

t.test('each account has its own clock', async (t) => {
  const { url } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  await emulator.account('later').clock.set({ now: '2040-01-01T00:00:00Z', frozen: true })
  t.notMatch((await emulator.clock.get()).now, /^2040/)
})

t.test('only accounts/clock.ts reads the time of the system', async (t) => {
  const src = new URL('src/', packageRoot)
  for (const name of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))) {
    if (name.endsWith('accounts/clock.ts')) continue
    t.notMatch(readFileSync(new URL(name, src), 'utf8'), /Date\.now\(|new Date\(\)|performance\.now|hrtime/, name)
  }
})
