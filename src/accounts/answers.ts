import type { Database } from 'better-sqlite3'

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
  requestId: string
  route: string
  answeredAt: number
}

/**
 * First answers to changing requests, by their MS-RequestId and route: for 24 hours, and the last 10,000 of an account.
 * https://learn.microsoft.com/partner-center/developer/headers says that a repeated id must not run twice; how long the
 * service remembers one is not documented.
 *
 * They are found in memory. The table, a ring of rows that are written over, is for what outlives the process: of a database
 * in memory nothing does, and writing an answer there would cost as much as the change that it answers.
 */
export function openAnswers(database: Database) {
  const all = database.prepare<[], Row>(
    `SELECT answer_number AS place, request_id AS requestId, route, answered_at AS answeredAt, status, document
     FROM answers ORDER BY answered_at, answer_number`,
  )
  const write = database.prepare<[number, string, string, number, number, string]>(
    `INSERT INTO answers (answer_number, request_id, route, answered_at, status, document) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (answer_number) DO UPDATE SET request_id = excluded.request_id, route = excluded.route,
     answered_at = excluded.answered_at, status = excluded.status, document = excluded.document`,
  )
  const writeRow = ({ place, requestId, route, answeredAt, status, document }: Row) =>
    write.run(place, requestId, route, answeredAt, status, document)
  const outlives = !database.memory
  const unwritten = new Map<number, Row>()
  let opened: Ring | undefined
  const ring = () => {
    opened ??= new Ring(all.all())
    return opened
  }

  return {
    find(requestId: string, route: string, now: number): KeptAnswer | undefined {
      const row = ring().find(keyOf(requestId, route))
      return row !== undefined && row.answeredAt > now - keptFor ? row : undefined
    },
    keep(requestId: string, route: string, now: number, { status, document }: KeptAnswer): void {
      const row: Row = { place: ring().nextPlace, requestId, route, answeredAt: now, status, document }
      ring().add(row)
      if (outlives) writeRow(row)
      else unwritten.set(row.place, row)
    },
    /** Knows again what is in the table, and no more. */
    reread(): void {
      opened = undefined
    },
    /** Writes what only memory has, so that a copy of the database has it too. */
    save(): void {
      for (const row of unwritten.values()) writeRow(row)
      unwritten.clear()
    },
  }
}

function keyOf(requestId: string, route: string): string {
  return `${requestId.toLowerCase()} ${route}`
}

/** The rows by their places and by what they answer. */
class Ring {
  readonly #byKey = new Map<string, Row>()
  readonly #byPlace: Row[] = []
  #last = -1

  /** `known`: the oldest first. */
  constructor(known: readonly Row[]) {
    for (const row of known) this.add(row)
  }

  find(key: string): Row | undefined {
    return this.#byKey.get(key)
  }

  /** The place for a new answer: that of the oldest once there are many. */
  get nextPlace(): number {
    return (this.#last + 1) % keptAtMost
  }

  add(row: Row): void {
    const { place, requestId, route } = row
    const before = this.#byPlace[place]
    if (before !== undefined) {
      const key = keyOf(before.requestId, before.route)
      if (this.#byKey.get(key) === before) this.#byKey.delete(key)
    }
    this.#byPlace[place] = row
    this.#byKey.set(keyOf(requestId, route), row)
    this.#last = place
  }
}
