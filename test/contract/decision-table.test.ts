import t, { type Test } from 'tap'
import { type AccountKind, type EditionName, editions } from '../../src/model/editions.ts'
import {
  documentedOrder,
  everyAge,
  everyProduct,
  noOrders,
  type RunningEmulator,
  runEmulator,
} from '../running-emulator.ts'

/** Status and code of each documented refusal, as the tables below name them. */
const replies: Readonly<Record<string, readonly [status: number, code?: number]>> = {
  ok: [200],
  '800019': [403, 800019],
  '800061': [400, 800061],
  '800063': [400, 800063],
  '800077': [403, 800077],
  '900117': [400, 900117],
}

interface Column {
  kind: AccountKind
  rules: EditionName
}

const columns: readonly Column[] = [
  { kind: 'sandbox', rules: '2019' },
  { kind: 'sandbox', rules: '2021' },
  { kind: 'sandbox', rules: '2022' },
  { kind: 'production', rules: '2019' },
  { kind: 'production', rules: '2021' },
  { kind: 'production', rules: '2022' },
]

/** What cancelling an order of two days ago answers, in the columns above. */
const byProduct: Readonly<Record<string, string>> = {
  'azureReservation-completed-000001': 'ok      ok      ok      800019  800019  800019',
  'azureReservation-pending-00000001': 'ok      ok      ok      800019  800019  800019',
  'perpetualSoftware-completed-00001': 'ok      ok      ok      ok      ok      ok',
  'perpetualSoftware-pending-0000001': 'ok      ok      ok      ok      ok      ok',
  'softwareSubscription-completed-01': 'ok      ok      ok      ok      ok      ok',
  'softwareSubscription-pending-0001': 'ok      ok      ok      ok      ok      ok',
  'saasFlatRate-completed-0000000001': 'ok      ok      800077  800019  800019  800077',
  'saasFlatRate-pending-000000000001': 'ok      ok      800077  800019  800019  800077',
  'saasMetered-completed-00000000001': 'ok      ok      800077  800019  800019  800077',
  'saasMetered-pending-0000000000001': 'ok      ok      800077  800019  800019  800077',
  'saasSeatBased-completed-000000001': 'ok      800077  800077  800019  800077  800077',
  'saasSeatBased-pending-00000000001': 'ok      800077  800077  800019  800077  800077',
  'saasTrial-completed-0000000000001': 'ok      ok      800077  800019  800019  800077',
  'saasTrial-pending-000000000000001': 'ok      ok      800077  800019  800019  800077',
  'azurePlan-completed-0000000000001': '800061  800061  800061  800019  800019  800019',
  'azurePlan-pending-000000000000001': '800061  800061  800061  800019  800019  800019',
  '5f9d52bb1401                     ': '800061  800061  800061  800019  800019  800019',
  '5f9d52bb1402                     ': '800061  800061  800061  800019  800019  800019',
  '1e9ac000-0000-4000-8000-000000000001': '800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000002': '800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000004': '800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000005': '800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000007': '800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000008': '800063  800063  800063  800063  800063  800063',
  'reservation-and-software-00000001': 'ok      ok      ok      800019  800019  800019',
  // Cancelled before; the legacy system refuses before it looks at the state.
  'azureReservation-cancelled-000001': '800061  800061  800061  800061  800061  800061',
  'perpetualSoftware-cancelled-00001': '800061  800061  800061  800061  800061  800061',
  'softwareSubscription-cancelled-01': '800061  800061  800061  800061  800061  800061',
  'saasFlatRate-cancelled-0000000001': '800061  800061  800061  800061  800061  800061',
  'saasMetered-cancelled-00000000001': '800061  800061  800061  800061  800061  800061',
  'saasSeatBased-cancelled-000000001': '800061  800061  800061  800061  800061  800061',
  'saasTrial-cancelled-0000000000001': '800061  800061  800061  800061  800061  800061',
  'azurePlan-cancelled-0000000000001': '800061  800061  800061  800061  800061  800061',
  '5f9d52bb1403                     ': '800061  800061  800061  800061  800061  800061',
  '1e9ac000-0000-4000-8000-000000000003': '800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000006': '800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000009': '800063  800063  800063  800063  800063  800063',
}

/** What cancelling an order of the age in its id answers. */
const byAge: Readonly<Record<string, string>> = {
  'perpetualSoftware-20-days-0000001': 'ok      ok      ok      ok      ok      ok',
  'perpetualSoftware-45-days-0000001': 'ok      ok      ok      ok      900117  900117',
  'perpetualSoftware-90-days-0000001': 'ok      900117  900117  900117  900117  900117',
  'softwareSubscription-10-days-0001': 'ok      ok      ok      ok      ok      900117',
  'softwareSubscription-45-days-0001': 'ok      ok      ok      ok      900117  900117',
  'softwareSubscription-90-days-0001': 'ok      900117  900117  900117  900117  900117',
  'azureReservation-45-days-00000001': 'ok      ok      ok      800019  800019  800019',
  'azureReservation-90-days-00000001': 'ok      900117  900117  800019  800019  800019',
  'saasFlatRate-45-days-000000000001': 'ok      ok      800077  800019  800019  800077',
  'saasFlatRate-90-days-000000000001': 'ok      900117  800077  800019  800019  800077',
}

async function checkRow(t: Test, { patch, send }: RunningEmulator, path: string, expected: string | undefined) {
  const [status, code] = replies[expected ?? ''] ?? []
  const before = await send(path)
  const reply = await patch(path, { status: 'cancelled' })
  const after = await send(path)
  t.equal(reply.status, status, `${path} answers ${expected}`)
  if (code === undefined) {
    t.match(reply.body, { status: 'cancelled' })
    t.equal(after.text, reply.text)
  } else {
    t.match(reply.body, { code, data: [], source: 'PartnerFD' })
    t.equal(after.text, before.text, 'a refused cancellation changes nothing')
  }
}

for (const [column, { kind, rules }] of columns.entries()) {
  t.test(`a ${kind} account under the rules of ${rules} cancels what is documented`, async (t) => {
    const emulator = await runEmulator(t, { account: kind, rules })
    for (const [customer, rows] of [
      [everyProduct, byProduct],
      [everyAge, byAge],
    ] as const) {
      for (const [id, cells] of Object.entries(rows)) {
        await checkRow(t, emulator, `${customer}/orders/${id.trim()}`, cells.split(/ +/)[column])
      }
    }
  })
}

t.test('the table above has a row for every product type that the rules know', async (t) => {
  const known = Object.keys(editions['2019'].cancellation.sandbox).length
  const legacyTypes = 3
  const modernIds = new Set(Object.keys(byProduct).filter((id) => id.includes('-completed')))
  t.equal(modernIds.size + legacyTypes + 1, known, 'eight modern ids by name, new commerce, three legacy types')
})

t.test('the texts of refusals name the order, the customer, the partner and the days', async (t) => {
  const { patch } = await runEmulator(t, { account: 'production', rules: '2022' })
  const legacy = '1e9ac000-0000-4000-8000-000000000001'
  t.match((await patch(`${everyProduct}/orders/${legacy}`, { status: 'cancelled' })).body, {
    description: `This order ${legacy} cannot be cancelled. Use PATCH /customers/10000000-0000-4000-8000-000000000001/subscriptions/<subscriptionId> to suspend subscriptions`,
  })
  t.match((await patch(`${everyAge}/orders/softwareSubscription-10-days-0001`, { status: 'cancelled' })).body, {
    description: 'You have passed your 7-day cancellation window. We are unable to cancel your purchase',
  })
  const stranger = '99999999-0000-4000-8000-000000000000'
  t.match((await patch(`/v1/customers/${stranger}/orders/x`, { status: 'cancelled' })).body, {
    description: `The partner id 9e0c1f4a-5a0b-4b1e-9d3a-6f7c2d8e4b10 has no commerce relationship with the customer id ${stranger}.`,
  })
})

const order = `${everyProduct}/orders/software-three-lines-000000000001`

/** The rows of the decision table that do not depend on the product, with the request that meets each. */
const byRequest: readonly [row: string, path: string, body: unknown, status: number, code: number][] = [
  ['a customer id that is no GUID', '/v1/customers/contoso/orders/x', { status: 'cancelled' }, 400, 900118],
  ['a customer of nobody', '/v1/customers/99999999-0000-4000-8000-000000000000/orders/x', {}, 403, 20002],
  ['an unknown order', `${noOrders}/orders/x`, { status: 'cancelled' }, 404, 20000],
  ['an unknown order, before the body is read', `${noOrders}/orders/x`, 'no JSON', 404, 20000],
  ['an order of another customer', documentedOrder.replace(/^.*orders/, `${noOrders}/orders`), {}, 404, 20000],
  ['an empty body', order, '', 400, 800002],
  ['a body of white space', order, ' \n', 400, 800002],
  ['a body that is no JSON', order, '{"status": cancelled}', 400, 800002],
  ['a body that ends early', order, '{"status": "cancelled"', 400, 800002],
  ['a body that is no object', order, '["cancelled"]', 400, 800002],
  ['a null body', order, 'null', 400, 800002],
  ['a status that is no text', order, { status: 3 }, 400, 800002],
  ['a status of no order', order, { status: 'none' }, 400, 0],
  ['one l in cancelled', order, { status: 'canceled' }, 400, 0],
  ['the id of another order', order, { id: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1', status: 'cancelled' }, 400, 800002],
  ['a quantity of a modern line', order, { lineItems: [{ lineItemNumber: 0, quantity: 7 }] }, 403, 800027],
  ['a billing cycle of a modern order', order, { billingCycle: 'annual' }, 400, 900141],
  ['a billing cycle of no order', order, { billingCycle: 'weekly' }, 400, 900126],
  ['a line behind the last', order, { status: 'cancelled', lineItems: [{ lineItemNumber: 3 }] }, 400, 800071],
  ['a line before the first', order, { status: 'cancelled', lineItems: [{ lineItemNumber: -1 }] }, 400, 800071],
  ['a line without a number', order, { status: 'cancelled', lineItems: [{ offerId: 'x' }] }, 400, 800002],
  ['half a line', order, { status: 'cancelled', lineItems: [{ lineItemNumber: 0.5 }] }, 400, 800002],
  ['lines that are no list', order, { status: 'cancelled', lineItems: {} }, 400, 800002],
  [
    'a line with the offer of another',
    order,
    { status: 'cancelled', lineItems: [{ lineItemNumber: 0, offerId: 'DG7GMGF0DVT7:000C:DG7GMGF0FVZM' }] },
    400,
    800002,
  ],
  [
    'a line that is cancelled already',
    `${everyProduct}/orders/software-partly-cancelled-0000001`,
    { status: 'cancelled', lineItems: [{ lineItemNumber: 0 }] },
    400,
    800061,
  ],
  [
    'an order with an earlier change still running',
    `${everyProduct}/orders/software-adjustment-pending-00001`,
    { status: 'cancelled' },
    409,
    800014,
  ],
]

t.test('requests that cannot be carried out are refused and change nothing', async (t) => {
  const { patch, send } = await runEmulator(t)
  for (const [row, path, body, status, code] of byRequest) {
    const before = await send(path)
    const reply = await patch(path, body)
    t.equal(reply.status, status, row)
    t.match(reply.body, { code, description: String, source: 'PartnerFD' }, row)
    t.equal((await send(path)).text, before.text, `${row} changes nothing`)
  }
})

t.test('an order in any other documented status can be cancelled', async (t) => {
  const { patch } = await runEmulator(t)
  const ids = [
    'software-unknown-0000000000000001',
    'software-pending-po-upload-000001',
    'software-po-upload-complete-00001',
    'software-partial-success-00000001',
    'software-po-review-rejected-00001',
    'software-suspended-00000000000001',
    'software-pending-review-000000001',
    'software-error-000000000000000001',
  ]
  for (const id of ids) {
    const { status, body } = await patch(`${everyProduct}/orders/${id}`, { status: 'cancelled' })
    t.equal(status, 200, id)
    t.match(body, { status: 'cancelled' })
  }
})

t.test('a PATCH that asks for nothing new leaves the order as it is', async (t) => {
  const { patch, send } = await runEmulator(t)
  const before = await send(order)
  for (const body of [{}, { status: 'pending' }, { status: 'completed' }, before.body, { billingCycle: 'OneTime' }]) {
    const reply = await patch(order, body)
    t.equal(reply.status, 200)
    t.equal(reply.text, before.text)
  }
  t.equal((await send(order)).text, before.text)
})
