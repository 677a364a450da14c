const minute = 60 * 1000

/** In milliseconds. All requests of a slice leave the minute with its last one, so a client waits at most a slice too long. */
const sliceLength = 100

/** The number of slices that the last minute overlaps. */
const sliceCount = minute / sliceLength + 1

/**
 * Limits the requests of an account in any 60 seconds. Refused requests count as well, so a client that does not wait stays
 * refused. https://learn.microsoft.com/partner-center/developer/api-throttling-guidance
 *
 * It counts requests by slices of time, so its memory does not depend on the limit. When the clock goes back, counting
 * starts again.
 */
export class Throttle {
  readonly #limit: number
  /** The requests of each slice, and when its last one came. Rings: only slices with a request have a place. */
  readonly #counts = new Uint32Array(sliceCount)
  readonly #lastTimes = new Float64Array(sliceCount)
  /** The place of the oldest slice, and the number of slices from there. */
  #oldest = 0
  #slices = 0
  #requests = 0

  /** `limit`: requests a minute. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Counts a request. Returns the whole seconds to wait, or 0 when it is allowed. `now`: milliseconds since 1970. */
  count(now: number): number {
    if (this.#slices > 0 && now < this.#lastTime(this.#slices - 1)) this.#forget()
    while (this.#slices > 0 && this.#lastTime(0) + minute <= now) this.#dropOldest()
    this.#add(now)
    return this.#requests <= this.#limit ? 0 : Math.max(1, Math.ceil((this.#nextAllowed() - now) / 1000))
  }

  #add(now: number): void {
    const isNewSlice = this.#slices === 0 || sliceOf(this.#lastTime(this.#slices - 1)) !== sliceOf(now)
    if (isNewSlice) {
      this.#slices += 1
      this.#counts[this.#place(this.#slices - 1)] = 0
    }
    const place = this.#place(this.#slices - 1)
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
    this.#lastTimes[place] = now
    this.#requests += 1
  }

  /** When enough slices have left the minute for another request. */
  #nextAllowed(): number {
    let left = this.#requests
    let slice = 0
    for (; slice < this.#slices; slice++) {
      left -= this.#counts[this.#place(slice)] ?? 0
      if (left < this.#limit) break
    }
    return this.#lastTime(slice) + minute
  }

  #dropOldest(): void {
    this.#requests -= this.#counts[this.#oldest] ?? 0
    this.#oldest = this.#place(1)
    this.#slices -= 1
  }

  #forget(): void {
    this.#slices = 0
    this.#requests = 0
  }

  /** When the last request of a slice came. `slice`: counted from the oldest one. */
  #lastTime(slice: number): number {
    return this.#lastTimes[this.#place(slice)] ?? 0
  }

  #place(slice: number): number {
    return (this.#oldest + slice) % sliceCount
  }
}

function sliceOf(time: number): number {
  return Math.floor(time / sliceLength)
}
