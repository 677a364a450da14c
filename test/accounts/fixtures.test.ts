import { pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import { builtInFixtures, readFixtures } from '../../src/accounts/fixtures.ts'
import { productTypes } from '../../src/model/catalog/schema.ts'
import { OrderStatus } from '../../src/model/orders/schema.ts'
import { everyProduct, runEmulator } from '../running-emulator.ts'

const builtIn = readFixtures(builtInFixtures)
const typeOf = new Map(builtIn.products.map(({ offerId, productType }) => [offerId, productType]))

t.test(
  'the built-in fixtures have an order of every product type in every status it is born, lives and ends in',
  async (t) => {
    for (const type of Object.keys(productTypes)) {
      for (const status of ['completed', 'pending', 'cancelled']) {
        const found = builtIn.orders.some(
          ({ order }) => order.status === status && order.lineItems.some(({ offerId }) => typeOf.get(offerId) === type),
        )
        t.ok(found, `${type}, ${status}`)
      }
    }
    for (const status of OrderStatus.options) {
      t.ok(
        builtIn.orders.some(({ order }) => order.status === status),
        status,
      )
    }
    t.ok(builtIn.products.length >= 45)
    t.ok(builtIn.customers.length >= 5)
  },
)

t.test('modern order ids have 33 characters and end in 1, the others are GUIDs or 12 hexadecimal digits', async (t) => {
  for (const { order } of builtIn.orders) {
    t.match(order.id, /^([A-Za-z0-9_-]{32}1|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12})$/)
  }
})

t.test('every built-in order is answered as it stands in the fixtures', async (t) => {
  const { send } = await runEmulator(t)
  for (const { order } of builtIn.orders) {
    const { text } = await send(`/v1/customers/${order.referenceCustomerId}/orders/${order.id}`)
    const expected = order.creationDate.startsWith('-') ? JSON.parse(text).creationDate : order.creationDate
    t.equal(text, JSON.stringify({ ...order, creationDate: expected }))
  }
})

const customer = { id: 'aaaaaaaa-0000-4000-8000-000000000000', companyName: 'Contoso', domain: 'contoso.com' }
const partnerId = 'bbbbbbbb-0000-4000-8000-000000000000'
const order = {
  id: 'my-order',
  referenceCustomerId: customer.id,
  billingCycle: 'one_time',
  lineItems: [{ lineItemNumber: 0, offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR', quantity: 1 }],
  creationDate: '-P1Y2M10DT4H',
  status: 'completed',
  attributes: { objectType: 'Order' },
}

const customersFile = JSON.stringify({ partnerId, customers: [customer] })
const ordersFile = (change: object = {}) => JSON.stringify({ orders: [{ order: { ...order, ...change } }] })

t.test("a folder of one's own replaces the files it has", async (t) => {
  const fixtures = t.testdir({ 'customers.json': customersFile, 'orders.json': ordersFile() })
  const { send, patch } = await runEmulator(t, { fixtures })
  const path = `/v1/customers/${customer.id}/orders/my-order`
  t.match((await send(path)).body, { id: 'my-order', creationDate: /^\d{4}-\d\d-\d\dT.*Z$/ })
  t.equal((await patch(path, { status: 'cancelled' })).status, 200)
  t.equal((await send(`${everyProduct}/orders/perpetualSoftware-completed-00001`)).status, 403)
  t.match((await send('/_emulator/health')).body, { orders: 1 })
})

/** Folders with a mistake, and what the error says. */
const mistakes: readonly [what: string, files: Record<string, string>, message: RegExp][] = [
  ['no fixtures', { 'readme.txt': '' }, /holds none of catalog\.json, customers\.json, orders\.json/],
  [
    'no JSON',
    { 'customers.json': '{"partnerId": }' },
    /customers\.json is not JSON: ValueExpected at line 1, column 15/,
  ],
  ['a missing member', { 'customers.json': '{}' }, /customers\.json: partnerId: /],
  ['a list', { 'customers.json': '[]' }, /customers\.json: the file: .*expected object/],
  ['an unknown member', { 'customers.json': customersFile.replace('domain', 'domian') }, /customers\[0\].*domain/],
  [
    'a quantity as text',
    {
      'customers.json': customersFile,
      'orders.json': ordersFile({ lineItems: [{ ...order.lineItems[0], quantity: '1' }] }),
    },
    /orders\.json: orders\[0\]\.order\.lineItems\[0\]\.quantity: .*expected number/,
  ],
  [
    'a wrong status',
    { 'customers.json': customersFile, 'orders.json': ordersFile({ status: 'canceled' }) },
    /orders\[0\]\.order\.status/,
  ],
  [
    'a wrong date',
    { 'customers.json': customersFile, 'orders.json': ordersFile({ creationDate: 'P10D' }) },
    /orders\[0\]\.order\.creationDate/,
  ],
  [
    'an unknown customer',
    { 'orders.json': ordersFile() },
    /orders\[0\]\.order \(my-order\): the customer aaaaaaaa-.* is not in customers\.json/,
  ],
  [
    'an unknown offer',
    {
      'customers.json': customersFile,
      'orders.json': ordersFile({ lineItems: [{ ...order.lineItems[0], offerId: 'X' }] }),
    },
    /the offer X is not in catalog\.json/,
  ],
  [
    'an id twice',
    { 'customers.json': customersFile, 'orders.json': JSON.stringify({ orders: [{ order }, { order }] }) },
    /orders\[1\] has the id my-order of orders\[0\]/,
  ],
  [
    'a legacy id twice in different case',
    {
      'customers.json': customersFile,
      'orders.json': JSON.stringify({
        orders: ['A', 'a'].map((letter) => ({
          order: { ...order, id: `${letter}0000000-0000-4000-8000-000000000000` },
        })),
      }),
    },
    /orders\[1\] has the id/,
  ],
  [
    'lines out of order',
    {
      'customers.json': customersFile,
      'orders.json': ordersFile({ lineItems: [{ ...order.lineItems[0], lineItemNumber: 1 }] }),
    },
    /lines are numbered 0, 1, 2/,
  ],
]

t.test('a mistake in fixtures is told with its file and member', async (t: Test) => {
  for (const [what, files, message] of mistakes) {
    await t.test(what, async (t) => {
      const folder = pathToFileURL(`${t.testdir(files)}/`)
      t.throws(() => readFixtures(folder), { name: 'FixtureError', message })
    })
  }
})
