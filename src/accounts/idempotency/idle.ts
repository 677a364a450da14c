/** An account is idle after this many milliseconds without a change. */
const idleAfter = 100

/** Calls back when an account becomes idle. It does not keep the process running. */
export class IdleTimer {
  readonly #callback: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(callback: () => void) {
    this.#callback = callback
  }

  /** Starts the wait again. */
  restart(): void {
    this.#timer ??= setTimeout(this.#callback, idleAfter).unref()
    this.#timer.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
