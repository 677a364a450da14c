import type { Database } from 'better-sqlite3'

const keptFor = 24 * 60 * 60 * 1000
const keptAtMost = 10_000

/** Old ones are removed so many at a time, which costs less than one by one. */
const removedAtOnce = 500

/** The status and body of a success. */
export interface KeptAnswer {
  status: number
  document: string
}

interface Place {
  number: number
  /** Milliseconds since 1970. */
  answeredAt: number
}

/**
 * First answers to changing requests, by their MS-RequestId and route: for 24 hours, and at least the last 10,000 of an
 * account. https://learn.microsoft.com/partner-center/developer/headers says that a repeated id must not run twice; how long
 * the service remembers one is not documented.
 */
export function openAnswers(database: Database) {
  const byNumber = database.prepare<[number], KeptAnswer>(
    'SELECT status, document FROM answers WHERE answer_number = ?',
  )
  const places = database.prepare<[], Place & { requestId: string; route: string }>(
    'SELECT answer_number AS number, request_id AS requestId, route, answered_at AS answeredAt FROM answers ORDER BY 1',
  )
  const insert = database.prepare<[string, string, number, number, string]>(
    'INSERT INTO answers (request_id, route, answered_at, status, document) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = database.prepare<[number]>('DELETE FROM answers WHERE answer_number <= ?')
  let known: Map<string, Place> | undefined
  const placeOf = () => {
    known ??= new Map(places.all().map(({ requestId, route, ...place }) => [keyOf(requestId, route), place]))
    return known
  }

  return {
    find(requestId: string, route: string, now: number): KeptAnswer | undefined {
      const place = placeOf().get(keyOf(requestId, route))
      return place === undefined || place.answeredAt <= now - keptFor ? undefined : byNumber.get(place.number)
    },
    keep(requestId: string, route: string, now: number, { status, document }: KeptAnswer): void {
      const { lastInsertRowid } = insert.run(requestId, route, now, status, document)
      const number = Number(lastInsertRowid)
      placeOf().set(keyOf(requestId, route), { number, answeredAt: now })
      if (number % removedAtOnce === 0) forget(number - keptAtMost)
    },
  }

  function forget(last: number): void {
    remove.run(last)
    for (const [key, { number }] of placeOf()) {
      if (number <= last) placeOf().delete(key)
    }
  }
}

function keyOf(requestId: string, route: string): string {
  return `${requestId.toLowerCase()} ${route}`
}
