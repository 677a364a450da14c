const minute = 60 * 1000

/**
 * Limits the requests of an account in any 60 seconds. Refused requests count as well, so a client that does not wait stays
 * refused. https://learn.microsoft.com/partner-center/developer/api-throttling-guidance
 */
export class Throttle {
  /** When each of the last `limit` requests came, in a ring. The next one to be overwritten is the oldest. */
  readonly #times: Float64Array
  #next = 0

  /** `limit`: requests a minute. */
  constructor(limit: number) {
    this.#times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY)
  }

  /** Counts a request. Returns the whole seconds to wait, or 0 when it is allowed. `now`: milliseconds since 1970. */
  count(now: number): number {
    const oldest = this.#times[this.#next] ?? Number.NEGATIVE_INFINITY
    this.#times[this.#next] = now
    this.#next = (this.#next + 1) % this.#times.length
    if (oldest + minute <= now) return 0
    const waitFor = this.#times[this.#next] ?? now
    return Math.max(1, Math.ceil((waitFor + minute - now) / 1000))
  }
}
