import type { Database } from 'better-sqlite3'
import type { RandomBytes } from '../model/ids.ts'
import { lazy } from '../model/lazy.ts'

/**
 * The random bytes of an account's new ids. With a seed, the same draws give the same bytes in every account and every run.
 * The database counts the draws, so that a restart does not repeat an id.
 */
export function openRandom(database: Database, seed: string | null): RandomBytes {
  // Loaded on first use: most starts create nothing.
  const crypto = lazy(() => process.getBuiltinModule('node:crypto'))
  if (seed === null) return (count) => crypto().randomBytes(count)
  const draw = lazy(() => database.prepare<[], number>('UPDATE partner SET draws = draws + 1 RETURNING draws').pluck())
  return (count) => crypto().createHash('sha256').update(`${seed}/${draw().get()}`).digest().subarray(0, count)
}
