import type { Database } from 'better-sqlite3'
import type { Customer } from '../../model/customers/schema.ts'
import { lazy } from '../../model/lazy.ts'

/** A row of the table. `details`: the other members of the customer, as JSON. */
interface CustomerRow {
  place: number
  id: string
  companyName: string
  domain: string
  details: string
}

/** A customer with its place in the list. Places increase in the order in which customers were added. */
export interface PlacedCustomer {
  place: number
  customer: Customer
}

/** The customers of the partner. Tenant ids match in any case. */
export function openCustomers(database: Database) {
  const columns = 'rowid AS place, id, company_name AS companyName, domain, details'
  const byId = lazy(() => database.prepare<[string], CustomerRow>(`SELECT ${columns} FROM customers WHERE id = ?`))
  const byDomain = lazy(() =>
    database.prepare<[string], CustomerRow>(`SELECT ${columns} FROM customers WHERE lower(domain) = ?`),
  )
  const behind = lazy(() =>
    database.prepare<[number], CustomerRow>(`SELECT ${columns} FROM customers WHERE rowid > ? ORDER BY rowid`),
  )
  const count = lazy(() => database.prepare<[], number>('SELECT count(*) FROM customers').pluck())
  const insert = lazy(() =>
    database.prepare<[string, string, string, string]>(
      'INSERT INTO customers (id, company_name, domain, details) VALUES (?, ?, ?, ?)',
    ),
  )
  const update = lazy(() =>
    database.prepare<[string, string, string, string]>(
      'UPDATE customers SET company_name = ?, domain = ?, details = ? WHERE id = ?',
    ),
  )
  const remove = lazy(() => database.prepare<[string]>('DELETE FROM customers WHERE id = ?'))
  const found = (row: CustomerRow | undefined) => (row === undefined ? undefined : readRow(row))

  return {
    find: (id: string): Customer | undefined => found(byId().get(id.toLowerCase())),
    findByDomain: (domain: string): Customer | undefined => found(byDomain().get(domain.toLowerCase())),
    all: (): Customer[] => behind().all(0).map(readRow),
    /** The customers behind a place, in the order in which they were added. */
    after: (place: number): PlacedCustomer[] =>
      behind()
        .all(place)
        .map((row) => ({ place: row.place, customer: readRow(row) })),
    count: (): number => count().get() ?? 0,
    add({ id, companyName, domain, ...details }: Customer): void {
      insert().run(id, companyName, domain, JSON.stringify(details))
    },
    replace({ id, companyName, domain, ...details }: Customer): void {
      update().run(companyName, domain, JSON.stringify(details), id)
    },
    /** Removes a customer with all orders, subscriptions and carts. */
    remove(id: string): void {
      remove().run(id.toLowerCase())
    },
  }
}

function readRow({ id, companyName, domain, details }: CustomerRow): Customer {
  return { id, companyName, domain, ...JSON.parse(details) }
}
