/** Milliseconds without a change after which an account is calm. */
const calmAfter = 100

/** Calls back when nothing has happened for a moment. It does not keep the process running. */
export class Calm {
  readonly #callback: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(callback: () => void) {
    this.#callback = callback
  }

  /** Something happens now. */
  disturb(): void {
    this.#timer ??= setTimeout(this.#callback, calmAfter).unref()
    this.#timer.refresh()
  }

  /** Nothing is called back any more. */
  end(): void {
    clearTimeout(this.#timer)
  }
}
