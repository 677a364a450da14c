import { limits } from '../model/limits.ts'

/** A fault: the requests that it matches, and its effect on them. Durations in milliseconds. */
export interface FaultRule {
  operation: string
  match?: FaultMatch | undefined
  status?: number | undefined
  code?: number | string | undefined
  /** The error of `code`, complete. */
  error?: FaultError | undefined
  connection?: 'reset' | 'empty' | 'truncate' | undefined
  /** Sent without a change, so it need not be JSON. */
  body?: string | undefined
  delay?: number | readonly [number, number] | 'released' | undefined
  /** Seconds. */
  retryAfter?: number | undefined
  /** The number of requests that it hits. All of them by default. */
  times?: number | undefined
  /** The number of matching requests that pass first. */
  after?: number | undefined
  /** `requests`: every request counts, retries too. `requestIds`: requests with the same MS-RequestId count once. */
  counts?: 'requests' | 'requestIds' | undefined
}

/** A documented error: its status, and the code and text of its body. */
export interface FaultError {
  status: number
  code: number | string
  description: string
}

/** Ids and header names match in any case, header values exactly. */
export interface FaultMatch {
  customerId?: string | undefined
  orderId?: string | undefined
  headers?: Readonly<Record<string, string>> | undefined
}

/** The members of a request that decide whether a fault hits it. */
export interface FaultSubject {
  operation: string | undefined
  requestId: string
  customerId: string | undefined
  orderId: string | undefined
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/** A fault that hits a request: its place in the list, and the wait before it. */
export interface FaultHit {
  place: number
  rule: FaultRule
  /** In milliseconds, or infinity for a wait until the release. */
  delay: number
  /** Resolves when the faults are replaced or the account ends, which ends every wait. */
  released: Promise<void>
}

interface Counted {
  place: number
  rule: FaultRule
  matched: number
  hits: number
}

/** The faults of an account. They count requests and use no randomness, so that a test gets the same result each time. */
export class Faults {
  #counted: Counted[] = []
  readonly #decisions = new Decisions()
  #release = Promise.withResolvers<void>()

  /** Replaces all rules, and releases the requests that wait for a release. */
  set(rules: readonly FaultRule[]): void {
    this.#release.resolve()
    this.#release = Promise.withResolvers<void>()
    this.#counted = rules.map((rule, place) => ({ place, rule, matched: 0, hits: 0 }))
    this.#decisions.clear()
  }

  /** The rules with their hits. `remaining`: null without a limit. */
  list(): { rule: FaultRule; hits: number; remaining: number | null }[] {
    return this.#counted.map(({ rule, hits }) => ({
      rule,
      hits,
      remaining: rule.times === undefined ? null : rule.times - hits,
    }))
  }

  /** Whether there are any rules: the check that every request makes. */
  get any(): boolean {
    return this.#counted.length > 0
  }

  /** The first rule that hits a request. */
  hit(subject: FaultSubject): FaultHit | undefined {
    for (const counted of this.#counted) {
      const { place, rule } = counted
      if (matches(rule, subject) && this.#decide(counted, subject.requestId)) {
        return { place, rule, delay: delayOf(counted), released: this.#release.promise }
      }
    }
    return undefined
  }

  #decide(counted: Counted, requestId: string): boolean {
    const { place, rule } = counted
    if (rule.counts !== 'requestIds') return count(counted)
    const earlier = this.#decisions.get(place, requestId)
    if (earlier !== undefined) return earlier
    const isHit = count(counted)
    this.#decisions.add(place, requestId, isHit)
    return isHit
  }
}

function delayOf({ rule: { delay }, hits }: Counted): number {
  if (delay === undefined || typeof delay === 'number') return delay ?? 0
  if (delay === 'released') return Number.POSITIVE_INFINITY
  const [least, most] = delay
  // Steps of the golden ratio spread over the range, the same each time.
  return least + (most - least) * ((hits * 0.618_034) % 1)
}

function count(counted: Counted): boolean {
  const { after = 0, times = Number.POSITIVE_INFINITY } = counted.rule
  counted.matched += 1
  const isHit = counted.matched > after && counted.hits < times
  if (isHit) counted.hits += 1
  return isHit
}

/** Whether faults hit the request ids that they have met: the last ones alone, by their first characters. */
class Decisions {
  readonly #hits = new Map<string, boolean>()

  get(place: number, requestId: string): boolean | undefined {
    return this.#hits.get(keyOf(place, requestId))
  }

  add(place: number, requestId: string, isHit: boolean): void {
    this.#hits.set(keyOf(place, requestId), isHit)
    if (this.#hits.size <= limits.faultIds) return
    const [oldest] = this.#hits.keys()
    if (oldest !== undefined) this.#hits.delete(oldest)
  }

  clear(): void {
    this.#hits.clear()
  }
}

/** A copy: a slice of a long id would keep the whole id in memory. */
function keyOf(place: number, requestId: string): string {
  return Buffer.from(`${place} ${requestId.slice(0, limits.faultIdCharacters)}`).toString()
}

function matches({ operation, match = {} }: FaultRule, subject: FaultSubject): boolean {
  const { customerId, orderId, headers = {} } = match
  return (
    (operation === '*' || operation === subject.operation) &&
    (customerId === undefined || customerId.toLowerCase() === subject.customerId?.toLowerCase()) &&
    (orderId === undefined || orderId.toLowerCase() === subject.orderId?.toLowerCase()) &&
    Object.entries(headers).every(([name, value]) => subject.headers[name.toLowerCase()] === value)
  )
}
