import t from 'tap'
import { documentedOrder, everyProduct, runEmulator, twoLineOrder } from '../../running-emulator.ts'

const first = { 'MS-RequestId': '655890ba-4d2b-4d09-a95f-4ea1348686a5' }
const second = { 'MS-RequestId': 'another' }
const line = (lineItemNumber: number) => ({ status: 'cancelled', lineItems: [{ lineItemNumber }] })

t.test(
  'a repeated MS-RequestId gets the first reply again, whatever its body and whatever changed since',
  async (t) => {
    const { patch } = await runEmulator(t)
    const original = await patch(twoLineOrder, line(0), first)
    await patch(twoLineOrder, line(1), second)
    for (const body of [line(0), line(7), 'no JSON']) {
      const repeated = await patch(twoLineOrder, body, { 'MS-RequestId': first['MS-RequestId'].toUpperCase() })
      t.equal(repeated.status, 200)
      t.equal(repeated.text, original.text)
      t.equal(repeated.headers.get('X-Emulator-Replayed'), 'true')
    }
  },
)

t.test('the same MS-RequestId on another order is not a repeat: the documented examples share one', async (t) => {
  const { patch } = await runEmulator(t)
  t.equal((await patch(documentedOrder, { status: 'cancelled' }, first)).status, 200)
  const other = await patch(twoLineOrder, line(0), first)
  t.equal(other.headers.get('X-Emulator-Replayed'), null)
  t.match(other.body, { id: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1', lineItems: [{ quantity: 0 }, { quantity: 1 }] })
})

t.test('a refusal is not replayed', async (t) => {
  const { patch } = await runEmulator(t)
  t.equal((await patch(twoLineOrder, { status: 'none' }, first)).status, 400)
  t.equal((await patch(twoLineOrder, { status: 'cancelled' }, first)).status, 200)
})

t.test('requests without an MS-RequestId never get a replay', async (t) => {
  const { patch } = await runEmulator(t)
  const path = `${everyProduct}/orders/perpetualSoftware-completed-00001`
  t.equal((await patch(path, { status: 'cancelled' })).status, 200)
  t.equal((await patch(path, { status: 'cancelled' })).status, 400)
})

t.test('a repeated MS-RequestId gets the replay even if the path uses the alternate id of the order', async (t) => {
  const { patch } = await runEmulator(t)
  await patch(documentedOrder, { status: 'cancelled' }, first)
  const byAlternateId = documentedOrder.replace('UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1', '11fc4bdfd47a')
  t.equal((await patch(byAlternateId, { status: 'cancelled' }, first)).headers.get('X-Emulator-Replayed'), 'true')
})
