import { customerId, generateOrders } from '../../test/generated-orders.ts'
import { memoryOf, start } from './processes.ts'
import { newFolder, type Programs } from './programs.ts'

/** Figures of accounts with many orders. */
export interface LargeAccounts {
  /** The fastest of nine resets of 10,000 orders, in milliseconds. */
  resetInMemory: number
  resetInFile: number
  /** The peak memory growth of a process while it sends a list of 100,000 orders, relative to the sent bytes. */
  listMemory: number
}

export async function largeAccounts(programs: Programs): Promise<LargeAccounts> {
  const orders = generateOrders(newFolder('orders-'), 10_000)
  return {
    resetInMemory: await fastestReset(programs, '--fixtures', orders),
    resetInFile: await fastestReset(programs, '--fixtures', orders, '--data-dir', newFolder('data-')),
    listMemory: await memoryOfList(programs),
  }
}

async function fastestReset(programs: Programs, ...options: string[]): Promise<number> {
  const { url, stop } = await start(programs.emulator(...options))
  const times: number[] = []
  for (let round = 0; round < 9; round++) {
    const begin = performance.now()
    await fetch(`${url}/_emulator/reset`, { method: 'POST' })
    times.push(performance.now() - begin)
  }
  await stop()
  return Math.min(...times)
}

async function memoryOfList(programs: Programs): Promise<number> {
  const fixtures = generateOrders(newFolder('orders-'), 100_000)
  const program = programs.emulator('--fixtures', fixtures, '--data-dir', newFolder('data-'))
  // The seeding process still holds memory for the fixtures, so another process sends the list.
  await (await start(program)).stop()
  const { url, pid, stop } = await start(program)
  const before = memoryOf(pid)
  const { body } = await fetch(`${url}/v1/customers/${customerId}/orders`)
  let highest = before
  let sent = 0
  for await (const chunk of body ?? []) {
    sent += chunk.length
    highest = Math.max(highest, memoryOf(pid))
  }
  await stop()
  return ((highest - before) * 1024 * 1024) / sent
}
