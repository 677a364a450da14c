import { limits } from '../model/limits.ts'

/** A source of time, in milliseconds since 1970. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** The setting of a clock. `now`: milliseconds since 1970. */
export interface ClockSetting {
  now: number
  frozen: boolean
}

/** The clock of an account. It shows the time of the system until it is set or frozen, and stops at the end of the clock. */
export class AccountClock implements Clock {
  readonly #system: Clock
  #frozenAt: number | undefined
  #offset = 0

  constructor(system: Clock) {
    this.#system = system
  }

  get frozen(): boolean {
    return this.#frozenAt !== undefined
  }

  /** Whether it shows the time of the system. */
  get untouched(): boolean {
    return !this.frozen && this.#offset === 0
  }

  now(): number {
    return Math.min(this.#frozenAt ?? this.#system.now() + this.#offset, limits.clockEnd)
  }

  set({ now, frozen }: ClockSetting): void {
    this.#offset = now - this.#system.now()
    this.#frozenAt = frozen ? now : undefined
  }
}
