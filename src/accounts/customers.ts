import type { Database } from 'better-sqlite3'
import type { Customer } from './fixtures.ts'

/** The partner's customers. Ids are tenant ids, matched in any case. */
export function openCustomers(database: Database) {
  const byId = database.prepare<[string], 1>('SELECT 1 FROM customers WHERE id = ?').pluck()
  const insert = database.prepare<[string, string, string]>(
    'INSERT INTO customers (id, company_name, domain) VALUES (?, ?, ?)',
  )

  return {
    has: (id: string): boolean => byId.get(id.toLowerCase()) !== undefined,
    add({ id, companyName, domain }: Customer): void {
      insert.run(id, companyName, domain)
    },
  }
}
