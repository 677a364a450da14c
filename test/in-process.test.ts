import { createServer } from 'node:http'
import { setImmediate as nextIteration } from 'node:timers/promises'
import t from 'tap'
import {
  connectEmulator,
  createEmulator,
  DatabaseError,
  EmulatorError,
  FixtureError,
  OptionError,
  VerificationError,
} from '../src/index.ts'
import { documentedOrder } from './running-emulator.ts'

/** The number of servers that this process has open. */
function openServers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length
}

async function takenPort(t: { teardown: (end: () => void) => void }): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.teardown(() => server.close())
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

t.test('createEmulator that throws leaves nothing listening', async (t) => {
  const port = await takenPort(t)
  const before = openServers()
  await t.rejects(createEmulator({ clock: { now: 'yesterday' } }), { name: 'EmulatorError', status: 400 })
  await t.rejects(createEmulator({ clock: { advance: 'P1X' } }), EmulatorError)
  await t.rejects(createEmulator({ port }), { code: 'EADDRINUSE' })
  // Node closes a server in the iteration after the error.
  await nextIteration()
  t.equal(openServers(), before)
  const emulator = await createEmulator({ clock: { now: '2030-01-01T00:00:00Z', frozen: true } })
  t.match(await emulator.clock.get(), { now: '2030-01-01T00:00:00.000Z', frozen: true })
  await emulator.close()
})

t.test('createEmulator refuses an unknown option, and names the nearest', async (t) => {
  for (const [name, nearest] of [
    ['rulez', 'rules'],
    ['data-dir', 'dataDir'],
    ['clocks', 'clock'],
  ] as const) {
    const refused = { name: 'OptionError', message: `'${name}' is not an option; the nearest is ${nearest}` }
    await t.rejects(createEmulator(Object.fromEntries([[name, 'x']])), refused)
  }
})

t.test('createEmulator throws the error classes that the package exports', async (t) => {
  const folder = t.testdir({ 'orders.json': '[' })
  await t.rejects(createEmulator({ rules: '2000' }), OptionError)
  await t.rejects(createEmulator({ fixtures: folder }), FixtureError)
  await t.rejects(createEmulator({ dataDir: 'package.json' }), DatabaseError)
  await using emulator = await createEmulator()
  await t.rejects(emulator.requests.verify({ match: {}, count: 7 }), VerificationError)
})

t.test('an account with a bad name is refused before a request', async (t) => {
  await using emulator = await createEmulator()
  for (const name of ['w x', '', 'a/b', '../x', 'ä', 'x'.repeat(65)]) {
    t.throws(() => emulator.account(name), { name: 'EmulatorError', status: 400, hint: /1 to 64/ }, name)
    await t.rejects(emulator.configure(name, {}), { name: 'EmulatorError' }, name)
  }
  await t.rejects(emulator.deleteAccount('../reset'), { name: 'EmulatorError', status: 400 })
  t.same(
    (await emulator.accounts()).map(({ name }) => name),
    ['default'],
  )
})

t.test('after close every method says that the emulator is closed', async (t) => {
  const emulator = await createEmulator()
  const worker = emulator.account('worker')
  await Promise.all([emulator.close(), emulator.close()])
  await emulator.close()
  const match = { operation: 'getOrder' }
  const calls: readonly (() => unknown)[] = [
    () => emulator.inject({ path: documentedOrder }),
    () => emulator.account('other'),
    () => emulator.accounts(),
    () => emulator.configure('worker', {}),
    () => emulator.deleteAccount('worker'),
    () => emulator.resetAll(),
    ...[emulator, worker].flatMap((account) => [
      () => account.reset(),
      () => account.state(),
      () => account.putState({ version: 1 }),
      () => account.snapshot(),
      () => account.restore(),
      () => account.setOrderStatus('customer', 'order', { status: 'completed' }),
      () => account.clock.get(),
      () => account.clock.set({ frozen: true }),
      () => account.faults.list(),
      () => account.faults.set([]),
      () => account.faults.clear(),
      () => account.requests.list(),
      () => account.requests.verify({ match, never: true }),
      () => account.requests.clear(),
    ]),
  ]
  for (const call of calls) {
    const closed = { name: 'EmulatorError', message: /^The emulator is closed\./ }
    await t.rejects(async () => call(), closed, String(call))
  }
})

t.test('connectEmulator to something that is not a ready emulator throws EmulatorError', async (t) => {
  const web = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1')
  await new Promise((resolve) => web.once('listening', resolve))
  t.teardown(() => web.close())
  const address = web.address()
  const port = typeof address === 'object' ? address?.port : 0
  const unreachable = { name: 'EmulatorError', status: 0, message: /^http:\/\/127\.0\.0\.1:1 cannot be reached: / }
  await t.rejects(connectEmulator('http://127.0.0.1:1'), unreachable)
  await t.rejects(connectEmulator('nonsense'), { name: 'EmulatorError', status: 0 })
  await t.rejects(connectEmulator(`http://127.0.0.1:${port}`), { name: 'EmulatorError', message: /is not ready/ })
})

t.test('a connected client throws EmulatorError when the emulator has ended', async (t) => {
  const emulator = await createEmulator()
  const client = await connectEmulator(emulator.url)
  await emulator.close()
  await t.rejects(client.reset(), { name: 'EmulatorError', status: 0 })
  t.throws(() => client.account('w x'), EmulatorError)
})
