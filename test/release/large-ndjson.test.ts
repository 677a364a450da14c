import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { pino } from 'pino'
import t from 'tap'
import { buildEmulator } from '../../src/emulator.ts'
import { readOptions } from '../../src/options.ts'
import { customer, databasesIn, documented, entry } from '../fixtures/ndjson/lines.ts'
import { generateOrders, orderId } from '../generated-orders.ts'
import { runEmulator } from '../running-emulator.ts'

const many = 15_000

t.test('a large file is read like a small one', async (t) => {
  const folder = generateOrders(t.testdir({}), many)
  // Longer than one read of the file, and not ASCII.
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
  ['a line that is not an order', entry('a', { status: 'done' }), /orders\.ndjson:15001: order\.status: /],
  ['a repeated id, far apart', entry(orderId(0)), /two orders have an id of order generated-0+1$/],
  ['a repeated id, in consecutive lines', `${entry('a')}\n${entry('a')}`, /two orders have an id of order a$/],
]

t.test('a mistake in a large file gets the same error as in a small one', async (t) => {
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
  t.same(databasesIn(folder), [])
})

t.test('the number of orders read is reported while they are written into one file', async (t) => {
  const folder = generateOrders(t.testdir({ data: {} }), many)
  const reported: number[] = []
  const files = new Set<string>()
  const emulator = buildEmulator(readOptions({ fixtures: folder, 'data-dir': `${folder}/data` }, {}), {
    logger: pino({ level: 'silent' }),
    requestLogLevel: 'debug',
    onProgress(orders) {
      reported.push(orders)
      for (const name of databasesIn(folder)) files.add(name)
    },
  })
  await emulator.close()
  t.equal(reported.at(-1), many)
  t.ok(reported.length > 10)
  t.same(
    reported,
    reported.toSorted((one, other) => one - other),
  )
  t.same([...files], ['default.sqlite.new'])
})
