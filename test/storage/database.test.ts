import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import SQLite from 'better-sqlite3'
import t from 'tap'
import { openDatabase } from '../../src/storage/database.ts'
import { DatabaseError } from '../../src/storage/database-error.ts'
import { type Migration, readMigrations } from '../../src/storage/migrations.ts'
import { packageRoot } from '../../src/version.ts'

const migrations = readMigrations(new URL('migrations/', packageRoot))

t.test('migrations are numbered consecutively', async (t) => {
  t.same(
    migrations.map(({ number }) => number),
    migrations.map((_, index) => index + 1),
  )
})

t.test('a file with a wrong name among the migrations is refused', async (t) => {
  const folder = t.testdir({ '001.create.one-thing.sql': 'CREATE TABLE one_thing (id)' })
  t.throws(() => readMigrations(pathToFileURL(`${folder}/`)), {
    message: /001\.create\.one-thing\.sql is not the name of a migration/,
  })
})

t.test('migrations are applied once, in order, and recorded', async (t) => {
  const file = join(t.testdir(), 'account.sqlite')
  openDatabase(file, migrations.slice(0, 2)).close()
  openDatabase(file, migrations).close()
  const database = openDatabase(file, migrations)
  t.same(
    database.prepare('SELECT number, name FROM migrations').all(),
    migrations.map(({ number, name }) => ({ number, name })),
  )
  t.equal(database.pragma('journal_mode', { simple: true }), 'wal')
  database.close()
})

t.test('migrating an old database records the orders that the system placed', async (t) => {
  const file = join(t.testdir(), 'account.sqlite')
  const before = openDatabase(
    file,
    migrations.filter(({ name }) => name < '009'),
  )
  before.exec("INSERT INTO customers (id, company_name, domain) VALUES ('a', 'A', 'a.example')")
  const insert = before.prepare("INSERT INTO orders (id, customer_id, created_at, document) VALUES (?, 'a', 0, ?)")
  for (const [id, document] of [
    ['of-system', { transactionType: 'systempurchase' }],
    ['of-user', { transactionType: 'UserPurchase' }],
    ['of-nobody', {}],
  ] as const)
    insert.run(id, JSON.stringify(document))
  before.close()
  const database = openDatabase(file, migrations)
  t.same(
    database.prepare('SELECT id FROM orders WHERE order_number IN (SELECT order_number FROM system_purchases)').all(),
    [{ id: 'of-system' }],
  )
  database.close()
})

t.test('a failed migration changes nothing', async (t) => {
  const file = join(t.testdir(), 'account.sqlite')
  const broken: Migration = { number: 2, name: '002.create.half.sql', sql: 'CREATE TABLE half (id); SELECT nonsense;' }
  const [first] = migrations
  t.ok(first)
  t.throws(() => openDatabase(file, [...migrations.slice(0, 1), broken]), DatabaseError)
  const database = new SQLite(file)
  t.same(database.prepare('SELECT number FROM migrations').pluck().all(), [1])
  t.same(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all(), [])
  database.close()
})

t.test('a database of a newer version is refused', async (t) => {
  const file = join(t.testdir(), 'account.sqlite')
  openDatabase(file, migrations).close()
  t.throws(() => openDatabase(file, migrations.slice(0, -1)), {
    name: 'DatabaseError',
    message: /made by a newer version of the emulator .* update the emulator or use another data directory/,
  })
})

t.test('a file that is not a database of the emulator is refused and left unchanged', async (t) => {
  const folder = t.testdir({
    'text.sqlite': 'not a database, but long enough to have the header of one, one would think',
  })
  t.throws(() => openDatabase(join(folder, 'text.sqlite'), migrations), {
    name: 'DatabaseError',
    message: /text\.sqlite/,
  })

  const other = join(folder, 'other.sqlite')
  const database = new SQLite(other)
  database.exec('CREATE TABLE theirs (id)')
  database.close()
  t.throws(() => openDatabase(other, migrations), { name: 'DatabaseError', message: /database of another program/ })

  writeFileSync(join(folder, 'file'), '')
  t.throws(() => openDatabase(join(folder, 'file', 'account.sqlite'), migrations), { name: 'DatabaseError' })
})
