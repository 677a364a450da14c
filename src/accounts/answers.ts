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
 */
export function openAnswers(database: Database) {
  const byRequest = database.prepare<[string, string, number], KeptAnswer>(
    'SELECT status, document FROM answers WHERE request_id = ? AND route = ? AND answered_at > ?',
  )
  const insert = database.prepare<[string, string, number, number, string]>(
    'INSERT OR REPLACE INTO answers (request_id, route, answered_at, status, document) VALUES (?, ?, ?, ?, ?)',
  )
  const forget = database.prepare<[number]>('DELETE FROM answers WHERE answer_number <= ?')

  return {
    find: (requestId: string, route: string, now: number): KeptAnswer | undefined =>
      byRequest.get(requestId.toLowerCase(), route, now - keptFor),
    keep(requestId: string, route: string, now: number, { status, document }: KeptAnswer): void {
      const { lastInsertRowid } = insert.run(requestId.toLowerCase(), route, now, status, document)
      forget.run(Number(lastInsertRowid) - keptAtMost)
    },
  }
}
