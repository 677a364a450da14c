import { createHash, randomBytes } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { RandomBytes } from '../model/orders/ids.ts'
import { late } from './lazy.ts'

/**
 * What an account's new ids are made of. With a seed, the same draws give the same bytes in every account and every run;
 * how many there were is kept in the database, so that a restart does not repeat an id.
 */
export function openRandom(database: Database, seed: string | undefined): RandomBytes {
  if (seed === undefined) return randomBytes
  const draw = late(() => database.prepare<[], number>('UPDATE partner SET draws = draws + 1 RETURNING draws').pluck())
  return (count) => createHash('sha256').update(`${seed}/${draw().get()}`).digest().subarray(0, count)
}
