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
  /** In lower case. */
  requestId: string
  route: string
  answeredAt: number
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
  const all = database.prepare<[], Row>(
    `SELECT answer_number AS place, lower(request_id) AS requestId, route, answered_at AS answeredAt, status, document
     FROM answers ORDER BY answered_at, answer_number`,
  )
  const write = database.prepare<[number, string, string, number, number, string]>(
    `INSERT INTO answers (answer_number, request_id, route, answered_at, status, document) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (answer_number) DO UPDATE SET request_id = excluded.request_id, route = excluded.route,
     answered_at = excluded.answered_at, status = excluded.status, document = excluded.document`,
  )
  const writeRow = ({ place, requestId, route, answeredAt, status, document }: Row) =>
    write.run(place, requestId, route, answeredAt, status, document)
  let unwritten = 0
  let opened: Ring | undefined
  const ring = () => {
    opened ??= new Ring(all.all())
    return opened
  }

  return {
    find(requestId: string, route: string, now: number): KeptAnswer | undefined {
      const row = ring().find(requestId.toLowerCase(), route)
      return row !== undefined && row.answeredAt > now - keptFor ? row : undefined
    },
    keep(requestId: string, route: string, now: number, { status, document }: KeptAnswer): void {
      const place = ring().nextPlace
      const row: Row = { place, requestId: requestId.toLowerCase(), route, answeredAt: now, status, document }
      ring().add(row)
      unwritten += 1
    },
    /** Knows again what is in the table, and no more. */
    reread(): void {
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

/** The rows by their places and by what they answer. */
class Ring {
  /** Clients seldom give two requests one id, so there is seldom more than one row. */
  readonly #byRequestId = new Map<string, Row | Row[]>()
  readonly #byPlace: Row[] = []
  #last = -1

  /** `known`: the oldest first. */
  constructor(known: readonly Row[]) {
    for (const row of known) this.add(row)
  }

  find(requestId: string, route: string): Row | undefined {
    const found = this.#byRequestId.get(requestId)
    if (Array.isArray(found)) return found.findLast((row) => row.route === route)
    return found?.route === route ? found : undefined
  }

  /** The place for a new answer: that of the oldest once there are many. */
  get nextPlace(): number {
    return (this.#last + 1) % keptAtMost
  }

  add(row: Row): void {
    const { place, requestId } = row
    const before = this.#byPlace[place]
    if (before !== undefined) this.#forget(before)
    this.#byPlace[place] = row
    this.#last = place
    const others = this.#byRequestId.get(requestId)
    if (Array.isArray(others)) others.push(row)
    else this.#byRequestId.set(requestId, others === undefined ? row : [others, row])
  }

  #forget(row: Row): void {
    const found = this.#byRequestId.get(row.requestId)
    const others = Array.isArray(found) ? found.filter((other) => other !== row) : []
    if (others.length === 0) this.#byRequestId.delete(row.requestId)
    else this.#byRequestId.set(row.requestId, others)
  }

  /** The last so many that were added. */
  latest(count: number): Row[] {
    const length = Math.min(count, this.#byPlace.length)
    return Array.from({ length }, (_, age) => this.#byPlace[(this.#last - age + keptAtMost) % keptAtMost]).filter(
      (row) => row !== undefined,
    )
  }
}
