/** Where an account takes its time from: milliseconds since 1970. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** How a clock is set. `now` in milliseconds since 1970. */
export interface ClockSetting {
  now: number
  frozen: boolean
}

/** The clock of an account: the system's, until it is set to another time or made to stand still. */
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

  /** Whether it tells the system's time. */
  get untouched(): boolean {
    return !this.frozen && this.#offset === 0
  }

  now(): number {
    return this.#frozenAt ?? this.#system.now() + this.#offset
  }

  set({ now, frozen }: ClockSetting): void {
    this.#offset = now - this.#system.now()
    this.#frozenAt = frozen ? now : undefined
  }
}
