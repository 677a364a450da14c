import type { Database } from 'better-sqlite3'
import { friendlyId, guid, modernOrderId, type RandomBytes } from '../model/ids.ts'
import { lazy } from '../model/lazy.ts'

/**
 * The random bytes of an account's new ids. With a seed, the same draws give the same bytes in every account and every run.
 * The database counts the draws, so that a restart does not repeat an id.
 */
export function openRandom(database: Database, seed: string | null): RandomBytes {
  if (seed === null) return (count) => crypto().randomBytes(count)
  const draw = lazy(() => database.prepare<[], number>('UPDATE partner SET draws = draws + 1 RETURNING draws').pluck())
  return (count) => bytesOf(seed, draw().get() ?? 0).subarray(0, count)
}

// Loaded on first use: most starts create nothing.
const crypto = lazy(() => process.getBuiltinModule('node:crypto'))

/** The bytes of a draw. `place`: from 1. */
function bytesOf(seed: string, place: number): Buffer {
  return crypto().createHash('sha256').update(`${seed}/${place}`).digest()
}

/** Content that a seed made has an id of at least one draw in so many. */
const searchedWithoutId = 1000

/**
 * The number of the last draw that made one of some ids, or 0. An account that starts after it repeats none of them.
 * `ids`: in lower case.
 */
export function lastDrawOf(seed: string, ids: ReadonlySet<string>): number {
  let last = 0
  for (let place = 1; place <= last + searchedWithoutId; place++) {
    const bytes = bytesOf(seed, place)
    const random = (count: number) => Buffer.from(bytes.subarray(0, count))
    const made = [modernOrderId(random), friendlyId(random), guid(random)]
    if (made.some((id) => ids.has(id.toLowerCase()))) last = place
  }
  return last
}
