import type { Database } from 'better-sqlite3'
import type { Customer } from '../../model/customers/schema.ts'
import { lazy } from '../../model/lazy.ts'

/** The customers of the partner. Tenant ids match in any case. */
export function openCustomers(database: Database) {
  const columns = 'id, company_name AS companyName, domain'
  const byId = lazy(() => database.prepare<[string], Customer>(`SELECT ${columns} FROM customers WHERE id = ?`))
  const all = lazy(() => database.prepare<[], Customer>(`SELECT ${columns} FROM customers ORDER BY rowid`))
  const insert = lazy(() =>
    database.prepare<[string, string, string]>('INSERT INTO customers (id, company_name, domain) VALUES (?, ?, ?)'),
  )
  const remove = lazy(() => database.prepare<[string]>('DELETE FROM customers WHERE id = ?'))

  return {
    find: (id: string): Customer | undefined => byId().get(id.toLowerCase()),
    all: (): Customer[] => all().all(),
    add({ id, companyName, domain }: Customer): void {
      insert().run(id, companyName, domain)
    },
    /** Removes a customer with all orders, subscriptions and carts. */
    remove(id: string): void {
      remove().run(id.toLowerCase())
    },
  }
}
