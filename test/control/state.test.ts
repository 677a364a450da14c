import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Snapshots } from '../../src/accounts/snapshots.ts'
import { connectEmulator } from '../../src/control-client.ts'
import { contentOf, openMemoryDatabase, openMigratedCopy } from '../../src/storage/database.ts'
import { readMigrations } from '../../src/storage/migrations.ts'
import { packageRoot } from '../../src/version.ts'
import { documentedOrder, everyProduct, noOrders, runEmulator, seededOrders } from '../running-emulator.ts'

const cancelled = { status: 'cancelled' }

t.test('a state document copies an account to another emulator', async (t) => {
  const one = await runEmulator(t)
  const other = await runEmulator(t)
  const from = await connectEmulator(one.url)
  const to = await connectEmulator(other.url)
  await one.patch(documentedOrder, cancelled)
  const list = `${everyProduct}/subscriptions?order_id=saasFlatRate-completed-0000000001`
  const { items } = JSON.parse((await one.send(list)).text)
  await one.patch(`${everyProduct}/subscriptions/${items[0].id}`, { friendlyName: 'mine' })
  await from.clock.set({ now: '2030-01-01T00:00:00Z', frozen: true })
  await to.putState(await from.state())
  t.same(await to.state(), await from.state())
  t.equal((await other.send(documentedOrder)).text, (await one.send(documentedOrder)).text)
  t.equal((await other.send(list)).text, (await one.send(list)).text)
})

t.test('an account with an id seed goes on with unused ids after its state is put', async (t) => {
  const { url, send } = await runEmulator(t, { idSeed: 'seed' })
  const emulator = await connectEmulator(url)
  const body = JSON.stringify({ lineItems: [{ lineItemNumber: 0, offerId: 'MS-AZR-0145P', quantity: 1 }] })
  const buy = () =>
    send(`${noOrders}/orders`, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })
  const first = await buy()
  t.equal(first.status, 201)
  await emulator.putState(await emulator.state())
  const second = await buy()
  t.equal(second.status, 201)
  t.not(Object(second.body).id, Object(first.body).id)
})

t.test('a state without customers is accepted', async (t) => {
  const emulator = await connectEmulator((await runEmulator(t)).url)
  const state = { ...(await emulator.state()), customers: [], orders: [], subscriptions: [] }
  await emulator.putState(state)
  t.match(await emulator.state(), { customers: [] })
})

t.test('a state document works as a fixtures file', async (t) => {
  const one = await runEmulator(t)
  await one.patch(documentedOrder, cancelled)
  const file = join(t.testdir(), 'state.json')
  writeFileSync(file, JSON.stringify(await (await connectEmulator(one.url)).state()))
  const other = await runEmulator(t, { fixtures: file })
  t.match((await other.send(documentedOrder)).body, cancelled)
})

t.test('a partial state document replaces only its part', async (t) => {
  const { url, send } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  const { orders = [] } = await emulator.state()
  await emulator.putState({ version: 1, orders: orders.slice(0, 1) })
  t.match((await send('/_emulator/health')).body, { orders: 1 })
  t.match((await send('/v1/customers')).body, { totalCount: 7 })
})

t.test('a partial state document keeps everything else, including subscriptions', async (t) => {
  const { url, patch, send } = await runEmulator(t)
  const list = `${everyProduct}/subscriptions?order_id=saasFlatRate-completed-0000000001`
  const { items } = JSON.parse((await send(list)).text)
  await patch(`${everyProduct}/subscriptions/${items[0].id}`, { friendlyName: 'mine' })
  await (await connectEmulator(url)).putState({ version: 1, settings: { rules: '2022' } })
  t.match((await send(list)).body, { items: [{ friendlyName: 'mine' }] })
})

t.test('an invalid state document is refused with the name of the member, and changes nothing', async (t) => {
  const { url } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  const before = await emulator.state()
  const [first] = before.orders ?? []
  const wrong: readonly [state: object, message: RegExp][] = [
    [{ version: 2 }, /version/],
    [{ version: 1, orders: [{ order: { ...first?.order, status: 'gone' } }] }, /orders\/0\/order\/status/],
    [{ version: 1, orders: [first, first] }, /orders\[1\] has the id/],
    [{ version: 1, settings: { kind: 'trial' } }, /kind/],
    [{ version: 1, customers: before.customers?.slice(0, 1) }, /is not in customers\.json/],
  ]
  for (const [state, message] of wrong) {
    await t.rejects(emulator.putState(Object(state)), { name: 'EmulatorError', status: 400, message })
  }
  const { clock: _then, ...rest } = before
  const { clock: _now, ...after } = await emulator.state()
  t.same(after, rest)
})

for (const [name, inFile] of [
  ['in memory', false],
  ['with a data directory', true],
] as const) {
  t.test(`${name}, a snapshot restores orders, customers and clock`, async (t) => {
    const options = inFile ? { dataDir: t.testdir() } : {}
    const { url, patch, send } = await runEmulator(t, options)
    const emulator = await connectEmulator(url)
    await patch(documentedOrder, cancelled)
    await emulator.clock.set({ now: '2030-01-01T00:00:00Z', frozen: true })
    t.same(await emulator.snapshot('before'), { name: 'before', orders: seededOrders })
    await send(noOrders, { method: 'DELETE' })
    await emulator.reset()
    t.match((await send(documentedOrder)).body, { status: 'completed' })
    await emulator.restore('before')
    t.match((await send(documentedOrder)).body, cancelled)
    t.equal((await send(noOrders)).status, 200)
    t.same(await emulator.clock.get(), { now: '2030-01-01T00:00:00.000Z', frozen: true })
    await emulator.restore('before')
    await t.rejects(emulator.restore('another'), { name: 'EmulatorError', status: 404 })
    await t.rejects(
      emulator.account('other').restore('before'),
      { name: 'EmulatorError', status: 404 },
      'a snapshot belongs to one account',
    )
    t.match((await send('/_emulator/snapshots')).body, [{ name: 'before' }])
    t.equal((await send('/_emulator/snapshots/before', { method: 'DELETE' })).status, 204)
    t.equal((await send('/_emulator/snapshots/before')).status, 404)
  })
}

for (const [name, inFile] of [
  ['in memory', false],
  ['with a data directory', true],
] as const) {
  t.test(`${name}, replays survive a snapshot and a change of settings, but not a reset`, async (t) => {
    const { url, patch } = await runEmulator(t, inFile ? { dataDir: t.testdir() } : {})
    const emulator = await connectEmulator(url)
    const repeat = async () => {
      const { headers, status } = await patch(documentedOrder, cancelled, { 'MS-RequestId': 'repeated' })
      return [status, headers.get('X-Emulator-Replayed')]
    }
    t.same(await repeat(), [200, null])
    await emulator.snapshot('answered')
    await emulator.configure('default', { throttle: 1000 })
    t.same(await repeat(), [200, 'true'])
    await emulator.reset()
    t.same(await repeat(), [200, null])
    await emulator.reset()
    await emulator.restore('answered')
    t.same(await repeat(), [200, 'true'])
  })
}

t.test('snapshots in a data directory survive a restart', async (t) => {
  const dataDir = t.testdir()
  await t.test('before', async (t) => {
    const { url, patch } = await runEmulator(t, { dataDir })
    await patch(documentedOrder, cancelled)
    const emulator = await connectEmulator(url)
    await emulator.snapshot('kept')
    await emulator.reset()
  })
  const { url, send } = await runEmulator(t, { dataDir })
  t.match((await send(documentedOrder)).body, { status: 'completed' })
  await (await connectEmulator(url)).restore('kept')
  t.match((await send(documentedOrder)).body, cancelled)
})

t.test('a snapshot of an earlier version is migrated, and one of a later version is refused', async (t) => {
  const migrations = readMigrations(new URL('migrations/', packageRoot))
  const database = openMemoryDatabase(migrations.slice(0, -1))
  const content = contentOf(database)
  const upgraded = openMigratedCopy(content, migrations)
  t.equal(upgraded.prepare('SELECT max(number) FROM migrations').pluck().get(), migrations.at(-1)?.number)
  t.throws(() => openMigratedCopy(contentOf(upgraded), migrations.slice(0, -1)), {
    name: 'DatabaseError',
    message: /newer version/,
  })
  upgraded.close()
  database.close()

  const dataDir = t.testdir({ 'default@bad.snapshot': 'no snapshot' })
  const warnings: string[] = []
  const snapshots = new Snapshots(Object(undefined), dataDir, (line) => warnings.push(line))
  t.same(snapshots.list('default'), [])
  t.match(warnings, [/default@bad\.snapshot is not a complete snapshot and is skipped/])
})

t.test('the control plane sets the status of an order', async (t) => {
  const { url, patch, send } = await runEmulator(t, { fulfilmentDelay: 'manual' })
  const emulator = await connectEmulator(url)
  const customerId = noOrders.slice('/v1/customers/'.length)
  const body = JSON.stringify({ lineItems: [{ offerId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971' }] })
  const { id } = JSON.parse((await send(`${noOrders}/orders`, { method: 'POST', body })).text)
  const path = `${noOrders}/orders/${id}`
  t.match(await emulator.setOrderStatus(customerId, id, { status: 'completed' }), {
    status: 'completed',
    lineItems: [{ subscriptionId: String }],
  })
  t.match((await send(`${noOrders}/subscriptions?order_id=${id}`)).body, { totalCount: 1 })
  await emulator.setOrderStatus(customerId, id, { adjustmentPending: true })
  t.match((await patch(path, cancelled)).body, { code: 800014 }, 'the pending adjustment is checked before the product')
  await emulator.setOrderStatus(customerId, id, { status: 'error' })
  t.match((await send(`${path}/provisioningstatus`)).body, { items: [{ status: 'Unfulfilled' }] })

  const [documentedCustomer, documentedId] = [
    'bd59b416-37f9-4d8f-8df3-5750111fc615',
    'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1',
  ]
  await emulator.setOrderStatus(documentedCustomer, documentedId, { adjustmentPending: true })
  t.match((await patch(documentedOrder, cancelled)).body, { code: 800014 })
  await emulator.setOrderStatus(documentedCustomer, documentedId, { adjustmentPending: false })
  t.equal((await patch(documentedOrder, cancelled)).status, 200)
  await t.rejects(emulator.setOrderStatus(customerId, 'nothing', { status: 'error' }), {
    name: 'EmulatorError',
    status: 404,
  })
  await t.rejects(emulator.setOrderStatus(customerId, id, {}), { name: 'EmulatorError', status: 400 })
})

t.test('the hundred-and-first snapshot is refused, and a deletion makes room', async (t) => {
  const { url } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  for (let count = 0; count < 100; count++) await emulator.snapshot(`s${count}`)
  await t.rejects(emulator.snapshot('one-more'), { status: 507, message: /100 snapshots/ })
  t.match(await emulator.snapshot('s0'), { name: 's0' })
  await fetch(`${url}/_emulator/snapshots/s1`, { method: 'DELETE' })
  t.match(await emulator.snapshot('one-more'), { name: 'one-more' })
})

t.test('an id seed repeats no id of a state, even of one that was cut by hand', async (t) => {
  const { url, send } = await runEmulator(t, { idSeed: 'cut' })
  const emulator = await connectEmulator(url)
  const buy = async (prefix: string) => {
    const body = JSON.stringify({ lineItems: [{ offerId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971' }] })
    const { status, text } = await send(`${prefix}${noOrders}/orders`, { method: 'POST', body })
    t.equal(status, 201, text)
    return JSON.parse(text)
  }
  for (let order = 0; order < 5; order++) await buy('')
  const { orders, subscriptions } = await emulator.state()
  // Only the last order is left, and the other account has made no id yet.
  const last = orders?.slice(-1)
  const other = emulator.account('other')
  await other.putState({ version: 1, orders: last, subscriptions: subscriptions?.slice(-1) })
  const bought = [await buy('/accounts/other'), await buy('/accounts/other')]
  for (const { id } of bought)
    t.notOk(
      orders?.some(({ order }) => order.id === id),
      id,
    )
})
