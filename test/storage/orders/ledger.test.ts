import t from 'tap'
import { builtInFixtures, readFixtures } from '../../../src/fixtures/fixtures.ts'
import type { Order } from '../../../src/model/orders/schema.ts'
import { withStatus } from '../../../src/storage/orders/ledger.ts'

const [documented] = readFixtures(builtInFixtures).orders
if (documented === undefined) throw new Error('the built-in fixtures have no orders')
const { order } = documented
const [line] = order.lineItems
if (line === undefined) throw new Error('the order has no lines')

const orders: readonly [what: string, order: Order][] = [
  ['the documented order', order],
  ['an order with its status in a name', { ...order, lineItems: [{ ...line, friendlyName: '"status":"completed"' }] }],
  ['an order with another member of that name', { ...order, client: { status: 'completed' } }],
  ['an order with another member of that name and another value', { ...order, client: { status: 'done' } }],
  ['an order in another script', { ...order, lineItems: [{ ...line, friendlyName: 'Büro 365 用户' }] }],
  ['an order with replacement patterns in a name', { ...order, lineItems: [{ ...line, friendlyName: "$& $' $1" }] }],
]

t.test('replacing the status in a document gives the same text as writing the whole document', async (t) => {
  for (const [what, before] of orders) {
    for (const status of ['cancelled', 'pending', before.status] as const) {
      const after = { ...before, status }
      t.equal(withStatus(JSON.stringify(before), before, after), JSON.stringify(after), `${what}, ${status}`)
    }
  }
})
