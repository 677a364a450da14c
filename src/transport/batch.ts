type Callback = () => void

/**
 * A turn of the event loop, in which as many requests are read as have come. They are handled after all of them have been
 * read, and answered after all have been handled: what a load does one after the other so is the same code, which the
 * processor then has at hand. A request by itself waits for nobody.
 */
class Turn {
  #work: Callback[] = []
  #answers: Callback[] = []
  #endings: Callback[] = []
  #isAwaited = false

  /** Runs once everything that has come in this turn has been read. */
  handle(work: Callback): void {
    this.#work.push(work)
    this.#await()
  }

  /** Runs after all of that work, in the order of the calls. */
  answer(answer: Callback): void {
    this.#answers.push(answer)
    this.#await()
  }

  /** Runs after all of those answers. */
  atEnd(ending: Callback): void {
    this.#endings.push(ending)
    this.#await()
  }

  #await(): void {
    if (this.#isAwaited) return
    this.#isAwaited = true
    setImmediate(() => this.#run())
  }

  #run(): void {
    const work = this.#work
    this.#work = []
    for (const one of work) one()
    const answers = this.#answers
    this.#answers = []
    for (const answer of answers) answer()
    const endings = this.#endings
    this.#endings = []
    this.#isAwaited = false
    for (const ending of endings) ending()
  }
}

/** The process has one event loop. */
export const turn = new Turn()
