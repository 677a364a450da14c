import { existsSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { documentedOrder, runEmulator } from '../running-emulator.ts'
import { startProcess } from '../running-process.ts'

const cancelled = { status: 'cancelled' }

t.test('a second process on a data directory ends with one line', async (t) => {
  const dataDir = t.testdir()
  await startProcess(t, ['--port', '0', '--data-dir', dataDir]).url
  const { code, stderr } = await startProcess(t, ['--port', '0', '--data-dir', dataDir]).finished
  t.equal(code, 1)
  t.match(
    stderr,
    /^partner-center-emulator: .+ is in use by another emulator; stop it or choose another data directory\n$/,
  )
})

t.test('a data directory is free again after kill -9', async (t) => {
  const dataDir = t.testdir()
  const first = startProcess(t, ['--port', '0', '--data-dir', dataDir])
  await first.url
  first.child.kill('SIGKILL')
  await first.finished
  t.ok(await startProcess(t, ['--port', '0', '--data-dir', dataDir]).url)
})

t.test('a start removes what a killed process left unfinished, and skips a torn snapshot with a warning', async (t) => {
  const dataDir = t.testdir({
    'default.sqlite.new': 'half a database',
    'default@half.snapshot.new': 'half a snapshot',
    'default@torn.snapshot': 'torn',
  })
  const { child, url, finished } = startProcess(t, ['--port', '0', '--data-dir', dataDir])
  t.equal((await fetch(`${await url}/_emulator/health`)).status, 200)
  t.same(await (await fetch(`${await url}/_emulator/snapshots`)).json(), [])
  child.kill('SIGTERM')
  t.match((await finished).stdout, /default@torn\.snapshot is not a complete snapshot and is skipped/)
  t.same(
    readdirSync(dataDir).filter((name) => name.endsWith('.new')),
    [],
  )
})

t.test('a start that fails leaves the data directory free', async (t) => {
  const dataDir = t.testdir({ 'default@one.snapshot.new': {} })
  await t.rejects(runEmulator(t, { dataDir }), { name: 'DatabaseError' })
  rmdirSync(join(dataDir, 'default@one.snapshot.new'))
  const { send } = await runEmulator(t, { dataDir })
  t.equal((await send(documentedOrder)).status, 200)
})

t.test('a new database does not take over the write-ahead log of an earlier one', async (t) => {
  const dataDir = t.testdir()
  const file = join(dataDir, 'default.sqlite')
  writeFileSync(`${file}-wal`, 'the log of another database')
  writeFileSync(`${file}-shm`, 'its index')
  const { patch } = await runEmulator(t, { dataDir })
  t.match((await patch(documentedOrder, cancelled)).body, cancelled)
  const reader = new SQLite(file, { readonly: true })
  t.equal(reader.pragma('integrity_check', { simple: true }), 'ok')
  reader.close()
})

t.test('fixtures that are not read, because the data directory has an account, give a warning', async (t) => {
  const dataDir = t.testdir({ data: {}, mine: { 'customers.json': '{}' } })
  const args = ['--port', '0', '--data-dir', join(dataDir, 'data')]
  const first = startProcess(t, args)
  await first.url
  first.child.kill('SIGTERM')
  await first.finished
  const second = startProcess(t, [...args, '--fixtures', join(dataDir, 'mine')])
  await second.url
  second.child.kill('SIGTERM')
  t.match((await second.finished).stdout, /already holds an account, so the fixtures in .+ are not read/)
})

t.test(
  'a change that cannot be written is an unexpected error, and the health route says so until one succeeds',
  async (t) => {
    const dataDir = t.testdir()
    const { patch, send } = await runEmulator(t, { dataDir })
    const database = new SQLite(join(dataDir, 'default.sqlite'))
    t.teardown(() => database.close())
    database.exec(`CREATE TABLE broken (id TEXT REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER breaks AFTER UPDATE ON orders BEGIN INSERT INTO broken VALUES ('nobody'); END`)
    t.match(await patch(documentedOrder, cancelled), { status: 500, body: { code: 800003 } })
    const failing = await send('/_emulator/health')
    t.match(failing, { status: 503, body: { status: 'failing', problem: String } })
    database.exec('DROP TRIGGER breaks')
    t.equal((await patch(documentedOrder, cancelled)).status, 200)
    t.match(await send('/_emulator/health'), { status: 200, body: { status: 'ready' } })
  },
)

t.test('a replay is committed with the change that it belongs to', async (t) => {
  const dataDir = t.testdir()
  const { patch } = await runEmulator(t, { dataDir })
  await patch(documentedOrder, cancelled, { 'MS-RequestId': 'committed' })
  const reader = new SQLite(join(dataDir, 'default.sqlite'), { readonly: true })
  t.equal(reader.prepare('SELECT request_id FROM answers').pluck().get(), 'committed')
  reader.close()
})

t.test('a snapshot is complete in its file when its reply comes, and the file goes with it', async (t) => {
  const dataDir = t.testdir()
  const { url } = await runEmulator(t, { dataDir })
  const emulator = await connectEmulator(url)
  await emulator.snapshot('kept')
  t.ok(existsSync(join(dataDir, 'default@kept.snapshot')))
  t.notOk(existsSync(join(dataDir, 'default@kept.snapshot.new')))
  await fetch(`${url}/_emulator/snapshots/kept`, { method: 'DELETE' })
  t.notOk(existsSync(join(dataDir, 'default@kept.snapshot')))
})
