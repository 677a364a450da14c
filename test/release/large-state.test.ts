import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { generateOrders } from '../generated-orders.ts'
import { runEmulator } from '../running-emulator.ts'

t.test('a state of several megabytes that was downloaded goes back in, and one over 64 MiB is refused', async (t) => {
  const { url } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  const accounts = [
    ['large', 5000],
    ['too-large', 100_000],
  ] as const
  for (const [name, count] of accounts)
    await emulator.configure(name, { fixtures: generateOrders(t.testdir({}), count) })
  const large = emulator.account('large')
  const state = await large.state()
  t.ok(JSON.stringify(state).length > 3_000_000)
  await large.reset()
  t.same((await large.putState(state)).orders?.length, 5000)
  await t.rejects(emulator.account('too-large').state(), { status: 507, message: /larger than 64 MiB/ })
})
