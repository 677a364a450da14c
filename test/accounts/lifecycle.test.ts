import { setTimeout as wait } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { type AccountControl, connectEmulator } from '../../src/control-client.ts'
import { generateOrders } from '../generated-orders.ts'
import { clientOf, documentedOrder, type RunningEmulator, runEmulator } from '../running-emulator.ts'

const cancelled = { status: 'cancelled' }
const customer = 'bd59b416-37f9-4d8f-8df3-5750111fc615'

/** Runs a test in memory and with a data directory. */
function inBothModes(name: string, test: (t: Test, options: { dataDir?: string }) => Promise<void>): void {
  t.test(`${name}, in memory`, (t) => test(t, {}))
  t.test(`${name}, with a data directory`, (t) => test(t, { dataDir: t.testdir() }))
}

/** The ways in which an account ends and another one takes its place. */
const endings: Readonly<Record<string, (account: AccountControl, name: string, url: string) => Promise<unknown>>> = {
  reset: (account) => account.reset(),
  restore: (account) => account.restore(),
  'put state': (account) => account.putState({ version: 1 }),
  delete: async (_account, name, url) => (await connectEmulator(url)).deleteAccount(name),
}

/** An account of a running emulator with a snapshot, and a client for it. */
async function openAccount(t: Test, { url }: RunningEmulator, name: string) {
  const account = (await connectEmulator(url)).account(name)
  await account.snapshot()
  return { account, client: clientOf(t, account.url) }
}

inBothModes('a request that is under way when its account ends is refused and changes nothing', async (t, options) => {
  const emulator = await runEmulator(t, options)
  for (const [name, end] of Object.entries(endings)) {
    const { account, client } = await openAccount(t, emulator, name.replace(' ', '-'))
    await account.faults.set([{ operation: 'patchOrder', delay: 'PT0.3S' }])
    const late = client.patch(documentedOrder, cancelled)
    await wait(50)
    await end(account, name.replace(' ', '-'), emulator.url)
    const { status, body, headers } = await late
    t.equal(status, 409, name)
    t.match(body, { statusCode: 409, message: /was reset, restored or deleted/ }, name)
    t.match(headers.get('X-Emulator-Hint'), /again/, name)
    t.match((await client.send(documentedOrder)).body, { status: 'completed' }, name)
  }
})

inBothModes('the end of an account releases the requests that a fault holds', async (t, options) => {
  const emulator = await runEmulator(t, options)
  for (const [name, end] of Object.entries(endings)) {
    const { account, client } = await openAccount(t, emulator, `held-${name.replace(' ', '-')}`)
    await account.faults.set([{ operation: 'getOrder', delay: 'released' }])
    const held = client.send(documentedOrder)
    await wait(50)
    await end(account, `held-${name.replace(' ', '-')}`, emulator.url)
    t.equal((await held).status, 409, name)
  }
})

t.test('deleting the faults releases the requests that they hold or delay, and the requests go on', async (t) => {
  const { url, send } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  for (const delay of ['released', 'PT1H']) {
    await emulator.faults.set([{ operation: 'getOrder', delay }])
    const held = send(documentedOrder)
    await wait(50)
    await emulator.faults.clear()
    t.equal((await held).status, 200, delay)
  }
})

inBothModes(
  'settings, uploads, changes and deletions in parallel end no process and give no 500',
  async (t, options) => {
    const { url } = await runEmulator(t, options)
    const statuses = new Set<number>()
    const note = async (reply: Promise<Response>) => {
      const { status, body } = await reply
      await body?.cancel()
      statuses.add(status)
    }
    const upload = () => {
      const body = new FormData()
      body.set('file', new File(['x'.repeat(10_000)], 'name'))
      return fetch(`${url}/accounts/x${documentedOrder}/attachment`, { method: 'POST', body })
    }
    const change = () =>
      fetch(`${url}/accounts/x${documentedOrder}`, { method: 'PATCH', body: JSON.stringify(cancelled) })
    const headers = { 'Content-Type': 'application/json' }
    const configure = () =>
      fetch(`${url}/_emulator/accounts/x`, { method: 'PUT', headers, body: JSON.stringify({ bom: false }) })
    const remove = () => fetch(`${url}/_emulator/accounts/x`, { method: 'DELETE' })
    for (const end = Date.now() + 500; Date.now() < end; )
      await Promise.all([upload, change, upload, configure, change, remove].map((send) => note(send())))
    t.notOk(
      [...statuses].some((status) => status >= 500),
      [...statuses].join(),
    )
  },
)

inBothModes('event streams go on after a reset, and end when their account is deleted', async (t, options) => {
  const { url } = await runEmulator(t, options)
  const emulator = await connectEmulator(url)
  const account = emulator.account('streamed')
  const response = await fetch(`${account.url}/_emulator/requests/stream`)
  const events = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  await account.reset()
  await clientOf(t, account.url).send(documentedOrder)
  let text = ''
  while (!text.includes('"getOrder"')) text += (await events?.read())?.value ?? ''
  await emulator.deleteAccount('streamed')
  for (let part = await events?.read(); part?.done === false; part = await events?.read()) text += part.value
  t.match(text, /event: ended\ndata: \{"reason":"the account was deleted"\}/)
})

inBothModes('a long list is sent completely although its account is deleted meanwhile', async (t, options) => {
  const count = 5000
  const { url } = await runEmulator(t, { ...options, fixtures: generateOrders(t.testdir(), count) })
  const emulator = await connectEmulator(url)
  const list = await fetch(`${emulator.account('listed').url}/v1/customers/${customer}/orders`)
  await emulator.deleteAccount('listed')
  const { totalCount, items }: { totalCount: number; items: unknown[] } = JSON.parse(await list.text())
  t.equal(totalCount, count)
  t.equal(items.filter((item) => item !== null).length, count)
})

t.test('restoring a snapshot keeps the journal, and a reset empties it', async (t) => {
  const { url, send } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  await emulator.snapshot()
  await send(documentedOrder)
  await emulator.restore()
  t.equal((await emulator.requests.list()).length, 1)
  await emulator.reset()
  t.equal((await emulator.requests.list()).length, 0)
})

t.test('a reset frees the memory of the earlier account', async (t) => {
  const { url } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  const memory = () => process.memoryUsage.rss() / 1024 / 1024
  for (let count = 0; count < 100; count++) await emulator.reset()
  const before = memory()
  for (let count = 0; count < 400; count++) await emulator.reset()
  // Four hundred databases that stay open hold 130 MiB.
  t.ok(memory() - before < 60, `${Math.round(memory() - before)} MiB`)
})
