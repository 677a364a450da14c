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

/** The status and code of each outcome in the tables below. */
const outcomes: Readonly<Record<string, readonly [status: number, code?: number]>> = {
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
  { kind: 'sandbox', rules: '2023' },
  { kind: 'production', rules: '2019' },
  { kind: 'production', rules: '2021' },
  { kind: 'production', rules: '2022' },
  { kind: 'production', rules: '2023' },
]

/** The outcome of cancelling a two-day-old order, in each of the columns above. */
const byProduct: Readonly<Record<string, string>> = {
  'azureReservation-completed-000001': 'ok      ok      ok      ok      800019  800019  800019  800019',
  'azureReservation-pending-00000001': 'ok      ok      ok      ok      800019  800019  800019  800019',
  'perpetualSoftware-completed-00001': 'ok      ok      ok      ok      ok      ok      ok      ok',
  'perpetualSoftware-pending-0000001': 'ok      ok      ok      ok      ok      ok      ok      ok',
  'softwareSubscription-completed-01': 'ok      ok      ok      ok      ok      ok      ok      ok',
  'softwareSubscription-pending-0001': 'ok      ok      ok      ok      ok      ok      ok      ok',
  'saasFlatRate-completed-0000000001': 'ok      ok      800077  800077  800019  800019  800077  800077',
  'saasFlatRate-pending-000000000001': 'ok      ok      800077  800077  800019  800019  800077  800077',
  'saasMetered-completed-00000000001': 'ok      ok      800077  800077  800019  800019  800077  800077',
  'saasMetered-pending-0000000000001': 'ok      ok      800077  800077  800019  800019  800077  800077',
  'saasSeatBased-completed-000000001': 'ok      800077  800077  800077  800019  800077  800077  800077',
  'saasSeatBased-pending-00000000001': 'ok      800077  800077  800077  800019  800077  800077  800077',
  'saasTrial-completed-0000000000001': 'ok      ok      800077  800077  800019  800019  800077  800077',
  'saasTrial-pending-000000000000001': 'ok      ok      800077  800077  800019  800019  800077  800077',
  'azurePlan-completed-0000000000001': '800061  800061  800061  800061  800019  800019  800019  800019',
  'azurePlan-pending-000000000000001': '800061  800061  800061  800061  800019  800019  800019  800019',
  '5f9d52bb1401                     ': '800061  800061  800061  800061  800019  800019  800019  800019',
  '5f9d52bb1402                     ': '800061  800061  800061  800061  800019  800019  800019  800019',
  '5f9d52bb1404                     ': '800061  800061  800061  800061  800019  800019  800019  800019',
  '5f9d52bb1405                     ': '800061  800061  800061  800061  800019  800019  800019  800019',
  '5f9d52bb1406                     ': '800061  800061  800061  800061  800019  800019  800019  800019',
  '5f9d52bb1408                     ': '800061  800061  800061  800061  800019  800019  800019  800019',
  '1e9ac000-0000-4000-8000-000000000001': '800063  800063  800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000002': '800063  800063  800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000004': '800063  800063  800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000005': '800063  800063  800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000007': '800063  800063  800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000008': '800063  800063  800063  800063  800063  800063  800063  800063',
  'reservation-and-software-00000001': 'ok      ok      ok      ok      800019  800019  800019  800019',
  // Orders that are already cancelled. The legacy system refuses before it checks the status.
  'azureReservation-cancelled-000001': '800061  800061  800061  800061  800061  800061  800061  800061',
  'perpetualSoftware-cancelled-00001': '800061  800061  800061  800061  800061  800061  800061  800061',
  'softwareSubscription-cancelled-01': '800061  800061  800061  800061  800061  800061  800061  800061',
  'saasFlatRate-cancelled-0000000001': '800061  800061  800061  800061  800061  800061  800061  800061',
  'saasMetered-cancelled-00000000001': '800061  800061  800061  800061  800061  800061  800061  800061',
  'saasSeatBased-cancelled-000000001': '800061  800061  800061  800061  800061  800061  800061  800061',
  'saasTrial-cancelled-0000000000001': '800061  800061  800061  800061  800061  800061  800061  800061',
  'azurePlan-cancelled-0000000000001': '800061  800061  800061  800061  800061  800061  800061  800061',
  '5f9d52bb1403                     ': '800061  800061  800061  800061  800061  800061  800061  800061',
  '5f9d52bb1407                     ': '800061  800061  800061  800061  800061  800061  800061  800061',
  '5f9d52bb1409                     ': '800061  800061  800061  800061  800061  800061  800061  800061',
  '1e9ac000-0000-4000-8000-000000000003': '800063  800063  800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000006': '800063  800063  800063  800063  800063  800063  800063  800063',
  '1e9ac000-0000-4000-8000-000000000009': '800063  800063  800063  800063  800063  800063  800063  800063',
}

/** The outcome of cancelling an order of the age in its id. */
const byAge: Readonly<Record<string, string>> = {
  'perpetualSoftware-20-days-0000001': 'ok      ok      ok      ok      ok      ok      ok      ok',
  'perpetualSoftware-45-days-0000001': 'ok      ok      ok      ok      ok      900117  900117  900117',
  'perpetualSoftware-90-days-0000001': 'ok      900117  900117  900117  900117  900117  900117  900117',
  'softwareSubscription-10-days-0001': 'ok      ok      ok      ok      ok      ok      900117  900117',
  'softwareSubscription-45-days-0001': 'ok      ok      ok      ok      ok      900117  900117  900117',
  'softwareSubscription-90-days-0001': 'ok      900117  900117  900117  900117  900117  900117  900117',
  'azureReservation-45-days-00000001': 'ok      ok      ok      ok      800019  800019  800019  800019',
  'azureReservation-90-days-00000001': 'ok      900117  900117  900117  800019  800019  800019  800019',
  'saasFlatRate-45-days-000000000001': 'ok      ok      800077  800077  800019  800019  800077  800077',
  'saasFlatRate-90-days-000000000001': 'ok      900117  800077  800077  800019  800019  800077  800077',
}

async function checkRow(t: Test, { patch, send }: RunningEmulator, path: string, expected: string | undefined) {
  const [status, code] = outcomes[expected ?? ''] ?? []
  const before = await send(path)
  const reply = await patch(path, { status: 'cancelled' })
  const after = await send(path)
  t.equal(reply.status, status, `${path} gives ${expected}`)
  if (code === undefined) {
    t.match(reply.body, { status: 'cancelled' })
    t.equal(after.text, reply.text)
  } else {
    t.match(reply.body, { code, data: [], source: 'PartnerFD' })
    t.equal(after.text, before.text, 'a refused cancellation changes nothing')
  }
}

for (const [column, { kind, rules }] of columns.entries()) {
  t.test(`a ${kind} account in the ${rules} edition cancels and refuses as documented`, async (t) => {
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

t.test('the table has a row for every product type in the cancellation rules', async (t) => {
  const known = Object.keys(editions['2019'].cancellation.sandbox).length
  const legacyTypes = 3
  const modernIds = new Set(Object.keys(byProduct).filter((id) => id.includes('-completed')))
  t.equal(modernIds.size + legacyTypes + 3, known, 'eight modern types, three of new commerce and three legacy types')
})

t.test(
  'the description of a refusal includes the id of the order, customer or partner, or the number of days',
  async (t) => {
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
  },
)

const order = `${everyProduct}/orders/software-three-lines-000000000001`

/** Refusals that do not depend on the product, each with a request that triggers it. */
const byRequest: readonly [row: string, path: string, body: unknown, status: number, code: number][] = [
  ['a customer id that is not a GUID', '/v1/customers/contoso/orders/x', { status: 'cancelled' }, 400, 900118],
  ['an unknown customer', '/v1/customers/99999999-0000-4000-8000-000000000000/orders/x', {}, 403, 20002],
  ['an unknown order', `${noOrders}/orders/x`, { status: 'cancelled' }, 404, 20000],
  ['an unknown order, even with an invalid body', `${noOrders}/orders/x`, 'no JSON', 404, 20000],
  ['an order of another customer', documentedOrder.replace(/^.*orders/, `${noOrders}/orders`), {}, 404, 20000],
  ['an empty body', order, '', 400, 800002],
  ['a body of only whitespace', order, ' \n', 400, 800002],
  ['a body that is not JSON', order, '{"status": cancelled}', 400, 800002],
  ['a truncated body', order, '{"status": "cancelled"', 400, 800002],
  ['a body that is not an object', order, '["cancelled"]', 400, 800002],
  ['a null body', order, 'null', 400, 800002],
  ['a status that is not a string', order, { status: 3 }, 400, 800002],
  ['an undocumented status', order, { status: 'none' }, 400, 0],
  ['"canceled" with one l', order, { status: 'canceled' }, 400, 0],
  ['the id of another order', order, { id: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1', status: 'cancelled' }, 400, 800002],
  ['a new quantity for a modern line', order, { lineItems: [{ lineItemNumber: 0, quantity: 7 }] }, 403, 800027],
  ['a new billing cycle for a modern order', order, { billingCycle: 'annual' }, 400, 900141],
  ['an undocumented billing cycle', order, { billingCycle: 'weekly' }, 400, 900126],
  ['a line number after the last', order, { status: 'cancelled', lineItems: [{ lineItemNumber: 3 }] }, 400, 800071],
  ['a negative line number', order, { status: 'cancelled', lineItems: [{ lineItemNumber: -1 }] }, 400, 800071],
  ['a line without a number', order, { status: 'cancelled', lineItems: [{ offerId: 'x' }] }, 400, 800002],
  ['a fractional line number', order, { status: 'cancelled', lineItems: [{ lineItemNumber: 0.5 }] }, 400, 800002],
  ['lines that are not an array', order, { status: 'cancelled', lineItems: {} }, 400, 800002],
  [
    'a line with the offer of another line',
    order,
    { status: 'cancelled', lineItems: [{ lineItemNumber: 0, offerId: 'DG7GMGF0DVT7:000C:DG7GMGF0FVZM' }] },
    400,
    800002,
  ],
  [
    'a line that is already cancelled',
    `${everyProduct}/orders/software-partly-cancelled-0000001`,
    { status: 'cancelled', lineItems: [{ lineItemNumber: 0 }] },
    400,
    800061,
  ],
  [
    'an order with a pending change',
    `${everyProduct}/orders/software-adjustment-pending-00001`,
    { status: 'cancelled' },
    409,
    800014,
  ],
]

t.test('an invalid PATCH is refused and changes nothing', async (t) => {
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

t.test('a PATCH without new values leaves the order unchanged', async (t) => {
  const { patch, send } = await runEmulator(t)
  const before = await send(order)
  for (const body of [{}, { status: 'pending' }, { status: 'completed' }, before.body, { billingCycle: 'OneTime' }]) {
    const reply = await patch(order, body)
    t.equal(reply.status, 200)
    t.equal(reply.text, before.text)
  }
  t.equal((await send(order)).text, before.text)
})
