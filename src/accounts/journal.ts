import type { Source } from '../model/sources.ts'
import { ByteBudget, ByteRing } from '../storage/byte-ring.ts'
import type { FaultRule } from './faults.ts'

/** A request and its reply. Times are milliseconds since 1970, durations milliseconds. */
export interface JournalEntry {
  time: number
  method: string
  url: string
  /** The operation of openapi.yaml, or null for an unknown route. */
  operation: string | null
  /** Names and values in turn, as received. */
  rawHeaders: readonly string[]
  requestId: string
  correlationId: string
  customerId: string | null
  orderId: string | null
  body: string | null
  /** Null when a fault ended the connection without a reply. */
  status: number | null
  reply: string | null
  duration: number
  /** The fault that acted on the request, as the JSON of a FaultNote. */
  fault: string | null
  /** The rule that refused the request or let it cancel, as the JSON of a Decision. */
  decision: string | null
}

/** A fault that acted on a request: its place in the list of faults, and its effect. */
export interface FaultNote extends Pick<FaultRule, 'operation' | 'status' | 'code' | 'connection' | 'delay'> {
  place: number
}

/** A rule that decided about a request: the name of a refusal, or of a member of an edition, and its sources. */
export interface Decision {
  name: string
  edition?: string
  sources: readonly Source[]
}

const entriesAtMost = 1000

/** The memory of all journals together. */
const budget = new ByteBudget(64 * 1024 * 1024)

/** The journal cuts a longer body or reply, so that a thousand of them cannot fill the memory. */
const charactersAtMost = 16 * 1024

/** The number of texts of an entry, in the order of `textsOf` and `readEntry`. */
const textCount = 12

/** Offsets within the head of a record, in bytes: numbers, then the length of each text in UTF-16 units. */
const timeOffset = 0
const durationOffset = 8
const statusOffset = 16
const lengthsOffset = 18
const lengthBytes = 4
const headBytes = lengthsOffset + textCount * lengthBytes

/** The status of a request without a reply. */
const noStatus = 0

/** The length of a text that is null. */
const absent = -1

/** Receives the entries of a journal, until the account is deleted. */
export interface JournalListener {
  onEntry(entry: JournalEntry): void
  onEnd(): void
}

/**
 * The last thousand requests of an account. The texts of an entry lie in a record one after the other: writing them as JSON
 * would cost as much as reading the order.
 */
export class Journal {
  readonly #records = new ByteRing(headBytes, budget)
  /** The numbers of the oldest entry and of the next one. An entry lies at the place of its number, modulo the capacity. */
  #first = 0
  #next = 0
  #listeners = new Set<JournalListener>()

  /** Takes an entry over and cuts a long body or reply in it. */
  record(entry: JournalEntry): void {
    entry.body = shorten(entry.body)
    entry.reply = shorten(entry.reply)
    this.#write(this.#next % entriesAtMost, entry)
    this.#next += 1
    this.#first = Math.max(this.#first, this.#next - entriesAtMost)
    while (budget.isExceeded && this.#first < this.#next - 1) this.#dropOldest()
    for (const listener of this.#listeners) listener.onEntry(entry)
  }

  #dropOldest(): void {
    this.#records.drop(this.#first % entriesAtMost)
    this.#first += 1
  }

  #write(place: number, entry: JournalEntry): void {
    const texts = textsOf(entry)
    // Array.join makes a flat string. A concatenation would be flattened again each time it is read.
    const head = this.#records.write(place, texts.join(''))
    head.writeDoubleLE(entry.time, timeOffset)
    head.writeDoubleLE(entry.duration, durationOffset)
    head.writeUInt16LE(entry.status ?? noStatus, statusOffset)
    let at = lengthsOffset
    for (const text of texts) at = head.writeInt32LE(text?.length ?? absent, at)
  }

  /** The newest first. */
  entries(): JournalEntry[] {
    const count = this.#next - this.#first
    const places = Array.from({ length: count }, (_, age) => (this.#next - 1 - age) % entriesAtMost)
    return places.flatMap((place) => {
      const record = this.#records.read(place)
      return record === undefined ? [] : [readEntry(record.head, record.text)]
    })
  }

  clear(): void {
    this.#records.clear()
    this.#first = 0
    this.#next = 0
  }

  /** Calls a listener until the returned function is called. */
  listen(listener: JournalListener): () => void {
    const listeners = this.#listeners
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  /** Ends this journal, and returns an empty one for the account that replaces this one. Its listeners go on there. */
  replace(): Journal {
    const next = new Journal()
    next.#listeners = this.#listeners
    this.#listeners = new Set()
    this.clear()
    return next
  }

  /** Ends this journal and its listeners. */
  end(): void {
    for (const listener of this.#listeners) listener.onEnd()
    this.clear()
  }
}

function textsOf(entry: JournalEntry): readonly (string | null)[] {
  return [
    entry.method,
    entry.url,
    entry.operation,
    // A header cannot contain a line break.
    entry.rawHeaders.join('\n'),
    entry.requestId,
    entry.correlationId,
    entry.customerId,
    entry.orderId,
    entry.body,
    entry.reply,
    entry.fault,
    entry.decision,
  ]
}

function readEntry(head: Buffer, text: string): JournalEntry {
  let lengthAt = lengthsOffset
  let at = 0
  const take = (): string | null => {
    const length = head.readInt32LE(lengthAt)
    lengthAt += lengthBytes
    if (length === absent) return null
    at += length
    return text.slice(at - length, at)
  }
  return {
    time: head.readDoubleLE(timeOffset),
    method: take() ?? '',
    url: take() ?? '',
    operation: take(),
    rawHeaders: (take() ?? '').split('\n'),
    requestId: take() ?? '',
    correlationId: take() ?? '',
    customerId: take(),
    orderId: take(),
    body: take(),
    status: head.readUInt16LE(statusOffset) || null,
    reply: take(),
    duration: head.readDoubleLE(durationOffset),
    fault: take(),
    decision: take(),
  }
}

function shorten(text: string | null): string | null {
  return text !== null && text.length > charactersAtMost ? text.slice(0, charactersAtMost) : text
}
