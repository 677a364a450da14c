import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { pino } from 'pino'
import t from 'tap'
import { buildEmulator } from '../../src/emulator.ts'
import { readOptions } from '../../src/options.ts'
import { GroupCommit } from '../../src/storage/group-commit.ts'
import { clientOf, documentedOrder, everyProduct, runEmulator, twoLineOrder } from '../running-emulator.ts'

const cancelled = { status: 'cancelled' }
const statusOf = (file: string, id: string) => {
  const reader = new SQLite(file, { readonly: true })
  const status = reader.prepare("SELECT document ->> 'status' FROM orders WHERE id = ?").pluck().get(id)
  reader.close()
  return status
}

t.test('with a data directory, a cancellation is in the file before its reply is sent', async (t) => {
  const dataDir = t.testdir()
  const { patch } = await runEmulator(t, { dataDir })
  const file = join(dataDir, 'default.sqlite')
  const ids = ['UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1', '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1']
  t.same(
    ids.map((id) => statusOf(file, id)),
    ['completed', 'completed'],
  )
  await Promise.all(
    [documentedOrder, twoLineOrder].map(async (order, at) => {
      t.equal((await patch(order, cancelled)).status, 200)
      t.equal(statusOf(file, ids[at] ?? ''), 'cancelled')
    }),
  )
})

t.test('refused and repeated requests do not disturb other requests of the same commit', async (t) => {
  const { patch, send } = await runEmulator(t, { dataDir: t.testdir() })
  const repeated = { 'MS-RequestId': 'repeated' }
  const refused = `${everyProduct}/orders/azurePlan-completed-00000000000001`
  const replies = await Promise.all([
    patch(documentedOrder, cancelled, repeated),
    patch(refused, cancelled),
    patch(documentedOrder, cancelled, repeated),
    patch(twoLineOrder, { status: 'none' }),
    patch(twoLineOrder, cancelled),
    send(twoLineOrder),
  ])
  t.same(
    replies.map(({ status }) => status),
    [200, (await patch(refused, cancelled)).status, 200, 400, 200, 200],
  )
  t.equal(replies[1]?.status, (await patch(refused, cancelled)).status)
  t.match((await send(documentedOrder)).body, cancelled)
  t.match((await send(twoLineOrder)).body, cancelled)
})

t.test('a reset undoes uncommitted changes', async (t) => {
  const { patch, send } = await runEmulator(t, { dataDir: t.testdir() })
  const cancelling = patch(documentedOrder, cancelled)
  const resetting = send('/_emulator/reset', { method: 'POST' })
  t.equal((await cancelling).status, 200)
  t.equal((await resetting).status, 204)
  await send('/_emulator/reset', { method: 'POST' })
  t.match((await send(documentedOrder)).body, { status: 'completed' })
})

t.test('replays are flushed to the file when the emulator is idle, not only when it ends', async (t) => {
  const dataDir = t.testdir()
  const { patch } = await runEmulator(t, { dataDir })
  await patch(documentedOrder, cancelled, { 'MS-RequestId': 'Remembered' })
  const reader = new SQLite(join(dataDir, 'default.sqlite'), { readonly: true })
  t.teardown(() => reader.close())
  const replies = reader.prepare('SELECT request_id, status FROM answers')
  for (let tries = 0; tries < 200 && replies.all().length === 0; tries++) await sleep(10)
  t.same(replies.all(), [{ request_id: 'remembered', status: 200 }])
})

t.test('a cancellation with a failed commit is an error and changes nothing', async (t) => {
  const defaults = readOptions({}, {})
  const logger = pino({ level: 'silent' })
  const dataDir = t.testdir()
  const emulator = buildEmulator({ ...defaults, port: 0, dataDir }, { logger, requestLogLevel: 'debug' })
  t.teardown(() => emulator.close())
  await emulator.listen()
  const { patch, send } = clientOf(t, emulator.url())
  const database = new SQLite(join(dataDir, 'default.sqlite'))
  t.teardown(() => database.close())
  database.exec(`CREATE TABLE broken (id TEXT REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER breaks AFTER UPDATE ON orders BEGIN INSERT INTO broken VALUES ('nobody'); END`)
  const repeated = { 'MS-RequestId': 'repeated' }
  const failed = await patch(documentedOrder, cancelled, repeated)
  t.equal(failed.status, 500)
  t.match(failed.body, { code: 800003 })
  t.match((await send(documentedOrder)).body, { status: 'completed' })

  database.exec('DROP TRIGGER breaks')
  const again = await patch(documentedOrder, cancelled, repeated)
  t.equal(again.status, 200)
  t.equal(again.headers.get('X-Emulator-Replayed'), null)
})

t.test('a failed commit reports its error to every waiting reply and keeps nothing', async (t) => {
  const database = new SQLite(join(t.testdir(), 'account.sqlite'))
  t.teardown(() => database.close())
  database.exec(`CREATE TABLE customers (id TEXT PRIMARY KEY);
    CREATE TABLE orders (customer_id TEXT REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED)`)
  let rolledBack = 0
  const group = new GroupCommit(database, () => {
    rolledBack += 1
  })
  const outcome = () => new Promise<Error | undefined>((resolve) => group.whenCommitted(resolve))
  t.equal(await outcome(), undefined, 'without a change there is nothing to wait for')

  group.run(() => database.exec("INSERT INTO orders VALUES ('nobody')"))
  const [first, second] = await Promise.all([outcome(), outcome()])
  t.match(first, { code: 'SQLITE_CONSTRAINT_FOREIGNKEY' })
  t.equal(second, first)
  t.equal(rolledBack, 1)
  t.equal(database.inTransaction, false)
  t.equal(database.prepare('SELECT count(*) FROM orders').pluck().get(), 0)

  group.run(() => database.exec("INSERT INTO customers VALUES ('somebody')"))
  t.equal(await outcome(), undefined)
  t.equal(database.prepare('SELECT count(*) FROM customers').pluck().get(), 1)
  t.equal(rolledBack, 1)
})
