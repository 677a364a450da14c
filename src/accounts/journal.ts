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

/**
 * The last thousand requests of an account. They are kept as bytes, in buffers that are written again and again: as objects
 * they would outlive V8's young generation, and a load would fill the old one with what nobody reads.
 */
export class Journal {
  #slots: Buffer[] = []
  readonly #lengths = new Uint32Array(keptAtMost)
  #next = 0
  readonly #listeners = new Set<(entry: JournalEntry) => void>()

  /** Takes an entry over; a long body or answer in it is cut. */
  record(entry: JournalEntry): void {
    entry.body = shorten(entry.body)
    entry.answer = shorten(entry.answer)
    this.#write(this.#next % keptAtMost, JSON.stringify(entry))
    this.#next += 1
    for (const listener of this.#listeners) listener(entry)
  }

  #write(place: number, text: string): void {
    const bytes = Buffer.byteLength(text)
    let slot = this.#slots[place]
    if (slot === undefined || bytes > slot.length) {
      slot = Buffer.allocUnsafeSlow(Math.ceil(bytes / slotStep) * slotStep)
      this.#slots[place] = slot
    }
    this.#lengths[place] = slot.write(text)
  }

  /** Newest first. */
  entries(): JournalEntry[] {
    const count = Math.min(this.#next, keptAtMost)
    return Array.from({ length: count }, (_, age) => this.#read((this.#next - 1 - age) % keptAtMost))
  }

  #read(place: number): JournalEntry {
    return JSON.parse(this.#slots[place]?.toString('utf8', 0, this.#lengths[place]) ?? '')
  }

  clear(): void {
    this.#slots = []
    this.#next = 0
  }

  /** Calls back with every entry from now on, until what it gives is called. */
  listen(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** Bytes. A buffer that is somewhat larger than its request will often do for the next. */
const slotStep = 1024

function shorten(text: string | null): string | null {
  return text !== null && text.length > keptCharacters ? text.slice(0, keptCharacters) : text
}
