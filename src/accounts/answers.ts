import type { Database } from 'better-sqlite3'

const keptFor = 24 * 60 * 60 * 1000
const keptAtMost = 10_000

/** The status and body of a success. */
export interface KeptAnswer {
  status: number
  document: string
}

/**
 * First answers to changing requests, by their MS-RequestId and route: for 24 hours, and the last 10,000 of an account.
 * https://learn.microsoft.com/partner-center/developer/headers says that a repeated id must not run twice; how long the
 * service remembers one is not documented.
 *
 * The table is a ring of rows that are written over, so that nothing has to be removed.
 */
export function openAnswers(database: Database) {
  const kept = database.prepare<[], { place: number; requestId: string; route: string }>(
    'SELECT answer_number AS place, request_id AS requestId, route FROM answers ORDER BY answered_at, answer_number',
  )
  const byPlace = database.prepare<[number, number], KeptAnswer>(
    'SELECT status, document FROM answers WHERE answer_number = ? AND answered_at > ?',
  )
  const write = database.prepare<[number, string, string, number, number, string]>(
    `INSERT INTO answers (answer_number, request_id, route, answered_at, status, document) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (answer_number) DO UPDATE SET request_id = excluded.request_id, route = excluded.route,
     answered_at = excluded.answered_at, status = excluded.status, document = excluded.document`,
  )
  let opened: Places | undefined
  const places = () => {
    opened ??= new Places(kept.all().map(({ place, requestId, route }) => [place, keyOf(requestId, route)]))
    return opened
  }

  return {
    find(requestId: string, route: string, now: number): KeptAnswer | undefined {
      const place = places().of(keyOf(requestId, route))
      return place === undefined ? undefined : byPlace.get(place, now - keptFor)
    },
    keep(requestId: string, route: string, now: number, { status, document }: KeptAnswer): void {
      write.run(places().take(keyOf(requestId, route)), requestId, route, now, status, document)
    },
  }
}

function keyOf(requestId: string, route: string): string {
  return `${requestId.toLowerCase()} ${route}`
}

/** Which row has which answer. In the database an index of random ids would cost as much as the answers themselves. */
class Places {
  readonly #byKey = new Map<string, number>()
  readonly #keys: string[] = []
  #last = -1

  /** `known`: the oldest first. */
  constructor(known: readonly (readonly [place: number, key: string])[]) {
    for (const [place, key] of known) this.#set(place, key)
  }

  of(key: string): number | undefined {
    return this.#byKey.get(key)
  }

  /** The place for a new answer, in the stead of the oldest once there are many. */
  take(key: string): number {
    const place = (this.#last + 1) % keptAtMost
    this.#set(place, key)
    return place
  }

  #set(place: number, key: string): void {
    const before = this.#keys[place]
    if (before !== undefined && this.#byKey.get(before) === place) this.#byKey.delete(before)
    this.#keys[place] = key
    this.#byKey.set(key, place)
    this.#last = place
  }
}
