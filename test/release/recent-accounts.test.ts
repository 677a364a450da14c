import { readdirSync, readlinkSync } from 'node:fs'
import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { clientOf, documentedOrder, noOrders, runEmulator, seededOrders } from '../running-emulator.ts'

const cancelled = { status: 'cancelled' }

/** More accounts than have an open database at the same time. */
const names = Array.from({ length: 80 }, (_, number) => `account-${number}`)

for (const mode of ['in memory', 'with a data directory'])
  t.test(
    `accounts that were not used for long keep their state, their replays and their pending orders, ${mode}`,
    async (t) => {
      const dataDir = mode === 'in memory' ? {} : { dataDir: t.testdir() }
      const { url } = await runEmulator(t, { ...dataDir, fulfilmentDelay: 'PT1H' })
      const emulator = await connectEmulator(url)
      const body = JSON.stringify({ lineItems: [{ offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR' }] })
      const placed = new Map<string, string>()
      for (const name of names) {
        const { patch, send } = clientOf(t, emulator.account(name).url)
        await patch(documentedOrder, cancelled, { 'MS-RequestId': name })
        const order: { id: string } = JSON.parse((await send(`${noOrders}/orders`, { method: 'POST', body })).text)
        placed.set(name, order.id)
      }
      for (const { orders } of (await emulator.accounts()).filter(({ name }) => names.includes(name)))
        t.equal(orders, seededOrders + 1)
      for (const name of names) {
        const account = emulator.account(name)
        const { patch, send } = clientOf(t, account.url)
        const replay = await patch(documentedOrder, { status: 'none' }, { 'MS-RequestId': name })
        t.equal(replay.headers.get('X-Emulator-Replayed'), 'true', name)
        t.match((await send(documentedOrder)).body, cancelled, name)
        await account.clock.set({ advance: 'PT2H' })
        t.match((await send(`${noOrders}/orders/${placed.get(name)}`)).body, { status: 'completed' }, name)
      }
    },
  )

t.test('with a data directory, few accounts hold file descriptors', async (t) => {
  const dataDir = t.testdir()
  const { url } = await runEmulator(t, { dataDir })
  const emulator = await connectEmulator(url)
  for (const name of names) await clientOf(t, emulator.account(name).url).send(documentedOrder)
  const open = readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).endsWith('.sqlite')
    } catch {
      return false
    }
  })
  t.ok(open.length <= 66, `${open.length}`)
})
