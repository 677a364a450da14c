import type { Database } from 'better-sqlite3'
import type { Fixtures } from '../fixtures/fixtures.ts'
import { seed } from '../fixtures/seed.ts'
import type { AccountKind, RulesEdition } from '../model/orders/cancellation-rules.ts'
import type { RandomBytes } from '../model/orders/ids.ts'
import { openCarts } from '../storage/carts/store.ts'
import { openProducts } from '../storage/catalog/store.ts'
import { openCustomers } from '../storage/customers/store.ts'
import { GroupCommit } from '../storage/group-commit.ts'
import { openAttachments } from '../storage/orders/attachment-store.ts'
import { openOrders } from '../storage/orders/store.ts'
import { openRandom } from '../storage/random.ts'
import { openSubscriptions } from '../storage/subscriptions/store.ts'
import type { AccountClock } from './clock.ts'
import { Faults } from './faults.ts'
import { Settling } from './fulfilment-timer.ts'
import { openAnswers } from './idempotency/replay-cache.ts'
import { AnswerSaving } from './idempotency/write-behind.ts'
import { Journal } from './journal.ts'
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
  clock: AccountClock
  faults: Faults
  journal: Journal
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
  database: Database
  /** Runs what changes a row. It costs less than a transaction, which for one row would cost more than the change. */
  change<Result>(change: () => Result): Result
  /** Runs all of the changes or none. */
  transaction<Result>(change: () => Result): Result
  /** Calls back once what was changed so far will survive the process where it is to, or with why it cannot. */
  whenCommitted(callback: (error?: Error) => void): void
  /** To be called before the database is used by anybody else: writes all that it is to have. */
  save(): void
  /** To be called before the database is given another content or closed for good: forgets what it has not yet. */
  discard(): void
  /** Completes the pending orders whose time has come. To be called before anything of the account is read. */
  settle(): void
}

/**
 * Writes a partner and what is theirs into an empty database. `now`: milliseconds since 1970. `onProgress`: called with the
 * number of orders each time some thousands more are written.
 */
export function seedDatabase(
  database: Database,
  fixtures: Fixtures,
  now: number,
  onProgress?: (orders: number) => void,
): void {
  database.transaction(() => {
    database.prepare('INSERT INTO partner (id) VALUES (?)').run(fixtures.partnerId)
    seed(openStores(database, undefined), fixtures, now, onProgress)
  })()
}

/** Whether a database holds a partner. */
export function isSeeded(database: Database): boolean {
  return database.prepare('SELECT 1 FROM partner').get() !== undefined
}

/** Opens the account that a migrated and seeded database holds. */
export function openAccount(name: string, database: Database, settings: AccountSettings, clock: AccountClock): Account {
  const stores = openStores(database, settings.idSeed)
  const journal = new Journal()
  const isFile = !database.memory
  const settling = new Settling(stores)
  const group = new GroupCommit(database, () => {
    settling.reread()
    stores.answers.reread()
  })
  const transaction = transactionsOf(database, group)
  const saving = new AnswerSaving(stores.answers, transaction)
  return {
    name,
    settings,
    clock,
    faults: new Faults(),
    journal,
    partnerId: database.prepare<[], string>('SELECT id FROM partner').pluck().get() ?? '',
    ...stores,
    orders: {
      ...stores.orders,
      add(order, start) {
        settling.expect(start.completesAt)
        return stores.orders.add(order, start)
      },
    },
    answers: {
      ...stores.answers,
      keep(...answer) {
        stores.answers.keep(...answer)
        if (isFile) saving.wait()
      },
    },
    throttle: settings.throttle === undefined ? undefined : new Throttle(settings.throttle),
    change(change) {
      group.open()
      return change()
    },
    transaction,
    whenCommitted(callback) {
      if (isFile) group.whenCommitted(callback)
      else callback()
    },
    save() {
      saving.save()
      group.commit()
    },
    discard() {
      journal.clear()
      saving.end()
      group.commit()
    },
    settle() {
      const now = clock.now()
      if (settling.isDue(now)) transaction(() => settling.complete(now))
    },
  }
}

/** Runs changes, all or none, as a part of a group. */
function transactionsOf(database: Database, group: GroupCommit): Account['transaction'] {
  const inTransaction = database.transaction((change: () => void) => change())
  return <Result>(change: () => Result): Result => {
    group.open()
    let result!: Result
    inTransaction(() => {
      result = change()
    })
    return result
  }
}

export function openStores(database: Database, idSeed: string | undefined) {
  return {
    database,
    customers: openCustomers(database),
    products: openProducts(database),
    orders: openOrders(database),
    subscriptions: openSubscriptions(database),
    carts: openCarts(database),
    attachments: openAttachments(database),
    answers: openAnswers(database),
    random: openRandom(database, idSeed),
  }
}
