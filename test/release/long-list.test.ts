import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { builtInFixtures, readFixtures } from '../../src/fixtures/fixtures.ts'
import { startProcess } from '../running-process.ts'

t.test('a list of 100,000 orders is streamed, with a byte order mark if the option is on', async (t) => {
  const folder = t.testdir()
  const [first] = readFixtures(builtInFixtures).orders
  const orders = Array.from({ length: 100_000 }, (_, number) => ({
    order: { ...first?.order, id: `order-${number}`, alternateId: `friendly-${number}` },
  }))
  writeFileSync(join(folder, 'orders.json'), JSON.stringify({ orders }))
  const args = ['--port', '0', '--fixtures', folder, '--data-dir', join(folder, 'data'), '--bom']
  const seeding = startProcess(t, args)
  await seeding.url
  seeding.child.kill()
  await seeding.finished
  const { url } = startProcess(t, args)
  const reply = await fetch(`${await url}/v1/customers/${first?.order.referenceCustomerId}/orders`)
  let length = 0
  let head = ''
  for await (const chunk of reply.body ?? []) {
    if (length === 0) head = Buffer.from(chunk).subarray(0, 24).toString()
    length += chunk.length
  }
  t.equal(head, '\uFEFF{"totalCount":100000,')
  t.ok(length > 80_000_000)
})
