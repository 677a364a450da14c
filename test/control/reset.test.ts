import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type AccountControl, connectEmulator } from '../../src/control-client.ts'
import { builtInFixtures, readFixtures } from '../../src/fixtures/fixtures.ts'
import { documentedOrder, noOrders, type RunningEmulator, runEmulator, twoLineOrder } from '../running-emulator.ts'

const requestId = { 'MS-RequestId': '655890ba-4d2b-4d09-a95f-4ea1348686a5' }
const saas = '/v1/customers/10000000-0000-4000-8000-000000000001'

/** For every kind of state, a function that makes it and returns a function that reads it. */
const kinds: Readonly<
  Record<string, (emulator: RunningEmulator, account: AccountControl, t: Test) => Promise<() => Promise<unknown>>>
> = {
  'a cancelled order': async ({ patch, send }) => {
    await patch(documentedOrder, { status: 'cancelled' })
    return async () => (await send(documentedOrder)).text
  },
  'a replay': async ({ patch }) => {
    await patch(twoLineOrder, { status: 'cancelled' }, requestId)
    return async () => (await patch(twoLineOrder, { status: 'none' }, requestId)).status
  },
  'a new order': async ({ send }) => {
    const body = JSON.stringify({ lineItems: [{ offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR' }] })
    await send(`${noOrders}/orders`, { method: 'POST', body })
    return async () => (await send(`${noOrders}/orders`)).text
  },
  'a changed subscription': async ({ patch, send }) => {
    const list = `${saas}/subscriptions?order_id=saasFlatRate-completed-0000000001`
    const { items } = JSON.parse((await send(list)).text)
    await patch(`${saas}/subscriptions/${items[0].id}`, { friendlyName: 'changed' })
    return async () => (await send(list)).text.includes('changed')
  },
  'a cart': async ({ send }) => {
    const body = JSON.stringify({ lineItems: [{ catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM' }] })
    const { id } = JSON.parse((await send(`${noOrders}/carts`, { method: 'POST', body })).text)
    return async () => (await send(`${noOrders}/carts/${id}`)).status
  },
  'an attachment': async ({ url, send }) => {
    const form = new FormData()
    form.set('file', new File(['content'], 'name'))
    await fetch(`${url}${documentedOrder}/attachment`, { method: 'POST', body: form })
    return async () => (await send(`${documentedOrder}/attachments`)).text
  },
  'a deleted customer': async ({ send }) => {
    await send(noOrders, { method: 'DELETE' })
    return async () => (await send(noOrders)).status
  },
  'a pending adjustment': async (_emulator, account) => {
    const customer = '45411344-b09d-47e7-9653-542006bf9766'
    await account.setOrderStatus(customer, '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1', { adjustmentPending: true })
    return async () => (await account.state()).orders?.filter(({ adjustmentPending }) => adjustmentPending).length
  },
  'a clock': async (_emulator, account) => {
    await account.clock.set({ now: '2031-01-01T00:00:00Z', frozen: true })
    return async () => {
      const { now, frozen } = await account.clock.get()
      return frozen || now.startsWith('2031')
    }
  },
  'a fault': async (_emulator, account) => {
    await account.faults.set([{ operation: '*', status: 500, after: 1000 }])
    return () => account.faults.list()
  },
  'a journal': async ({ send }, account) => {
    await send('/v1/products/nothing')
    return async () => (await account.requests.list({ operation: 'getProduct' })).length
  },
  'a throttle': async ({ send }, account) => {
    const { settings } = await account.state()
    t.ok(settings)
    for (let time = 0; time < 300; time++) await send('/v1/products/nothing')
    return async () => (await send('/v1/products/nothing')).status
  },
  'settings from a state document': async (_emulator, account) => {
    await account.putState({ version: 1, settings: { rules: '2022' } })
    return async () => (await account.state()).settings
  },
}

for (const [name, dataDir] of [
  ['in memory', false],
  ['with a data directory', true],
] as const) {
  t.test(`${name}, a reset removes every kind of state`, async (t) => {
    for (const [kind, make] of Object.entries(kinds)) {
      const options = { throttle: 300, ...(dataDir ? { dataDir: t.testdir() } : {}) }
      const emulator = await runEmulator(t, options)
      const untouched = await runEmulator(t, { throttle: 300 })
      const account = await connectEmulator(emulator.url)
      const look = await make(emulator, account, t)
      const changed = JSON.stringify(await look())
      await account.reset()
      const after = JSON.stringify(await look())
      t.not(after, changed, `${kind} is gone`)
      if (kind === 'a cancelled order') t.equal(JSON.parse(after), (await untouched.send(documentedOrder)).text)
    }
  })
}

t.test('a reset applies to one account, and with all=true to every account', async (t) => {
  const { url, patch, send } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  for (const prefix of ['', '/accounts/a', '/accounts/b'])
    await patch(prefix + documentedOrder, { status: 'cancelled' })
  const statuses = async () => {
    const replies = []
    for (const prefix of ['', '/accounts/a', '/accounts/b']) {
      replies.push(JSON.parse((await send(prefix + documentedOrder)).text).status)
    }
    return replies
  }
  await emulator.account('a').reset()
  t.same(await statuses(), ['cancelled', 'completed', 'cancelled'])
  await emulator.resetAll()
  t.same(await statuses(), ['completed', 'completed', 'completed'])
})

for (const [name, inFile] of [
  ['in memory', false],
  ['with a data directory', true],
] as const) {
  t.test(`${name}, readers get complete replies during a reset of three thousand orders`, async (t) => {
    const folder = t.testdir()
    const [first] = readFixtures(builtInFixtures).orders
    const orders = Array.from({ length: 3_000 }, (_, number) => ({
      order: { ...first?.order, id: `order-${number}`, alternateId: `friendly-${number}` },
    }))
    writeFileSync(join(folder, 'orders.json'), JSON.stringify({ orders }))
    const dataDir = join(folder, 'data')
    const { url, send, patch } = await runEmulator(t, { fixtures: folder, ...(inFile ? { dataDir } : {}) })
    const emulator = await connectEmulator(url)
    const path = `/v1/customers/${first?.order.referenceCustomerId}/orders`
    await patch(`${path}/order-2999`, { status: 'cancelled' })

    const reading = fetch(`${url}${path}`).then((reply) => reply.text())
    const readers = Array.from({ length: 20 }, () => send(`${path}/order-2999`))
    await emulator.reset()
    await emulator.reset()
    const { totalCount, items } = JSON.parse(await reading)
    t.equal(totalCount, 3_000)
    t.equal(items.length, 3_000)
    for (const { status } of await Promise.all(readers)) t.equal(status, 200)
    t.match((await send(`${path}/order-2999`)).body, { status: 'completed' })
  })
}
