import type { Outcome } from './client.ts'

const mebibyte = 1024 * 1024

/** What a run counts and measures. Bytes and milliseconds. */
export class Figures {
  readonly #outcomes = new Map<string, number>()
  start = 0
  peak = 0
  end = 0
  longestBlock = 0
  /** The memory at regular times. */
  readonly memory: { time: number; bytes: number }[] = []
  /** Ends of the emulator without a signal. */
  exits = 0
  kills = 0
  /** Replies with a 2xx whose change is not there after a kill. */
  lost = 0
  /** Purchases with a 2xx whose repetition with the same MS-RequestId gets another reply after a kill. */
  notReplayed = 0
  /** Requests that were sent twice with one id and bought two orders. */
  boughtTwice = 0

  count(outcome: Outcome): void {
    const name = typeof outcome === 'string' ? outcome : outcome.fault ? 'fault' : `${outcome.status}`
    this.#outcomes.set(name, (this.#outcomes.get(name) ?? 0) + 1)
  }

  atStart(memory: number): void {
    if (this.start === 0) this.start = memory
    this.peak = Math.max(this.peak, memory)
  }

  atEnd(memory: number): void {
    if (memory > 0) this.end = memory
    this.peak = Math.max(this.peak, memory)
  }

  /** Notes the memory at a time in milliseconds. */
  sample(time: number, memory: number): void {
    this.memory.push({ time, bytes: memory })
    this.peak = Math.max(this.peak, memory)
  }

  get sent(): number {
    return [...this.#outcomes.values()].reduce((sum, count) => sum + count, 0)
  }

  /** The rows of the summary, in the order of its columns. */
  rows(): [what: string, value: string][] {
    const outcomes = [...this.#outcomes].sort(([one], [other]) => one.localeCompare(other))
    const bytes = (value: number) => `${Math.round(value / mebibyte)} MiB`
    return [
      ['requests sent', `${this.sent}`],
      ...outcomes.map(([name, count]): [string, string] => [`  ${name}`, `${count}`]),
      ['500s', `${this.#outcomes.get('500') ?? 0}`],
      ['unexpected ends', `${this.exits}`],
      ['kills', `${this.kills}`],
      ['lost', `${this.lost}`],
      ['not replayed', `${this.notReplayed}`],
      ['bought twice', `${this.boughtTwice}`],
      ['memory at the start', bytes(this.start)],
      ['memory at the peak', bytes(this.peak)],
      ['memory at the end', bytes(this.end)],
      ['longest block', `${Math.round(this.longestBlock)} ms`],
    ]
  }
}

const curvePoints = 20

/** The memory over the time of a run, in MiB at up to twenty times. */
export function curveOf({ memory }: Figures): string {
  const step = Math.max(1, Math.ceil(memory.length / curvePoints))
  const start = memory[0]?.time ?? 0
  return memory
    .filter((_, at) => at % step === 0 || at === memory.length - 1)
    .map(({ time, bytes }) => `${((time - start) / 60_000).toFixed(1)} min: ${Math.round(bytes / mebibyte)}`)
    .join(', ')
}

/** A table with one column a run. */
export function tableOf(runs: Readonly<Record<string, Figures>>): string {
  const columns = Object.entries(runs).map(([name, figures]) => ({ name, rows: new Map(figures.rows()) }))
  const titles = [...new Set(columns.flatMap(({ rows }) => [...rows.keys()]))]
  const order = [
    ...titles.filter((title) => title === 'requests sent'),
    ...titles.filter((title) => title.startsWith(' ')).sort(),
    ...titles.filter((title) => title !== 'requests sent' && !title.startsWith(' ')),
  ]
  const line = (title: string, cells: string[]) => title.padEnd(22) + cells.map((cell) => cell.padStart(16)).join('')
  return [
    line(
      '',
      columns.map(({ name }) => name),
    ),
    ...order.map((title) =>
      line(
        title,
        columns.map(({ rows }) => rows.get(title) ?? '0'),
      ),
    ),
  ].join('\n')
}
