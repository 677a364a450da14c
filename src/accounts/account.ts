import type { Database } from 'better-sqlite3'
import type { RandomBytes } from '../orders/identifiers.ts'
import type { AccountKind, RulesEdition } from '../orders/rules.ts'
import { openAnswers } from './answers.ts'
import { openAttachments } from './attachments.ts'
import { openCarts } from './carts.ts'
import type { Clock } from './clock.ts'
import { openCustomers } from './customers.ts'
import type { Fixtures } from './fixtures.ts'
import { complete } from './order-book.ts'
import { openOrders } from './orders.ts'
import { openProducts } from './products.ts'
import { openRandom } from './random.ts'
import { seed } from './seeding.ts'
import { openSubscriptions } from './subscriptions.ts'
import { Throttle } from './throttle.ts'

/** How an account behaves, each as in the option of the same name. */
export interface AccountSettings {
  kind: AccountKind
  rules: RulesEdition
  auth: 'optional' | 'required' | 'strict'
  bom: boolean
  /** Requests a minute, or undefined for any number. */
  throttle: number | undefined
  /** Milliseconds until a pending order completes, or undefined when nothing completes it by itself. */
  fulfilmentDelay: number | undefined
  idSeed: string | undefined
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
  subscriptions: ReturnType<typeof openSubscriptions>
  carts: ReturnType<typeof openCarts>
  attachments: ReturnType<typeof openAttachments>
  answers: ReturnType<typeof openAnswers>
  /** What new ids are made of. */
  random: RandomBytes
  throttle: Throttle | undefined
  /** Runs all of the changes or none. */
  transaction<Result>(change: () => Result): Result
  /** Completes the pending orders whose time has come. To be called before anything of the account is read. */
  settle(): void
  close(): void
}

/** Opens the account a migrated database holds; a new one is seeded first. */
export function openAccount(
  name: string,
  database: Database,
  readFixtures: () => Fixtures,
  settings: AccountSettings,
  clock: Clock,
): Account {
  const selectPartner = database.prepare<[], string>('SELECT id FROM partner').pluck()
  const stores = {
    customers: openCustomers(database),
    products: openProducts(database),
    orders: openOrders(database),
    subscriptions: openSubscriptions(database),
    carts: openCarts(database),
    attachments: openAttachments(database),
    answers: openAnswers(database),
    random: openRandom(database, settings.idSeed),
  }
  const transaction = <Result>(change: () => Result): Result => database.transaction(change)()
  const partnerId =
    selectPartner.get() ??
    transaction(() => {
      const fixtures = readFixtures()
      database.prepare('INSERT INTO partner (id) VALUES (?)').run(fixtures.partnerId)
      seed(stores, fixtures, clock.now())
      return fixtures.partnerId
    })
  // Asked on every request, so the next completion is remembered; `add` may bring one that is sooner.
  let nextDue = stores.orders.nextDue()
  const orders: typeof stores.orders = {
    ...stores.orders,
    add(order, start) {
      nextDue = Math.min(nextDue, start.completesAt ?? nextDue)
      return stores.orders.add(order, start)
    },
  }
  return {
    name,
    settings,
    clock,
    partnerId,
    ...stores,
    orders,
    throttle: settings.throttle === undefined ? undefined : new Throttle(settings.throttle),
    transaction,
    settle() {
      const now = clock.now()
      if (now < nextDue) return
      transaction(() => {
        for (const order of stores.orders.due(now)) complete(stores, order)
      })
      nextDue = stores.orders.nextDue()
    },
    close: () => database.close(),
  }
}
