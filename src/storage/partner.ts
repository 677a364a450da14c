import type { Database } from 'better-sqlite3'
import { lazy } from '../model/lazy.ts'

/** The partner that an account belongs to: one row, written when the account is seeded. */
export function openPartner(database: Database) {
  const id = lazy(() => database.prepare<[], string>('SELECT id FROM partner').pluck())
  const insert = lazy(() => database.prepare<[string]>('INSERT INTO partner (id) VALUES (?)'))
  const update = lazy(() => database.prepare<[string]>('UPDATE partner SET id = ?'))

  return {
    /** The partner's tenant id, or undefined before the database is seeded. */
    id: (): string | undefined => id().get(),
    add(tenantId: string): void {
      insert().run(tenantId)
    },
    rename(tenantId: string): void {
      update().run(tenantId)
    },
  }
}
