/** A request and its answer, as they were. Times are milliseconds since 1970, durations milliseconds. */
export interface JournalEntry {
  time: number
  method: string
  url: string
  /** The operation of openapi.yaml, or null for what is none. */
  operation: string | null
  /** Names and values in turn, as they came. */
  rawHeaders: readonly string[]
  requestId: string
  correlationId: string
  customerId: string | null
  orderId: string | null
  body: string | null
  status: number
  answer: string | null
  duration: number
}

const keptAtMost = 1000

/** A longer body or answer is kept in part, so that a thousand of them cannot fill the memory. */
const keptCharacters = 16 * 1024

/** The last thousand requests of an account. */
export class Journal {
  #entries: JournalEntry[] = []
  #next = 0
  readonly #listeners = new Set<(entry: JournalEntry) => void>()

  record(entry: JournalEntry): void {
    const kept = { ...entry, body: shorten(entry.body), answer: shorten(entry.answer) }
    this.#entries[this.#next % keptAtMost] = kept
    this.#next += 1
    for (const listener of this.#listeners) listener(kept)
  }

  /** Newest first. */
  entries(): JournalEntry[] {
    const turn = this.#next % keptAtMost
    return [...this.#entries.slice(turn), ...this.#entries.slice(0, turn)].reverse()
  }

  clear(): void {
    this.#entries = []
    this.#next = 0
  }

  /** Calls back with every entry from now on, until what it gives is called. */
  listen(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

function shorten(text: string | null): string | null {
  return text !== null && text.length > keptCharacters ? text.slice(0, keptCharacters) : text
}
