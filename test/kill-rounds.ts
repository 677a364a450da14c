import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Test } from 'tap'
import { customerId, generateOrders, orderId } from './generated-orders.ts'
import { type Process, startProcess } from './running-process.ts'

const cancelledEachRound = 1000
const atOnce = 16

const pathOf = (number: number) => `/v1/customers/${customerId}/orders/${orderId(number)}`

/** Cancels orders until the emulator is gone. Returns the numbers of the orders whose cancellation got a reply. */
async function cancelUntilGone(url: string, from: number): Promise<number[]> {
  const confirmed: number[] = []
  let next = from
  const work = async () => {
    while (next < from + cancelledEachRound) {
      const number = next++
      const reply = await fetch(url + pathOf(number), { method: 'PATCH', body: '{"status": "cancelled"}' })
      if (reply.status === 200 && (await reply.text()) !== '') confirmed.push(number)
    }
  }
  // A broken connection ends its worker.
  await Promise.all(Array.from({ length: atOnce }, () => work().catch(() => undefined)))
  return confirmed
}

async function statusOf(url: string, number: number): Promise<unknown> {
  const order: unknown = await (await fetch(url + pathOf(number))).json()
  return typeof order === 'object' && order !== null && 'status' in order ? order.status : undefined
}

/**
 * In each round, kills an emulator while it cancels orders, and restarts it: no confirmed cancellation may be lost.
 * `latest`: each kill comes at a random moment, at most this many milliseconds after the first cancellation.
 */
export async function killRounds(t: Test, rounds: number, latest: number): Promise<void> {
  const folder = t.testdir({ fixtures: {} })
  const fixtures = generateOrders(`${folder}/fixtures`, rounds * cancelledEachRound)
  const start = (): Process => startProcess(t, ['--port', '0', '--fixtures', fixtures, '--data-dir', `${folder}/data`])
  let interrupted = 0
  let running = start()
  for (let round = 0; round < rounds; round++) {
    const cancelling = cancelUntilGone(await running.url, round * cancelledEachRound)
    const moment = Math.random() * latest
    await wait(moment)
    running.child.kill('SIGKILL')
    await once(running.child, 'exit')
    const confirmed = await cancelling
    if (confirmed.length < cancelledEachRound) interrupted += 1

    running = start()
    const url = await running.url
    const statuses = await Promise.all(confirmed.map((number) => statusOf(url, number)))
    const kept = statuses.filter((status) => status === 'cancelled').length
    t.equal(kept, confirmed.length, `round ${round}: killed after ${Math.round(moment)} ms`)
  }
  t.ok(interrupted > rounds / 4, 'the kills came while orders were being cancelled')
}
