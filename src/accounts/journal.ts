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

/** How many texts an entry has; `textsOf` and `read` go through them in one order. */
const textCount = 10

/** Where in a record what is: numbers, then the length of each text in UTF-16 units, then the texts. */
const timeAt = 0
const durationAt = 8
const statusAt = 16
const lengthsAt = 18
const lengthBytes = 4
const textAt = lengthsAt + textCount * lengthBytes

/** Stands for the length of a text that is null. */
const absent = -1

/** Bytes. A buffer that is somewhat larger than its record will often do for the next. */
const slotStep = 1024

/**
 * The last thousand requests of an account. They are kept as bytes, in buffers that are written again and again: as objects
 * they would outlive V8's young generation, and a load would fill the old one with what nobody reads. Texts lie there as
 * they are, since writing them as JSON would cost as much as reading the order.
 */
export class Journal {
  #slots: Buffer[] = []
  readonly #bytes = new Uint32Array(keptAtMost)
  #next = 0
  readonly #listeners = new Set<(entry: JournalEntry) => void>()

  /** Takes an entry over; a long body or answer in it is cut. */
  record(entry: JournalEntry): void {
    entry.body = shorten(entry.body)
    entry.answer = shorten(entry.answer)
    this.#write(this.#next % keptAtMost, entry)
    this.#next += 1
    for (const listener of this.#listeners) listener(entry)
  }

  #write(place: number, entry: JournalEntry): void {
    const texts = textsOf(entry)
    // Not by concatenation, whose result would be put together anew each time it is looked at.
    const text = texts.join('')
    const slot = this.#slotFor(place, textAt + Buffer.byteLength(text))
    slot.writeDoubleLE(entry.time, timeAt)
    slot.writeDoubleLE(entry.duration, durationAt)
    slot.writeUInt16LE(entry.status, statusAt)
    let at = lengthsAt
    for (const one of texts) at = slot.writeInt32LE(one?.length ?? absent, at)
    this.#bytes[place] = textAt + slot.write(text, textAt)
  }

  #slotFor(place: number, bytes: number): Buffer {
    const slot = this.#slots[place]
    if (slot !== undefined && bytes <= slot.length) return slot
    const larger = Buffer.allocUnsafeSlow(Math.ceil(bytes / slotStep) * slotStep)
    this.#slots[place] = larger
    return larger
  }

  /** Newest first. */
  entries(): JournalEntry[] {
    const count = Math.min(this.#next, keptAtMost)
    return Array.from({ length: count }, (_, age) => this.#read((this.#next - 1 - age) % keptAtMost))
  }

  #read(place: number): JournalEntry {
    const slot = this.#slots[place] ?? Buffer.alloc(textAt)
    return read(slot, slot.toString('utf8', textAt, this.#bytes[place]))
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

function textsOf(entry: JournalEntry): readonly (string | null)[] {
  return [
    entry.method,
    entry.url,
    entry.operation,
    // No header has a line break.
    entry.rawHeaders.join('\n'),
    entry.requestId,
    entry.correlationId,
    entry.customerId,
    entry.orderId,
    entry.body,
    entry.answer,
  ]
}

function read(slot: Buffer, text: string): JournalEntry {
  let lengthAt = lengthsAt
  let at = 0
  const take = (): string | null => {
    const length = slot.readInt32LE(lengthAt)
    lengthAt += lengthBytes
    if (length === absent) return null
    at += length
    return text.slice(at - length, at)
  }
  return {
    time: slot.readDoubleLE(timeAt),
    method: take() ?? '',
    url: take() ?? '',
    operation: take(),
    rawHeaders: (take() ?? '').split('\n'),
    requestId: take() ?? '',
    correlationId: take() ?? '',
    customerId: take(),
    orderId: take(),
    body: take(),
    status: slot.readUInt16LE(statusAt),
    answer: take(),
    duration: slot.readDoubleLE(durationAt),
  }
}

function shorten(text: string | null): string | null {
  return text !== null && text.length > keptCharacters ? text.slice(0, keptCharacters) : text
}
