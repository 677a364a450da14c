import { Slots } from '../storage/byte-ring.ts'

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

/** Where in a slot what is: numbers, then the length of each text in UTF-16 units, then the texts. */
const timeAt = 0
const durationAt = 8
const statusAt = 16
const lengthsAt = 18
const lengthBytes = 4
const textAt = lengthsAt + textCount * lengthBytes

/** Stands for the length of a text that is null. */
const absent = -1

/**
 * The last thousand requests of an account. Their texts lie in a slot one behind the other, since writing them as JSON would
 * cost as much as reading the order.
 */
export class Journal {
  readonly #slots = new Slots(textAt)
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
    const slot = this.#slots.write(place, texts.join(''))
    slot.writeDoubleLE(entry.time, timeAt)
    slot.writeDoubleLE(entry.duration, durationAt)
    slot.writeUInt16LE(entry.status, statusAt)
    let at = lengthsAt
    for (const one of texts) at = slot.writeInt32LE(one?.length ?? absent, at)
  }

  /** Newest first. */
  entries(): JournalEntry[] {
    const count = Math.min(this.#next, keptAtMost)
    const places = Array.from({ length: count }, (_, age) => (this.#next - 1 - age) % keptAtMost)
    return places.flatMap((place) => {
      const slot = this.#slots.read(place)
      return slot === undefined ? [] : [read(slot.head, slot.text)]
    })
  }

  clear(): void {
    this.#slots.clear()
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

function read(head: Buffer, text: string): JournalEntry {
  let lengthAt = lengthsAt
  let at = 0
  const take = (): string | null => {
    const length = head.readInt32LE(lengthAt)
    lengthAt += lengthBytes
    if (length === absent) return null
    at += length
    return text.slice(at - length, at)
  }
  return {
    time: head.readDoubleLE(timeAt),
    method: take() ?? '',
    url: take() ?? '',
    operation: take(),
    rawHeaders: (take() ?? '').split('\n'),
    requestId: take() ?? '',
    correlationId: take() ?? '',
    customerId: take(),
    orderId: take(),
    body: take(),
    status: head.readUInt16LE(statusAt),
    answer: take(),
    duration: head.readDoubleLE(durationAt),
  }
}

function shorten(text: string | null): string | null {
  return text !== null && text.length > keptCharacters ? text.slice(0, keptCharacters) : text
}
