import type { Database } from 'better-sqlite3'
import type { Customer } from '../../fixtures/fixtures.ts'
import { late } from '../lazy.ts'

/** The partner's customers. Ids are tenant ids, matched in any case. */
export function openCustomers(database: Database) {
  const columns = 'id, company_name AS companyName, domain'
  const byId = late(() => database.prepare<[string], Customer>(`SELECT ${columns} FROM customers WHERE id = ?`))
  const all = late(() => database.prepare<[], Customer>(`SELECT ${columns} FROM customers ORDER BY rowid`))
  const insert = late(() =>
    database.prepare<[string, string, string]>('INSERT INTO customers (id, company_name, domain) VALUES (?, ?, ?)'),
  )
  const remove = late(() => database.prepare<[string]>('DELETE FROM customers WHERE id = ?'))

  return {
    find: (id: string): Customer | undefined => byId().get(id.toLowerCase()),
    all: (): Customer[] => all().all(),
    add({ id, companyName, domain }: Customer): void {
      insert().run(id, companyName, domain)
    },
    /** Removes a customer with all that is theirs. */
    remove(id: string): void {
      remove().run(id.toLowerCase())
    },
  }
}
