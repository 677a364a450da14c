import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { clientOf, documentedOrder, everyAge, runEmulator, seededOrders } from '../running-emulator.ts'
import { workersOfOnePort } from '../workers-of-one-port.ts'

const cancelled = { status: 'cancelled' }

t.test('a path prefix or a header selects an account, and other accounts do not see its changes', async (t) => {
  const { send, patch, url } = await runEmulator(t)
  t.match((await patch(`/accounts/worker-1${documentedOrder}`, cancelled)).body, cancelled)
  t.match((await send(documentedOrder)).body, { status: 'completed' })
  t.match((await send(documentedOrder, { headers: { 'X-Emulator-Account': 'worker-1' } })).body, cancelled)
  t.match(
    (await clientOf(t, `${url}/accounts/worker-1`).send(documentedOrder)).body,
    cancelled,
    'the prefix is part of a base URL',
  )
  t.match(
    (await send(`//Accounts/worker-1//v1${documentedOrder.slice(3)}`)).body,
    cancelled,
    'in any case and with repeated slashes',
  )
  const both = { 'X-Emulator-Account': 'worker-2' }
  t.match((await send(`/accounts/worker-1${documentedOrder}`, { headers: both })).body, cancelled, 'the path wins')
})

t.test('an invalid account name is refused with a clear body', async (t) => {
  const { send } = await runEmulator(t)
  for (const name of ['a b', 'ä', 'x'.repeat(65), '%2F']) {
    const reply = await send(`/accounts/${encodeURIComponent(name)}/v1/customers`)
    t.equal(reply.status, 400, name)
    t.match(reply.body, { error: /is no name of an account/, hint: String })
  }
})

// test/release/isolation.test.ts runs twenty rounds.
t.test('fifty workers on one port see only their own accounts', (t) => workersOfOnePort(t, 50, 1))

t.test('an account has its own settings: a reset keeps them, a deletion removes them', async (t) => {
  const { url } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  const made = await emulator.configure('strict', {
    kind: 'production',
    rules: '2022',
    throttle: 500,
    fulfilmentDelay: 'manual',
  })
  t.match(made, {
    name: 'strict',
    orders: seededOrders,
    settings: {
      kind: 'production',
      rules: '2022',
      auth: 'optional',
      throttle: 500,
      fulfilmentDelay: 'manual',
      idSeed: null,
    },
  })
  const { patch, send } = clientOf(t, `${url}/accounts/strict`)
  const old = `${everyAge}/orders/softwareSubscription-10-days-0001`
  t.match((await patch(old, cancelled)).body, { code: 900117 })
  await emulator.configure('strict', { rules: '2019' })
  t.equal((await patch(old, cancelled)).status, 200, 'a change of settings takes effect and keeps the orders')
  await emulator.account('strict').reset()
  t.match((await send(old)).body, { status: 'completed' })
  t.match((await send('/_emulator/health')).body, { account: 'production', rules: '2019' })
  await emulator.deleteAccount('strict')
  t.match((await send('/_emulator/health')).body, { account: 'sandbox' })
})

t.test('an account can have its own fixtures, and fixtures with a mistake change nothing', async (t) => {
  const { url } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  const folder = t.testdir({ good: { 'orders.json': '{"orders": []}' }, bad: { 'orders.json': '{"orders": 1}' } })
  t.match(await emulator.configure('empty', { fixtures: `${folder}/good` }), { orders: 0 })
  await t.rejects(emulator.configure('empty', { fixtures: `${folder}/bad` }), {
    status: 400,
    message: /orders\.json: orders: /,
  })
  t.match(await emulator.accounts(), [
    { name: 'default', orders: seededOrders },
    { name: 'empty', orders: 0 },
  ])
})

t.test('invalid settings are refused and change nothing', async (t) => {
  const { send } = await runEmulator(t)
  const put = (body: string) =>
    send('/_emulator/accounts/default', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body })
  for (const body of [
    '{"kind": "trial"}',
    '{"throttle": 0}',
    '{"throttle": 10000000}',
    '{"speed": 1}',
    '[]',
    'no JSON',
    '{"fulfilmentDelay": "soon"}',
  ]) {
    const reply = await put(body)
    t.equal(reply.status, 400, body)
    t.match(reply.body, { error: String, hint: String }, body)
  }
  t.match((await send('/_emulator/accounts/default')).body, { settings: { kind: 'sandbox' } })
  t.equal((await send('/_emulator/accounts/nobody')).status, 404)
})
