import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { documentedOrder, everyAge, runEmulator, twoLineOrder } from '../running-emulator.ts'

const requestId = { 'MS-RequestId': '655890ba-4d2b-4d09-a95f-4ea1348686a5' }

t.test('with a data directory, orders and replays survive a restart', async (t) => {
  const dataDir = t.testdir()
  let order = ''
  await t.test('before', async (t) => {
    const { patch, send } = await runEmulator(t, { dataDir })
    await patch(documentedOrder, { status: 'cancelled' }, requestId)
    order = (await send(`${everyAge}/orders/perpetualSoftware-20-days-0000001`)).text
  })
  const { patch, send } = await runEmulator(t, { dataDir })
  t.match((await send(documentedOrder)).body, { status: 'cancelled' })
  t.match((await send(twoLineOrder)).body, { status: 'completed' })
  t.equal((await send(`${everyAge}/orders/perpetualSoftware-20-days-0000001`)).text, order, 'dates stay as seeded')
  const repeated = await patch(documentedOrder, { status: 'cancelled' }, requestId)
  t.equal(repeated.headers.get('X-Emulator-Replayed'), 'true')
})

t.test('a request id that is used again after a day gets a new replay', async (t) => {
  const dataDir = t.testdir()
  await t.test('before', async (t) => {
    const { url, patch } = await runEmulator(t, { dataDir })
    const emulator = await connectEmulator(url)
    t.equal((await patch(documentedOrder, { status: 'cancelled' }, requestId)).status, 200)
    t.match(await emulator.snapshot('first'), { name: 'first' })
    await emulator.clock.set({ advance: 'P2D' })
    const [, , , customerId = '', , orderId = ''] = documentedOrder.split('/')
    t.match(await emulator.setOrderStatus(customerId, orderId, { status: 'completed' }), { status: 'completed' })
    const again = await patch(documentedOrder, { status: 'cancelled' }, requestId)
    t.equal(again.status, 200)
    t.equal(again.headers.get('X-Emulator-Replayed'), null)
    t.match(await emulator.snapshot('second'), { name: 'second' })
  })
  const { url, patch } = await runEmulator(t, { dataDir })
  const emulator = await connectEmulator(url)
  await emulator.clock.set({ advance: 'P2D' })
  const repeated = await patch(documentedOrder, { status: 'cancelled' }, requestId)
  t.equal(repeated.headers.get('X-Emulator-Replayed'), 'true')
})

t.test('the edition and the account kind come from the options of each start', async (t) => {
  const dataDir = t.testdir()
  const path = `${everyAge}/orders/azureReservation-90-days-00000001`
  await t.test('production', async (t) => {
    const { patch } = await runEmulator(t, { dataDir, account: 'production' })
    t.match((await patch(path, { status: 'cancelled' })).body, { code: 800019 })
  })
  const { patch } = await runEmulator(t, { dataDir })
  t.equal((await patch(path, { status: 'cancelled' })).status, 200)
})

t.test('without a data directory, every start has fresh orders', async (t) => {
  await t.test('before', async (t) => {
    const { patch } = await runEmulator(t)
    await patch(documentedOrder, { status: 'cancelled' })
  })
  const { send } = await runEmulator(t)
  t.match((await send(documentedOrder)).body, { status: 'completed' })
})

t.test('given fixtures are checked even if the orders of the account are already in a file', async (t) => {
  const dataDir = t.testdir()
  const wrong = `${dataDir}/no-fixtures`
  await t.test('before', async (t) => {
    const { send } = await runEmulator(t, { dataDir })
    t.equal((await send(`/accounts/kept${documentedOrder}`)).status, 200)
  })
  const { send } = await runEmulator(t, { dataDir })
  const refused = await send('/_emulator/accounts/kept', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ fixtures: wrong }),
  })
  t.equal(refused.status, 400)
  t.match(refused.text, /no-fixtures/)
})
