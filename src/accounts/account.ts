import type { Database } from 'better-sqlite3'
import type { AccountKind, RulesEdition } from '../orders/rules.ts'
import { openAnswers } from './answers.ts'
import type { Clock } from './clock.ts'
import { openCustomers } from './customers.ts'
import type { Fixtures } from './fixtures.ts'
import { openOrders } from './orders.ts'
import { openProducts } from './products.ts'
import { seed } from './seeding.ts'

/** How an account behaves. `auth` and `bom` as in the options of the same name. */
export interface AccountSettings {
  kind: AccountKind
  rules: RulesEdition
  auth: 'optional' | 'required'
  bom: boolean
}

/** One partner account and all of its state. */
export interface Account {
  name: string
  settings: AccountSettings
  clock: Clock
  /** The partner's tenant id. */
  partnerId: string
  customers: ReturnType<typeof openCustomers>
  products: ReturnType<typeof openProducts>
  orders: ReturnType<typeof openOrders>
  answers: ReturnType<typeof openAnswers>
  /** Runs all of the changes or none. */
  transaction(change: () => void): void
  close(): void
}

/** Opens the account a migrated database holds; a new one is seeded first. */
export function openAccount(
  name: string,
  database: Database,
  fixtures: Fixtures,
  settings: AccountSettings,
  clock: Clock,
): Account {
  const partner = database.prepare<[], string>('SELECT id FROM partner').pluck()
  const stores = {
    customers: openCustomers(database),
    products: openProducts(database),
    orders: openOrders(database),
    answers: openAnswers(database),
  }
  const transaction = database.transaction((change: () => void) => change())
  if (partner.get() === undefined) {
    transaction(() => {
      database.prepare('INSERT INTO partner (id) VALUES (?)').run(fixtures.partnerId)
      seed(stores, fixtures, clock.now())
    })
  }
  return {
    name,
    settings,
    clock,
    partnerId: partner.get() ?? fixtures.partnerId,
    ...stores,
    transaction,
    close: () => database.close(),
  }
}
