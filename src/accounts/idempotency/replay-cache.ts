import { ByteBudget, ByteRing } from '../../storage/byte-ring.ts'
import type { ReplayRow } from '../../storage/replays/store.ts'

/** The most replies that an account keeps. */
const capacity = 10_000

/** The memory of the stored replies of all accounts together. */
const budget = new ByteBudget(64 * 1024 * 1024)

/** The status and body of a success. */
export interface StoredReply {
  status: number
  document: string
}

/** The part of a request that its stored reply keeps. `repliedAt`: milliseconds since 1970. */
export type RepliedRequest = Pick<ReplayRow, 'repliedAt' | 'bodySum'>

/** The key of a stored reply. Request ids that differ only in case are the same. */
export function replayKey(requestId: string, route: string): string {
  // Neither a header nor a route contains a line break.
  return `${requestId.toLowerCase()}\n${route}`
}

/** Offsets within the head of a record, in bytes. Its text is the document. */
const repliedAtOffset = 0
const bodySumOffset = 8
const statusOffset = 12
const headBytes = 14

/** The last replies of an account in memory, found by key. The oldest makes room for a new one. */
export class ReplayCache {
  readonly #placeOf = new Map<string, number>()
  readonly #keys: string[] = []
  readonly #records = new ByteRing(headBytes, budget)
  #last = -1

  /** `known`: the stored rows, the oldest first. */
  constructor(known: readonly ReplayRow[]) {
    for (const row of known) this.#put(row.place, replayKey(row.requestId, row.route), row, row)
  }

  find(key: string): ReplayRow | undefined {
    const place = this.#placeOf.get(key)
    return place === undefined ? undefined : this.#read(place)
  }

  add(key: string, request: RepliedRequest, reply: StoredReply): void {
    this.#put((this.#last + 1) % capacity, key, request, reply)
  }

  /** The rows of the last replies that were added. */
  latest(count: number): ReplayRow[] {
    const length = Math.min(count, this.#keys.length)
    const places = Array.from({ length }, (_, age) => (this.#last - age + capacity) % capacity)
    return places.map((place) => this.#read(place)).filter((row) => row !== undefined)
  }

  /** Frees the memory of an unused cache. */
  clear(): void {
    this.#records.clear()
  }

  #put(place: number, key: string, { repliedAt, bodySum }: RepliedRequest, { status, document }: StoredReply): void {
    const before = this.#keys[place]
    if (before !== undefined && this.#placeOf.get(before) === place) this.#placeOf.delete(before)
    this.#keys[place] = key
    this.#placeOf.delete(key)
    this.#placeOf.set(key, place)
    this.#last = place
    const head = this.#records.write(place, document)
    head.writeDoubleLE(repliedAt, repliedAtOffset)
    head.writeUInt32LE(bodySum, bodySumOffset)
    head.writeUInt16LE(status, statusOffset)
    while (budget.isExceeded && this.#placeOf.size > 1) this.#dropOldest()
  }

  /** The map iterates in the order of insertion. */
  #dropOldest(): void {
    for (const [key, place] of this.#placeOf) {
      this.#placeOf.delete(key)
      this.#records.drop(place)
      return
    }
  }

  #read(place: number): ReplayRow | undefined {
    const record = this.#records.read(place)
    const [requestId, route] = this.#keys[place]?.split('\n') ?? []
    if (record === undefined || requestId === undefined || route === undefined) return undefined
    const { head, text } = record
    const repliedAt = head.readDoubleLE(repliedAtOffset)
    const bodySum = head.readUInt32LE(bodySumOffset)
    return { place, requestId, route, bodySum, repliedAt, status: head.readUInt16LE(statusOffset), document: text }
  }
}
