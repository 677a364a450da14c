import type { LargeAccounts } from './large-accounts.ts'

/** Rates in requests a second, processor times in microseconds a request, other times in milliseconds, sizes in MiB or MB. */
export interface Rate {
  requestsPerSecond: number
  /** The rate relative to that of the bare handler with the same bytes; absent for the peer, which sends other bytes. */
  ratio?: number
  processor: number
  p50: number
  p99: number
}

export interface Growth {
  orders: number
  rate: Rate
  /** Seconds of loading: the start minus a start with the built-in orders. */
  loading: number
}

/** The results of a run of the benchmark. */
export interface Report {
  date: string
  machine: string
  quick: boolean
  rates: Record<string, Rate>
  growth: Growth[]
  /** Milliseconds from process start to first 200; for `node -e 0` to its end. Absent there in older reports. */
  starts: Record<string, number>
  /** MiB at the start, and after numbers of requests. */
  memory: Record<string, { atStart: number; after: { requests: number; memory: number }[] }>
  freshAccount: number
  reset: number
  /** Absent in older reports. */
  large?: LargeAccounts
  /** The size of the package with its production dependencies, in MB. */
  install: number
}

/** The names of the figures, as shown in the tables. */
export const names = {
  get: 'GET an order',
  list: 'GET a list of orders',
  notFound: 'GET an unknown order: 404',
  patchInMemory: 'PATCH that cancels, in memory',
  patchInFile: 'PATCH that cancels, data directory',
  bareFastify: 'GET, bare Fastify',
  emulator: 'the emulator',
  fastify: 'a bare Fastify, not bundled',
  emptyNode: '`node -e 0`, to its end',
} as const

interface Limit {
  name: string
  /** The limit. Absent for a figure that is only aimed at. */
  must?: number
  aim?: number
  /** Rates have to be at least the limit, all other figures at most. */
  atLeast: boolean
  unit: string
  digits: number
  value: (report: Report) => number | undefined
}

const rate = { atLeast: true, unit: '', digits: 2 }
const multiple = { atLeast: false, unit: ' x', digits: 2 }
const milliseconds = { atLeast: false, unit: ' ms', digits: 1 }
const mebibytes = { atLeast: false, unit: ' MiB', digits: 0 }

const rateOf = (name: string) => (report: Report) => report.rates[name]?.ratio

/** The performance budget. Rates are relative to a bare `node:http` handler that sends the same bytes in the same run. */
const budget: readonly Limit[] = [
  { name: names.get, must: 0.55, aim: 0.7, ...rate, value: rateOf(names.get) },
  { name: names.list, aim: 0.5, ...rate, value: rateOf(names.list) },
  { name: names.notFound, aim: 0.5, ...rate, value: rateOf(names.notFound) },
  // The load generator needs replies of equal length, and the dates of new orders differ in length.
  { name: 'POST an order', aim: 0.5, ...rate, value: () => undefined },
  { name: names.patchInMemory, must: 0.42, aim: 0.55, ...rate, value: rateOf(names.patchInMemory) },
  { name: names.patchInFile, must: 0.35, aim: 0.45, ...rate, value: rateOf(names.patchInFile) },
  {
    name: 'process start to first 200, as a multiple of `node -e 0`',
    must: 3.2,
    aim: 2.2,
    ...multiple,
    value: ({ starts }) => startFactor(starts, names.emptyNode),
  },
  {
    name: 'process start to first 200, as a multiple of json-server',
    must: 1,
    ...multiple,
    value: ({ starts }) => startFactor(starts, 'json-server'),
  },
  {
    name: 'memory at start',
    must: 80,
    aim: 65,
    ...mebibytes,
    value: ({ memory }) => memory[names.emulator]?.atStart,
  },
  {
    name: 'memory after 100,000 requests',
    must: 125,
    aim: 90,
    ...mebibytes,
    value: ({ memory }) => memory[names.emulator]?.after.find(({ requests }) => requests === 100_000)?.memory,
  },
  {
    name: 'GET with 1,000,000 orders against 100',
    must: 1.5,
    aim: 1.1,
    ...multiple,
    value: ({ growth }) => growthFactor(growth),
  },
  { name: 'fresh account', must: 5, aim: 2, ...milliseconds, value: ({ freshAccount }) => freshAccount },
  { name: 'reset', must: 5, aim: 2, ...milliseconds, value: ({ reset }) => reset },
  {
    name: 'production install',
    must: 45,
    aim: 35,
    atLeast: false,
    unit: ' MB',
    digits: 0,
    value: ({ install }) => install,
  },
]

/** Limits for accounts with many orders, beyond the budget. */
const largeAccountLimits: readonly Limit[] = [
  {
    name: 'reset of 10,000 orders, in memory',
    must: 200,
    aim: 50,
    ...milliseconds,
    value: ({ large }) => large?.resetInMemory,
  },
  {
    name: 'reset of 10,000 orders, data directory',
    must: 1000,
    aim: 100,
    ...milliseconds,
    value: ({ large }) => large?.resetInFile,
  },
  {
    name: 'memory growth during a list of 100,000 orders, relative to the sent bytes',
    must: 1,
    aim: 0.5,
    ...multiple,
    value: ({ large }) => large?.listMemory,
  },
]

/** The start of the emulator as a multiple of another start of the same run, whose name begins as given. */
function startFactor(starts: Report['starts'], other: string): number | undefined {
  const [, time] = Object.entries(starts).find(([name]) => name.startsWith(other)) ?? []
  const start = starts[names.emulator]
  return start === undefined || time === undefined ? undefined : start / time
}

function growthFactor(growth: readonly Growth[]): number | undefined {
  const [few, many] = [100, 1_000_000].map((number) => growth.find(({ orders }) => orders === number)?.rate)
  return few === undefined || many === undefined ? undefined : few.requestsPerSecond / many.requestsPerSecond
}

/** The results, as tables. */
export function figuresMarkdown(report: Report): string {
  const { date, machine, rates, growth, starts, memory } = report
  const count = (number: number) => Math.round(number).toLocaleString('en')
  const rateRow = (name: string, { requestsPerSecond, ratio, processor, p50, p99 }: Rate) =>
    `| ${name} | ${count(requestsPerSecond)} | ${ratio?.toFixed(2) ?? ''} | ${processor.toFixed(0)} | ${p50.toFixed(2)} | ${p99.toFixed(2)} |`
  const startRow = ([name, time]: [string, number]) => {
    const { atStart, after = [] } = memory[name] ?? {}
    const under = after.map(({ requests, memory }) => `${count(memory)} after ${count(requests)} requests`)
    return `| ${name} | ${count(time)} | ${atStart === undefined ? '' : count(atStart)} | ${under.join(', ')} |`
  }
  return [
    `Measured on ${date.slice(0, 10)} on ${machine}, with 32 connections, server and client on a core each.`,
    '',
    '| | requests/s | ratio to a bare `node:http` handler | processor µs per request | p50 ms | p99 ms |',
    '| --- | --- | --- | --- | --- | --- |',
    ...Object.entries(rates).map(([name, rate]) => rateRow(name, rate)),
    ...growth.map(({ orders, rate }) => rateRow(`GET any of ${count(orders)} orders`, rate)),
    '',
    '| | ms from process start to first 200 | MiB at start | MiB under load |',
    '| --- | --- | --- | --- |',
    ...Object.entries(starts).map(startRow),
    ...growth
      .filter(({ orders }) => orders >= 100_000)
      .map(({ orders, loading }) => `\n${count(orders)} orders load from a file in ${loading.toFixed(1)} s.`),
  ].join('\n')
}

/** The results and their limits. A figure that misses its limit, or is not measured, is in bold. */
export function budgetMarkdown(report: Report): string {
  const table = (title: string, limits: readonly Limit[]) => [
    `| ${title} | measured | must | aim |`,
    '| --- | --- | --- | --- |',
    ...limits.map((limit) => limitRow(limit, limit.value(report))),
  ]
  return [...table('budget', budget), '', ...table('large accounts', largeAccountLimits)].join('\n')
}

function limitRow({ name, must, aim, atLeast, unit, digits }: Limit, value: number | undefined): string {
  const figure = value === undefined ? 'not measured' : `${value.toFixed(digits)}${unit}`
  const holds = must === undefined || (value !== undefined && (atLeast ? value >= must : value <= must))
  const limit = (number: number | undefined) => (number === undefined ? '' : `${number}${unit}`)
  return `| ${name} | ${holds ? figure : `**${figure}**`} | ${limit(must)} | ${limit(aim)} |`
}
