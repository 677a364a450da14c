import type { Database } from 'better-sqlite3'
import { lazy } from '../model/lazy.ts'

/** The partner that an account belongs to: one row, written when the account is seeded. */
export function openPartner(database: Database) {
  const id = lazy(() => database.prepare<[], string>('SELECT id FROM partner').pluck())
  const insert = lazy(() => database.prepare<[string, number]>('INSERT INTO partner (id, draws) VALUES (?, ?)'))
  const draws = lazy(() => database.prepare<[], number>('SELECT draws FROM partner').pluck())
  const update = lazy(() => database.prepare<[string]>('UPDATE partner SET id = ?'))

  return {
    /** The partner's tenant id, or undefined before the database is seeded. */
    id: (): string | undefined => id().get(),
    /** The number of draws of random bytes so far, with an id seed. */
    draws: (): number => draws().get() ?? 0,
    add(tenantId: string, drawn = 0): void {
      insert().run(tenantId, drawn)
    },
    rename(tenantId: string): void {
      update().run(tenantId)
    },
  }
}
