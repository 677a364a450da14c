import type { LargeAccounts } from './large-accounts.ts'

/** Rates in requests a second, processor times in microseconds a request, other times in milliseconds, sizes in MiB or MB. */
export interface Rate {
  requestsPerSecond: number
  /** Of the bare handler's rate with the same bytes; absent for the peer, which sends others. */
  ratio?: number
  processor: number
  p50: number
  p99: number
}

export interface Growth {
  orders: number
  rate: Rate
  /** Seconds that loading took, a start with few orders taken off. */
  loading: number
}

/** What a run of the benchmark has measured. */
export interface Report {
  date: string
  machine: string
  quick: boolean
  rates: Record<string, Rate>
  growth: Growth[]
  /** Milliseconds from process start to first 200. */
  starts: Record<string, number>
  /** MiB at the start, and after so many requests. */
  memory: Record<string, { atStart: number; after: { requests: number; memory: number }[] }>
  freshAccount: number
  reset: number
  /** Absent from reports of before these figures. */
  large?: LargeAccounts
  /** MB of the package with its production dependencies. */
  install: number
}

/** The names of what is measured, as the tables show them. */
export const names = {
  get: 'GET an order',
  list: 'GET a list of orders',
  notFound: 'GET an unknown order: 404',
  patchInMemory: 'PATCH that cancels, in memory',
  patchInFile: 'PATCH that cancels, data directory',
  bareFastify: 'GET, bare Fastify',
  emulator: 'the emulator',
  fastify: 'a bare Fastify, not bundled',
} as const

interface Limit {
  what: string
  /** Ratios have to be at least this, all else at most. */
  must: number
  aim: number
  atLeast: boolean
  unit: string
  digits: number
  value: (report: Report) => number | undefined
}

const ratio = { atLeast: true, unit: '', digits: 2 }
const milliseconds = { atLeast: false, unit: ' ms', digits: 1 }
const mebibytes = { atLeast: false, unit: ' MiB', digits: 0 }

/** The budget: what each figure must be, and what it should. */
export const budget: readonly Limit[] = [
  { what: names.get, must: 0.5, aim: 0.65, ...ratio, value: ({ rates }) => rates[names.get]?.ratio },
  {
    what: names.patchInMemory,
    must: 0.45,
    aim: 0.55,
    ...ratio,
    value: ({ rates }) => rates[names.patchInMemory]?.ratio,
  },
  { what: names.patchInFile, must: 0.3, aim: 0.38, ...ratio, value: ({ rates }) => rates[names.patchInFile]?.ratio },
  {
    what: 'process start to first 200',
    must: 170,
    aim: 110,
    ...milliseconds,
    digits: 0,
    value: ({ starts }) => starts[names.emulator],
  },
  {
    what: 'memory at start',
    must: 80,
    aim: 65,
    ...mebibytes,
    value: ({ memory }) => memory[names.emulator]?.atStart,
  },
  {
    what: 'memory after 100,000 requests',
    must: 110,
    aim: 80,
    ...mebibytes,
    value: ({ memory }) => memory[names.emulator]?.after[0]?.memory,
  },
  {
    what: 'time of a GET with the most orders, of that with 100',
    must: 1.5,
    aim: 1.1,
    atLeast: false,
    unit: ' x',
    digits: 2,
    value: ({ growth }) => growthFactor(growth),
  },
  { what: 'fresh account', must: 5, aim: 2, ...milliseconds, value: ({ freshAccount }) => freshAccount },
  { what: 'reset', must: 5, aim: 2, ...milliseconds, value: ({ reset }) => reset },
  {
    what: 'reset of 10,000 orders, in memory',
    must: 200,
    aim: 50,
    ...milliseconds,
    value: ({ large }) => large?.resetInMemory,
  },
  {
    what: 'reset of 10,000 orders, data directory',
    must: 1000,
    aim: 100,
    ...milliseconds,
    value: ({ large }) => large?.resetInFile,
  },
  {
    what: 'memory gained while a list of 100,000 orders is sent, of the bytes sent',
    must: 1,
    aim: 0.5,
    atLeast: false,
    unit: ' x',
    digits: 2,
    value: ({ large }) => large?.listMemory,
  },
  {
    what: 'production install',
    must: 40,
    aim: 30,
    atLeast: false,
    unit: ' MB',
    digits: 0,
    value: ({ install }) => install,
  },
]

function growthFactor(growth: readonly Growth[]): number | undefined {
  const [least, most] = [growth[0], growth.at(-1)]
  return least === undefined || most === undefined
    ? undefined
    : least.rate.requestsPerSecond / most.rate.requestsPerSecond
}

function holds({ must, atLeast }: Limit, value: number | undefined): boolean {
  return value !== undefined && (atLeast ? value >= must : value <= must)
}

/** What was measured, as tables. */
export function figuresMarkdown(report: Report): string {
  const { date, machine, rates, growth, starts, memory } = report
  const count = (number: number) => Math.round(number).toLocaleString('en')
  const rateRow = (name: string, { requestsPerSecond, ratio: ofBare, processor, p50, p99 }: Rate) =>
    `| ${name} | ${count(requestsPerSecond)} | ${ofBare?.toFixed(2) ?? ''} | ${processor.toFixed(0)} | ${p50.toFixed(2)} | ${p99.toFixed(2)} |`
  const startRow = ([name, time]: [string, number]) => {
    const { atStart, after = [] } = memory[name] ?? {}
    const under = after.map(({ requests, memory: held }) => `${count(held)} after ${count(requests)} requests`)
    return `| ${name} | ${count(time)} | ${atStart === undefined ? '' : count(atStart)} | ${under.join(', ')} |`
  }
  return [
    `Measured on ${date.slice(0, 10)} on ${machine}, with 32 connections, server and client on a core each.`,
    '',
    '| | requests/s | of a bare `node:http` handler | processor µs a request | p50 ms | p99 ms |',
    '| --- | --- | --- | --- | --- | --- |',
    ...Object.entries(rates).map(([name, rate]) => rateRow(name, rate)),
    ...growth.map(({ orders, rate }) => rateRow(`GET any of ${count(orders)} orders`, rate)),
    '',
    '| | ms from process start to first 200 | MiB at start | MiB under load |',
    '| --- | --- | --- | --- |',
    ...Object.entries(starts).map(startRow),
    ...growth
      .filter(({ orders }) => orders >= 100_000)
      .map(({ orders, loading }) => `\n${count(orders)} orders are read from a file in ${loading.toFixed(1)} s.`),
  ].join('\n')
}

/** What was measured beside what it must be; what is not is in bold. */
export function budgetMarkdown(report: Report): string {
  const rows = budget.map((limit) => budgetRow(limit, limit.value(report)))
  return ['| budget | measured | must | aim |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function budgetRow(limit: Limit, value: number | undefined): string {
  const { what, must, aim, unit, digits } = limit
  const written = value === undefined ? 'not measured' : `${value.toFixed(digits)}${unit}`
  return `| ${what} | ${holds(limit, value) ? written : `**${written}**`} | ${must}${unit} | ${aim}${unit} |`
}
