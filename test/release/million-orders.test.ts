import t from 'tap'
import { customerId, generateOrders, orderId } from '../generated-orders.ts'
import { clientOf } from '../running-emulator.ts'
import { startProcess } from '../running-process.ts'

const million = 1_000_000

t.test('a file of a million orders is loaded, in memory and into a data directory', { timeout: 300_000 }, async (t) => {
  const folder = t.testdir({ fixtures: {} })
  const fixtures = generateOrders(`${folder}/fixtures`, million)
  for (const more of [[], ['--data-dir', `${folder}/data`]]) {
    const { url, child, finished } = startProcess(t, ['--port', '0', '--fixtures', fixtures, ...more])
    const { send, patch } = clientOf(t, await url)
    t.match((await send('/_emulator/health')).body, { orders: million })
    for (const number of [0, million / 2, million - 1]) {
      const path = `/v1/customers/${customerId}/orders/${orderId(number)}`
      t.match((await send(path)).body, { id: orderId(number), status: 'completed' })
      t.equal((await patch(path, { status: 'cancelled' })).status, 200)
      t.match((await send(path)).body, { status: 'cancelled' })
    }
    child.kill()
    t.equal((await finished).code, 0)
  }
})
