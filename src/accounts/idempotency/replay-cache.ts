import type { Database } from 'better-sqlite3'
import { Slots } from '../../storage/byte-ring.ts'
import { late } from '../../storage/lazy.ts'

const keptFor = 24 * 60 * 60 * 1000
const keptAtMost = 10_000

/** The status and body of a success. */
export interface KeptAnswer {
  status: number
  document: string
}

/** An answer as a row of the table. `place`: the row's number, from 0. `answeredAt`: milliseconds since 1970. */
interface Row extends KeptAnswer {
  place: number
  /** In lower case. */
  requestId: string
  route: string
  answeredAt: number
}

/** What an answer is found by. Two ids that differ in case only are one. */
export function answerKey(requestId: string, route: string): string {
  // No header has a line break.
  return `${requestId.toLowerCase()}\n${route}`
}

/**
 * First answers to changing requests, by their MS-RequestId and route: for 24 hours, and the last 10,000 of an account.
 * https://learn.microsoft.com/partner-center/developer/headers says that a repeated id must not run twice; how long the
 * service remembers one is not documented.
 *
 * They are found in memory. The table, a ring of rows that are written over, is for copies of the database and for what comes
 * after the process. It is written when `save` is called, since that costs as much as the changes that are answered.
 */
export function openAnswers(database: Database) {
  const all = late(() =>
    database.prepare<[], Row>(
      `SELECT answer_number AS place, lower(request_id) AS requestId, route, answered_at AS answeredAt, status, document
     FROM answers ORDER BY answered_at, answer_number`,
    ),
  )
  const write = late(() =>
    database.prepare<[number, string, string, number, number, string]>(
      `INSERT INTO answers (answer_number, request_id, route, answered_at, status, document) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (answer_number) DO UPDATE SET request_id = excluded.request_id, route = excluded.route,
     answered_at = excluded.answered_at, status = excluded.status, document = excluded.document`,
    ),
  )
  const writeRow = ({ place, requestId, route, answeredAt, status, document }: Row) =>
    write().run(place, requestId, route, answeredAt, status, document)
  let unwritten = 0
  let opened: Ring | undefined
  const ring = () => {
    opened ??= new Ring(all().all())
    return opened
  }

  return {
    find(key: string, now: number): KeptAnswer | undefined {
      const row = ring().find(key)
      return row !== undefined && row.answeredAt > now - keptFor ? row : undefined
    },
    keep(key: string, now: number, answer: KeptAnswer): void {
      ring().add(key, now, answer)
      unwritten += 1
    },
    /** Knows again what is in the table, and no more. */
    reread(): void {
      opened?.clear()
      opened = undefined
      unwritten = 0
    },
    /** Whether memory has what the table does not. */
    areUnwritten: (): boolean => unwritten > 0,
    /** Writes what only memory has. */
    save(): void {
      for (const row of ring().latest(unwritten)) writeRow(row)
      unwritten = 0
    },
  }
}

/** Where in the head of a slot what is. Its text is the document. */
const answeredAtAt = 0
const statusAt = 8
const headBytes = 10

/** Answers at places that are written over. */
class Ring {
  readonly #placeOf = new Map<string, number>()
  readonly #keys: string[] = []
  readonly #slots = new Slots(headBytes)
  #last = -1

  /** `known`: the oldest first. */
  constructor(known: readonly Row[]) {
    for (const row of known) this.#put(row.place, answerKey(row.requestId, row.route), row.answeredAt, row)
  }

  find(key: string): Row | undefined {
    const place = this.#placeOf.get(key)
    return place === undefined ? undefined : this.#read(place)
  }

  /** Takes the place of the oldest once there are many. */
  add(key: string, answeredAt: number, answer: KeptAnswer): void {
    this.#put((this.#last + 1) % keptAtMost, key, answeredAt, answer)
  }

  /** The last so many that were added. */
  latest(count: number): Row[] {
    const length = Math.min(count, this.#keys.length)
    const places = Array.from({ length }, (_, age) => (this.#last - age + keptAtMost) % keptAtMost)
    return places.map((place) => this.#read(place)).filter((row) => row !== undefined)
  }

  /** To be called when it is of no more use. */
  clear(): void {
    this.#slots.clear()
  }

  #put(place: number, key: string, answeredAt: number, { status, document }: KeptAnswer): void {
    const before = this.#keys[place]
    if (before !== undefined && this.#placeOf.get(before) === place) this.#placeOf.delete(before)
    this.#keys[place] = key
    this.#placeOf.set(key, place)
    this.#last = place
    const head = this.#slots.write(place, document)
    head.writeDoubleLE(answeredAt, answeredAtAt)
    head.writeUInt16LE(status, statusAt)
  }

  #read(place: number): Row | undefined {
    const slot = this.#slots.read(place)
    const [requestId, route] = this.#keys[place]?.split('\n') ?? []
    if (slot === undefined || requestId === undefined || route === undefined) return undefined
    const { head, text } = slot
    const answeredAt = head.readDoubleLE(answeredAtAt)
    return { place, requestId, route, answeredAt, status: head.readUInt16LE(statusAt), document: text }
  }
}
