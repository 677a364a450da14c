import type { Test } from 'tap'
import { connectEmulator } from '../src/control-client.ts'
import { clientOf, documentedOrder, runEmulator } from './running-emulator.ts'

const cancelled = { status: 'cancelled' }

/** Runs workers in parallel on one emulator, each with its own account. A worker must see only its own changes. */
export async function workersOfOnePort(t: Test, workers: number, rounds: number): Promise<void> {
  const { url } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  const work = async (worker: number) => {
    const account = emulator.account(`worker-${worker}`)
    const { send, patch } = clientOf(t, account.url)
    for (let round = 0; round < rounds; round++) {
      const headers = { 'MS-RequestId': `worker-${worker}-${round}` }
      const first = await send(documentedOrder)
      const one = await patch(documentedOrder, cancelled, headers)
      const again = await patch(documentedOrder, cancelled)
      if (!first.text.includes('"completed"') || one.status !== 200 || again.status !== 400)
        return `orders in round ${round}`
      await account.faults.set([{ operation: 'getOrder', status: 503, times: 1 }])
      if ((await send(documentedOrder)).status !== 503) return 'fault'
      if ((await send(documentedOrder)).status !== 200) return "another worker's fault"
      const { now } = await account.clock.set({ now: `20${10 + worker}-01-01T00:00:00Z`, frozen: true })
      if ((await account.clock.get()).now !== now || !now.startsWith(`20${10 + worker}`)) return 'clock'
      const { count } = await account.requests.verify({ match: {}, count: 5 })
      if (count !== 5) return 'journal'
      await account.reset()
    }
    return 'its own'
  }
  const seen = await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)))
  t.same(new Set(seen), new Set(['its own']))
}
