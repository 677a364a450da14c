import type { Database } from 'better-sqlite3'
import { lazy } from '../../model/lazy.ts'

/** A reply that a repeated MS-RequestId gets. `place`: the number of the row, from 0. `repliedAt`: milliseconds since 1970. */
export interface ReplayRow {
  place: number
  /** In lower case. */
  requestId: string
  route: string
  /** A checksum of the request's body, 0 if it is not known. */
  bodySum: number
  repliedAt: number
  status: number
  document: string
}

/** The stored replies of an account: a ring of rows, each overwritten when its place comes around. */
export function openReplays(database: Database) {
  const all = lazy(() =>
    database.prepare<[], ReplayRow>(
      `SELECT answer_number AS place, lower(request_id) AS requestId, route, body_sum AS bodySum, answered_at AS repliedAt,
       status, document
       FROM answers ORDER BY answered_at, answer_number`,
    ),
  )
  const write = lazy(() =>
    database.prepare<[number, string, string, number, number, number, string]>(
      `INSERT INTO answers (answer_number, request_id, route, body_sum, answered_at, status, document)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (answer_number) DO UPDATE SET request_id = excluded.request_id, route = excluded.route,
       body_sum = excluded.body_sum, answered_at = excluded.answered_at, status = excluded.status, document = excluded.document`,
    ),
  )

  return {
    /** The oldest first. */
    all: (): ReplayRow[] => all().all(),
    write({ place, requestId, route, bodySum, repliedAt, status, document }: ReplayRow): void {
      write().run(place, requestId, route, bodySum, repliedAt, status, document)
    },
  }
}
