import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { builtInFixtures, readFixtures } from '../../src/accounts/fixtures.ts'
import { buildEmulator } from '../../src/emulator.ts'
import { readOptions } from '../../src/options.ts'
import { Progress } from '../../src/progress.ts'
import { generateOrders, orderId } from '../generated-orders.ts'
import { documentedOrder, runEmulator } from '../running-emulator.ts'
import { startProcess } from '../running-process.ts'

const [documented] = readFixtures(builtInFixtures).orders
if (documented === undefined) throw new Error('there are built-in orders')
const customer = documented.order.referenceCustomerId

const entry = (id: string, members: object = {}) =>
  JSON.stringify({ order: { ...documented.order, id, alternateId: undefined, ...members } })

t.test('orders are read from lines, and answered as they are', async (t) => {
  const lines = [entry('first'), '', entry('second', { creationDate: '-P10D' }), `${entry('third').slice(0, -1)}, }`]
  const fixtures = t.testdir({ 'orders.ndjson': lines.join('\n') })
  const { send, patch } = await runEmulator(t, { fixtures })
  t.match((await send('/_emulator/health')).body, { orders: 3 })
  t.same((await send(`/v1/customers/${customer}/orders/first`)).body, JSON.parse(entry('first')).order)
  t.equal((await patch(`/v1/customers/${customer}/orders/third`, { status: 'cancelled' })).status, 200)
  t.equal((await send('/_emulator/reset', { method: 'POST' })).status, 204)
  t.match((await send(`/v1/customers/${customer}/orders/third`)).body, { status: 'completed' })
  t.match((await send(`/accounts/another/v1/customers/${customer}/orders/third`)).body, { status: 'completed' })
  t.equal((await send(documentedOrder)).status, 404, 'the lines stand for all orders')
})

t.test('orders from lines are in the data directory when the emulator is ready, and are not read again', async (t) => {
  const folder = t.testdir({ 'orders.ndjson': `${entry('first')}\n`, data: {} })
  const path = `/v1/customers/${customer}/orders/first`
  await t.test('before', async (t) => {
    const { patch } = await runEmulator(t, { fixtures: folder, dataDir: `${folder}/data` })
    t.equal((await patch(path, { status: 'cancelled' })).status, 200)
    t.same(
      readdirSync(`${folder}/data`).filter((name) => !/-(shm|wal)$/.test(name)),
      ['default.sqlite'],
    )
  })
  const { send } = await runEmulator(t, { fixtures: folder, dataDir: `${folder}/data` })
  t.match((await send(path)).body, { status: 'cancelled' })
})

const guid = 'abcdef00-0000-4000-8000-000000000000'

const mistakes: readonly [what: string, files: Record<string, string>, message: RegExp][] = [
  ['a line that is not JSON', { 'orders.ndjson': `${entry('a')}\nnonsense` }, /orders\.ndjson:2 is not JSON/],
  [
    'a line that is no order',
    { 'orders.ndjson': `\n${entry('a', { status: 'done' })}` },
    /orders\.ndjson:2: order\.status: /,
  ],
  [
    'an unknown customer',
    { 'orders.ndjson': entry('a', { referenceCustomerId: '99999999-0000-4000-8000-000000000000' }) },
    /orders\.ndjson:1: the customer 99999999-.* is not in customers\.json/,
  ],
  [
    'an unknown offer',
    { 'orders.ndjson': entry('a', { lineItems: [{ ...documented.order.lineItems[0], offerId: 'X' }] }) },
    /orders\.ndjson:1: the offer X is not in catalog\.json/,
  ],
  [
    'an id twice',
    { 'orders.ndjson': `${entry('a')}\n${entry('b')}\n${entry('a')}` },
    /two orders have an id of order a\n/,
  ],
  [
    'a legacy id twice, in another case',
    { 'orders.ndjson': [guid, guid.toUpperCase()].map((id) => entry(id)).join('\n') },
    new RegExp(`two orders have an id of order ${guid.toUpperCase()}\n`),
  ],
  [
    'an alternateId twice',
    { 'orders.ndjson': ['a', 'b'].map((id) => entry(id, { alternateId: 'c' })).join('\n') },
    /two orders have an id of order b\n/,
  ],
  [
    'an id that is the alternateId of another order',
    { 'orders.ndjson': `${entry('a')}\n${entry('b', { alternateId: 'a' })}` },
    /two orders have the id a, one of them as its alternateId/,
  ],
  [
    'both kinds of files',
    { 'orders.ndjson': entry('a'), 'orders.json': '{ "orders": [] }' },
    /holds both orders\.json/,
  ],
]

t.test('a mistake in a line ends the program with the number of the line', async (t: Test) => {
  for (const [what, files, message] of mistakes) {
    await t.test(what, async (t) => {
      const folder = t.testdir(files)
      const { code, stderr } = await startProcess(t, ['--port', '0', '--fixtures', folder]).finished
      t.equal(code, 1)
      t.match(stderr, message)
      t.equal(stderr.trim().split('\n').length, 1)
    })
  }
})

t.test('a repeated id is found in a data directory as it is in memory, and leaves no database', async (t) => {
  const folder = t.testdir({ 'orders.ndjson': [entry('a'), entry('b'), entry('a')].join('\n'), data: {} })
  const options = ['--port', '0', '--fixtures', folder, '--data-dir', `${folder}/data`]
  const { code, stderr } = await startProcess(t, options).finished
  t.equal(code, 1)
  t.match(stderr, /two orders have an id of order a\n/)
  t.same(readdirSync(`${folder}/data`), [])
})

t.test('orders that are read from lines are found by every index', async (t) => {
  const ids = Array.from({ length: 500 }, (_, number) => `order-${(number * 7919) % 500}`)
  const lines = ids.map((id, number) =>
    entry(id, { alternateId: `also-${id}`, creationDate: `2020-01-01T00:00:00.${String(number).padStart(3, '0')}Z` }),
  )
  const { send } = await runEmulator(t, { fixtures: t.testdir({ 'orders.ndjson': lines.join('\n') }) })
  t.match((await send(`/v1/customers/${customer}/orders/order-77`)).body, { id: 'order-77' })
  t.match((await send(`/v1/customers/${customer}/orders/also-order-78`)).body, { id: 'order-78' })
  t.match((await send(`/v1/customers/${customer}/orders`)).body, { items: ids.toReversed().map((id) => ({ id })) })
})

t.test('a mistake in a line leaves an account as it was', async (t) => {
  const folder = t.testdir({ 'orders.ndjson': 'nonsense' })
  const { send } = await runEmulator(t)
  const refused = await send('/_emulator/accounts/default', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ fixtures: pathToFileURL(folder).pathname }),
  })
  t.equal(refused.status, 400)
  t.match(refused.text, /orders\.ndjson:1 is not JSON/)
  t.equal((await send('/_emulator/reset', { method: 'POST' })).status, 204)
  t.match((await send(documentedOrder)).body, { status: 'completed' })
})

const many = 15_000

t.test('a large file is read as a small one is', async (t) => {
  const folder = generateOrders(t.testdir({}), many)
  // Longer than what is read at once, and not in ASCII.
  const friendlyName = 'ü'.repeat(300_000)
  const [line] = documented.order.lineItems
  appendFileSync(`${folder}/orders.ndjson`, entry('long', { lineItems: [{ ...line, friendlyName }] }))
  const { send } = await runEmulator(t, { fixtures: folder })
  t.match((await send('/_emulator/health')).body, { orders: many + 1 })
  t.match((await send(`/v1/customers/${customer}/orders/long`)).body, { lineItems: [{ friendlyName }] })
  const { body } = await send('/_emulator/state')
  const ids = Array.from({ length: many }, (_, number) => orderId(number))
  t.match(body, { orders: [...ids, 'long'].map((id) => ({ order: { id } })) }, 'in the order of the file')
})

const mistakesInMany: readonly [what: string, lastLines: string, message: RegExp][] = [
  ['a line that is not JSON', 'nonsense', /orders\.ndjson:15001 is not JSON/],
  ['a line that is no order', entry('a', { status: 'done' }), /orders\.ndjson:15001: order\.status: /],
  ['an id twice, far apart', entry(orderId(0)), /two orders have an id of order generated-0+1$/],
  ['an id twice, one after the other', `${entry('a')}\n${entry('a')}`, /two orders have an id of order a$/],
]

t.test('a mistake in a large file is told as one in a small file is', async (t) => {
  const folder = generateOrders(t.testdir({ data: {} }), many)
  const lines = readFileSync(`${folder}/orders.ndjson`)
  for (const dataDir of [undefined, `${folder}/data`]) {
    for (const [what, lastLines, message] of mistakesInMany) {
      writeFileSync(`${folder}/orders.ndjson`, lines)
      appendFileSync(`${folder}/orders.ndjson`, lastLines)
      const where = dataDir === undefined ? 'in memory' : 'with a data directory'
      await t.rejects(
        runEmulator(t, { fixtures: folder, dataDir }),
        { name: 'FixtureError', message },
        `${what}, ${where}`,
      )
    }
  }
  t.same(readdirSync(`${folder}/data`), [])
})

t.test('how many orders have been read is told while they are written into one file', async (t) => {
  const folder = generateOrders(t.testdir({ data: {} }), many)
  const told: number[] = []
  const files = new Set<string>()
  const emulator = buildEmulator(readOptions({ fixtures: folder, 'data-dir': `${folder}/data` }, {}), {
    logger: pino({ level: 'silent' }),
    requestLogLevel: 'debug',
    onProgress(orders) {
      told.push(orders)
      for (const name of readdirSync(`${folder}/data`)) files.add(name)
    },
  })
  await emulator.close()
  t.equal(told.at(-1), many)
  t.ok(told.length > 10)
  t.same(
    told,
    told.toSorted((one, other) => one - other),
  )
  t.same([...files], ['default.sqlite.new'])
})

t.test('progress is one line of a terminal, and nothing elsewhere', (t) => {
  const streams: readonly [isTTY: boolean, written: string[]][] = [
    [true, ['\rone', '\rtwo', '\n']],
    [false, []],
  ]
  for (const [isTTY, written] of streams) {
    const texts: string[] = []
    const progress = new Progress({ isTTY, write: (text) => texts.push(text) })
    progress.show('one')
    progress.show('two')
    progress.end()
    t.same(texts, written)
  }
  t.end()
})
