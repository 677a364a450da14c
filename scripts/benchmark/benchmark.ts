import { rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { Progress } from '../../src/cli/progress.ts'
import { customerId, generateOrders, orderId } from '../../test/generated-orders.ts'
import { extents } from './extents.ts'
import { type LargeAccounts, largeAccounts } from './large-accounts.ts'
import type { Load } from './load.ts'
import { Client, emptyStart, memoryOf, type Program, pathOf, type Result, type Server, start } from './processes.ts'
import { newFolder, orderPath, Programs, removeFolders } from './programs.ts'
import { budgetMarkdown, figuresMarkdown, type Growth, names, type Rate, type Report } from './report.ts'

/**
 * Measures a release of the emulator, a bare node:http handler, a bare Fastify and a peer in alternating rounds, prints the
 * report and writes results.json. With --quick, it runs one round without the peer and writes nothing.
 * Usage: benchmark.ts [--quick]
 */
const quick = process.argv.includes('--quick')

const extent = extents[quick ? 'quick' : 'whole']

/** Each round of cancellations alternates between the servers, since the speed of a machine varies from second to second. */
const slicesPerRound = 4

const generated = `/v1/customers/${customerId}/orders/{order}`
const reading: Load = {
  method: 'GET',
  path: orderPath,
  first: 0,
  orders: 1,
  seconds: extent.seconds,
  requests: 1e9,
  connections: 32,
  uncounted: 3000,
  status: 200,
}

/** The first round is the warm-up. */
const loadOf = (load: Load, round: number) => (round === 0 ? { ...load, seconds: extent.warmUpSeconds } : load)

const progress = new Progress(process.stderr)
const step = (text: string) => progress.show(text.padEnd(60))

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

step(quick ? 'installing a release' : 'installing a release and the peer')
const programs = new Programs(!quick)
const client = new Client()

/** Starts a server, uses it and stops it. */
async function withServer<Value>(program: Program, use: (server: Server) => Promise<Value>): Promise<Value> {
  const server = await start(program)
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}

/** The medians of results. The ratio compares each result with that of the bare handler in the same round. */
function rateOf(results: readonly Result[], yardstick?: readonly Result[]): Rate {
  const medianOf = (key: 'requestsPerSecond' | 'processor' | 'p50' | 'p99') =>
    median(results.map((result) => result[key]))
  const ratios = results.map(
    (result, round) => result.requestsPerSecond / (yardstick?.[round]?.requestsPerSecond ?? Number.NaN),
  )
  const rate = {
    requestsPerSecond: medianOf('requestsPerSecond'),
    processor: medianOf('processor'),
    p50: medianOf('p50'),
    p99: medianOf('p99'),
  }
  return yardstick === undefined ? rate : { ...rate, ratio: median(ratios) }
}

/** A load, the program that gets it, and the bare handler to compare with. */
interface Comparison {
  name: string
  program: Program
  load: Load
  yardstick?: Program
}

async function bodyOf(path: string, ...options: string[]): Promise<string> {
  return withServer(programs.emulator(...options), async ({ url }) => (await fetch(url + path)).text())
}

/** The documentation's order, as the emulator sends it. */
const orderBody = await bodyOf(orderPath)

async function reads(): Promise<Comparison[]> {
  const list = '/v1/customers/10000000-0000-4000-8000-000000000001/orders'
  const missing = `${orderPath}x`
  const paths = [
    { name: names.get, path: orderPath, status: 200, uncounted: 3000 },
    { name: names.list, path: list, status: 200, uncounted: 100 },
    { name: names.notFound, path: missing, status: 404, uncounted: 1000 },
  ]
  const comparisons: Comparison[] = []
  for (const { name, path, status, uncounted } of paths) {
    const load = { ...reading, path, status, uncounted }
    const yardstick = programs.bare(status, await bodyOf(path))
    comparisons.push({ name, program: programs.emulator(), load, yardstick })
  }
  comparisons.push({ name: names.bareFastify, program: programs.fastify(orderBody), load: reading })
  for (const { name, program } of programs.peers(orderBody))
    comparisons.push({ name: `GET, ${name}`, program, load: { ...reading, path: program.path, uncounted: 500 } })
  return comparisons
}

async function rates(): Promise<Record<string, Rate>> {
  const comparisons = await reads()
  const running: {
    name: string
    server: Server
    load: Load
    results: Result[]
    bare?: Result[]
  }[] = []
  for (const { name, program, load, yardstick } of comparisons) {
    const bareResults: Result[] = []
    if (yardstick !== undefined)
      running.push({ name: `bare: ${name}`, server: await start(yardstick), load, results: bareResults })
    const compared = yardstick === undefined ? {} : { bare: bareResults }
    running.push({ name, server: await start(program), load, results: [], ...compared })
  }
  for (let round = 0; round <= extent.rounds; round++) {
    for (const { name, server, load, results } of running) {
      step(`round ${round} of ${extent.rounds}: ${name}`)
      const result = await client.measure(server, loadOf(load, round))
      if (round > 0) results.push(result)
    }
  }
  await Promise.all(running.map(({ server }) => server.stop()))
  const yardstick = running.find(({ name }) => name === names.get)?.bare
  const measured = running
    .filter(({ name }) => !name.startsWith('bare: '))
    .map(({ name, results, bare }) => {
      const comparable = bare ?? (name === names.bareFastify ? yardstick : undefined)
      return [name, rateOf(results, comparable)] as const
    })
  return Object.fromEntries([...measured, ...(await cancellations())])
}

/** The results of one slice of a round of cancellations. */
interface CancellationSlice {
  bare: Result
  inMemory: Result[]
  inFile: Result[]
}

/** Cancels different orders, which each round resets first: SQLite skips an update without a change. */
async function cancellations(): Promise<[string, Rate][]> {
  step('generating orders to cancel')
  const orders = generateOrders(newFolder('orders-'), extent.cancelledEachRound)
  const startAll = (options: () => string[]) =>
    Promise.all(
      Array.from({ length: extent.cancelling }, () => start(programs.emulator('--fixtures', orders, ...options()))),
    )
  const inMemory = await startAll(() => [])
  const inFile = await startAll(() => ['--data-dir', newFolder('data-')])
  const uncancelled = await bodyOf(generated.replace('{order}', orderId(0)), '--fixtures', orders)
  const bare = await start(programs.bare(200, uncancelled.replace('completed', 'cancelled')))

  const slices: CancellationSlice[] = []
  for (let round = 1 - extent.cancellationWarmUps; round <= extent.cancellationRounds; round++) {
    for (const { url } of [...inMemory, ...inFile]) await fetch(`${url}/_emulator/reset`, { method: 'POST' })
    for (let slice = 0; slice < slicesPerRound; slice++) {
      step(`round ${Math.max(round, 0)} of ${extent.cancellationRounds}: PATCH, slice ${slice + 1}`)
      const measured = await cancelSlice(bare, inMemory, inFile, slice)
      if (round > 0) slices.push(measured)
    }
  }
  await Promise.all([bare, ...inMemory, ...inFile].map((server) => server.stop()))
  const rateIn = (where: 'inMemory' | 'inFile') =>
    rateOf(
      slices.flatMap((slice) => slice[where]),
      slices.flatMap((slice) => slice[where].map(() => slice.bare)),
    )
  return [
    [names.patchInMemory, rateIn('inMemory')],
    [names.patchInFile, rateIn('inFile')],
  ]
}

async function cancelSlice(
  bare: Server,
  inMemory: readonly Server[],
  inFile: readonly Server[],
  slice: number,
): Promise<CancellationSlice> {
  const { cancelledEachRound: orders } = extent
  const cancelled = orders / slicesPerRound
  const load: Load = { ...reading, method: 'PATCH', path: generated, orders, first: slice * cancelled, seconds: 60 }
  const measure = (server: Server, counted: number) =>
    client.measure(server, { ...load, uncounted: 500, requests: 500 + counted })
  const measureAll = async (servers: readonly Server[]) => {
    const results: Result[] = []
    for (const server of servers) results.push(await measure(server, cancelled))
    return results
  }
  // The bare handler is faster and can repeat orders, so more requests make its load about as long.
  const bareResult = await measure(bare, 3 * cancelled)
  return { bare: bareResult, inMemory: await measureAll(inMemory), inFile: await measureAll(inFile) }
}

/** `usualStart`: milliseconds of a start with the built-in orders, which are subtracted from the loading times. */
async function growth(usualStart: number): Promise<Growth[]> {
  const servers: { orders: number; server: Server }[] = []
  for (const orders of extent.growth) {
    step(`${orders} orders: generating and loading`)
    const folder = generateOrders(newFolder('orders-'), orders)
    // Two threads read a large file.
    const program: Program = { ...programs.emulator('--fixtures', folder), ownCore: 'once ready' }
    servers.push({ orders, server: await start(program) })
    rmSync(folder, { recursive: true })
  }
  const results = new Map<number, Result[]>(extent.growth.map((orders) => [orders, []]))
  for (let round = 0; round <= extent.rounds; round++) {
    for (const { orders, server } of servers) {
      step(`round ${round} of ${extent.rounds}: GET any of ${orders} orders`)
      // The stride shares no factor with the number of orders, so that consecutive requests name distant orders.
      const load = { ...reading, path: generated, orders, stride: 7919 }
      const result = await client.measure(server, loadOf(load, round))
      if (round > 0) results.get(orders)?.push(result)
    }
  }
  await Promise.all(servers.map(({ server }) => server.stop()))
  return servers.map(({ orders, server }) => ({
    orders,
    rate: rateOf(results.get(orders) ?? []),
    loading: (server.started - usualStart) / 1000,
  }))
}

/** The medians of the starts of each program, which alternate. */
async function starts(): Promise<Record<string, number>> {
  const started: readonly { name: string; program: Program }[] = [
    { name: names.emulator, program: { ...programs.emulator(), path: orderPath } },
    { name: names.fastify, program: programs.fastify(orderBody) },
    ...programs.peers(orderBody),
  ]
  const times = new Map<string, number[]>(
    [names.emptyNode, ...started.map(({ name }) => name)].map((name) => [name, []]),
  )
  for (let round = 0; round < extent.starts; round++) {
    step(`start ${round + 1} of ${extent.starts}`)
    times.get(names.emptyNode)?.push(await emptyStart())
    for (const { name, program } of started) {
      times.get(name)?.push(await withServer({ ...program, ownCore: 'never' }, async (server) => server.started))
    }
  }
  return Object.fromEntries([...times].map(([name, all]) => [name, median(all)]))
}

async function memory(): Promise<Report['memory']> {
  const peers = programs.peers(orderBody)
  const measured: Report['memory'] = {
    [names.emulator]: await memoryUnderLoad(names.emulator, programs.emulator(), reading, extent.memoryAfter),
  }
  for (const { name, program } of peers) {
    measured[name] = await memoryUnderLoad(name, program, { ...reading, path: program.path }, [20_000])
  }
  return measured
}

function memoryUnderLoad(name: string, program: Program, load: Load, counts: readonly number[]) {
  return withServer(program, async (server) => {
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const atStart = memoryOf(server.pid)
    const after: { requests: number; memory: number }[] = []
    let sent = 0
    for (const requests of counts) {
      step(`memory of ${name} after ${requests} requests`)
      await client.measure(server, { ...load, seconds: 120, uncounted: 1, requests: requests - sent })
      sent = requests
      after.push({ requests, memory: memoryOf(server.pid) })
    }
    return { atStart, after }
  })
}

/** The durations of a request that creates an account and of a request that resets it, in milliseconds. */
async function accounts(): Promise<{ freshAccount: number; reset: number }> {
  step('accounts and resets')
  return withServer(programs.emulator(), async ({ url }) => {
    const time = async (method: string, path: string) => {
      const begin = performance.now()
      await (await fetch(url + path, { method })).text()
      return performance.now() - begin
    }
    const fresh: number[] = []
    const resets: number[] = []
    for (let at = 0; at < 100; at++) {
      fresh.push(await time('GET', `/accounts/account-${at}${orderPath}`))
      resets.push(await time('POST', `/accounts/account-${at}/_emulator/reset`))
    }
    return { freshAccount: median(fresh), reset: median(resets) }
  })
}

async function large(): Promise<LargeAccounts> {
  step('resets and lists of many orders')
  return largeAccounts(programs)
}

const startTimes = await starts()
const report: Report = {
  date: new Date().toISOString(),
  machine: `${cpus().length} cores of ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`,
  quick,
  rates: await rates(),
  growth: await growth(startTimes[names.emulator] ?? 0),
  starts: startTimes,
  memory: await memory(),
  ...(await accounts()),
  large: await large(),
  install: programs.installed,
}
client.stop()
progress.end()
removeFolders()
console.log(`${figuresMarkdown(report)}\n\n${budgetMarkdown(report)}`)
if (quick)
  console.log(
    '\nImprecise: one short round, with servers that are still warming up. Run without --quick to check the budget.',
  )
else writeFileSync(pathOf('results.json'), `${JSON.stringify(report, null, 2)}\n`)
