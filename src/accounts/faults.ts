/** A fault: the requests that it matches, and its effect on them. Durations in milliseconds. */
export interface FaultRule {
  operation: string
  match?: FaultMatch | undefined
  status?: number | undefined
  code?: number | string | undefined
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
  rule: FaultRule
  matched: number
  hits: number
  /** Whether the fault hit each known request id. */
  decided: Map<string, boolean>
}

/** The faults of an account. They count requests and use no randomness, so that a test gets the same result each time. */
export class Faults {
  #counted: Counted[] = []
  #release = Promise.withResolvers<void>()

  /** Replaces all rules, and releases the requests that wait for a release. */
  set(rules: readonly FaultRule[]): void {
    this.#release.resolve()
    this.#release = Promise.withResolvers<void>()
    this.#counted = rules.map((rule) => ({ rule, matched: 0, hits: 0, decided: new Map() }))
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
    for (const [place, counted] of this.#counted.entries()) {
      if (matches(counted.rule, subject) && decide(counted, subject.requestId)) {
        return { place, rule: counted.rule, delay: delayOf(counted), released: this.#release.promise }
      }
    }
    return undefined
  }
}

function delayOf({ rule: { delay }, hits }: Counted): number {
  if (delay === undefined || typeof delay === 'number') return delay ?? 0
  if (delay === 'released') return Number.POSITIVE_INFINITY
  const [least, most] = delay
  // Steps of the golden ratio spread over the range, the same each time.
  return least + (most - least) * ((hits * 0.618_034) % 1)
}

function decide(counted: Counted, requestId: string): boolean {
  const { rule, decided } = counted
  const earlier = rule.counts === 'requestIds' ? decided.get(requestId) : undefined
  if (earlier !== undefined) return earlier
  counted.matched += 1
  const isHit = counted.matched > (rule.after ?? 0) && counted.hits < (rule.times ?? Number.POSITIVE_INFINITY)
  if (isHit) counted.hits += 1
  if (rule.counts === 'requestIds') decided.set(requestId, isHit)
  return isHit
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
