import { createHash, randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { RandomBytes } from '../model/ids.ts'
import { lazy } from '../model/lazy.ts'

/**
 * The random bytes of an account's new ids. With a seed, the same draws give the same bytes in every account and every run.
 * The database counts the draws, so that a restart does not repeat an id.
 */
export function openRandom(database: Database, seed: string | null): RandomBytes {
  if (seed === null) return randomBytes
  const draw = lazy(() => database.prepare<[], number>('UPDATE partner SET draws = draws + 1 RETURNING draws').pluck())
  return (count) => createHash('sha256').update(`${seed}/${draw().get()}`).digest().subarray(0, count)
}
