import type { Order } from '../model/orders/schema.ts'
import { contentOf, type Database } from '../storage/database.ts'
import { GroupCommit } from '../storage/group-commit.ts'
import { addOrder } from '../storage/orders/ledger.ts'
import { openRandom } from '../storage/random.ts'
import { type OrderReader, openFileReader } from '../storage/reader.ts'
import { openStores, type Stores } from '../storage/stores.ts'
import { AccountReplacedError } from './account-replaced-error.ts'
import type { AccountClock } from './clock.ts'
import { Faults } from './faults.ts'
import { completionTime, FulfilmentTimer } from './fulfilment-timer.ts'
import type { StoredReply } from './idempotency/replay-cache.ts'
import { type ReplayableRequest, Replays } from './idempotency/replays.ts'
import { Journal } from './journal.ts'
import type { AccountSettings } from './settings.ts'
import { Throttle } from './throttle.ts'

/**
 * One partner account and all of its state. Reading it completes the pending orders whose time has come. `write` is the
 * one way to change it.
 */
export class Account {
  readonly name: string
  readonly clock: AccountClock
  readonly faults = new Faults()
  readonly journal: Journal
  /** The tenant id of the partner. */
  readonly partnerId: string
  readonly #database: Database
  readonly #stores: Stores
  readonly #fulfilment: FulfilmentTimer
  readonly #group: GroupCommit
  readonly #replays: Replays
  #isChanging = false
  /** Replies that still read the database. */
  #readers = 0
  #hasEnded = false
  #settings: AccountSettings
  #throttle: Throttle | undefined

  /** Opens the account of a migrated and seeded database. */
  constructor(
    name: string,
    database: Database,
    settings: AccountSettings,
    clock: AccountClock,
    journal: Journal = new Journal(),
  ) {
    this.name = name
    this.clock = clock
    this.journal = journal
    this.#database = database
    this.#stores = openStores(database, settings.idSeed)
    this.#fulfilment = new FulfilmentTimer(this.#stores)
    this.#group = new GroupCommit(database, () => {
      this.#fulfilment.reload()
      this.#replays.reload()
    })
    this.#replays = new Replays(this.#stores.replays, this.#survives)
    this.#settings = settings
    this.#throttle = throttleOf(settings)
    this.partnerId = this.#stores.partner.id() ?? ''
  }

  /** Whether the database is a file. */
  get #survives(): boolean {
    return !this.#database.memory
  }

  get settings(): AccountSettings {
    return this.#settings
  }

  get throttle(): Throttle | undefined {
    return this.#throttle
  }

  /** Why the last commit failed, or undefined. */
  get problem(): string | undefined {
    return this.#group.problem
  }

  /** Changes the settings. State, journal and faults stay. */
  configure(settings: AccountSettings): void {
    this.#settings = settings
    this.#throttle = throttleOf(settings)
    this.#stores.random = openRandom(this.#database, settings.idSeed)
  }

  /**
   * The stores, after the orders that are due have completed. Within a change, nothing else changes. Throws
   * AccountReplacedError after the end of the account.
   */
  get #current(): Stores {
    if (this.#hasEnded) throw new AccountReplacedError(this.name)
    const now = this.clock.now()
    if (!this.#isChanging && this.#fulfilment.isDue(now)) this.#change(() => this.#fulfilment.completeDue(now))
    return this.#stores
  }

  #change<Result>(change: () => Result): Result {
    this.#isChanging = true
    try {
      return this.#group.run(change)
    } finally {
      this.#isChanging = false
    }
  }

  get customers(): Stores['customers'] {
    return this.#current.customers
  }

  get products(): Stores['products'] {
    return this.#stores.products
  }

  get orders(): Stores['orders'] {
    return this.#current.orders
  }

  get subscriptions(): Stores['subscriptions'] {
    return this.#current.subscriptions
  }

  get carts(): Stores['carts'] {
    return this.#current.carts
  }

  get attachments(): Stores['attachments'] {
    return this.#current.attachments
  }

  /** The random bytes of new ids. */
  get random(): Stores['random'] {
    return this.#stores.random
  }

  /**
   * Runs a change, completely or not at all, and returns its reply. A request that repeats an earlier success gets the
   * stored reply instead, and nothing changes. Only a successful reply is stored: an exception of `change` passes through.
   * Without `request`, the reply is not stored. Throws AccountReplacedError after the end of the account.
   */
  write(request: ReplayableRequest | undefined, change: () => StoredReply): StoredReply & { replayed: boolean } {
    if (this.#hasEnded) throw new AccountReplacedError(this.name)
    const now = this.clock.now()
    const earlier = request === undefined ? undefined : this.#replays.find(request, now)
    if (earlier !== undefined) return { ...earlier, replayed: true }
    const reply = this.#change(() => {
      const changed = change()
      if (request !== undefined) this.#replays.keep(request, now, changed)
      return changed
    })
    return { ...reply, replayed: false }
  }

  /** Adds a placed order. It completes after the fulfilment delay of the account. Call it within `write`. */
  addOrder(order: Order): void {
    const completesAt = completionTime(order, this.#stores, this.#settings, this.clock.now())
    this.#fulfilment.expect(completesAt)
    addOrder(this.#stores, order, { completesAt })
  }

  /** Calls back when the changes so far are as durable as the database is, or with the error of the commit. */
  whenCommitted(callback: (error?: Error) => void): void {
    if (this.#survives) this.#group.whenCommitted(callback)
    else callback()
  }

  /** The content of the database, with everything that was only in memory. */
  content(): Buffer {
    // The getter completes the orders that are due.
    void this.#current
    this.#flush()
    return contentOf(this.#database)
  }

  #flush(): void {
    this.#group.run(() => this.#replays.flush())
    this.#group.commit()
  }

  /**
   * Opens a view of the orders for a reply that takes long to send. It stays the same when the account changes or ends.
   * The caller closes it.
   */
  openReader(): OrderReader {
    const { orders } = this.#current
    this.#group.commit()
    if (this.#survives) return openFileReader(this.#database)
    this.#readers += 1
    const close = () => {
      this.#readers -= 1
      if (this.#hasEnded && this.#readers === 0) this.#database.close()
    }
    return { textOf: orders.textOf, close }
  }

  /**
   * Ends the account: releases the requests that a fault holds, refuses the requests that are under way, and drops what is
   * only in memory. Returns the database, if it is a file, and otherwise closes it after its last reader.
   */
  end(): Database | undefined {
    this.#hasEnded = true
    this.faults.set([])
    this.#replays.reload()
    this.#group.commit()
    if (this.#survives) return this.#database
    if (this.#readers === 0) this.#database.close()
    return undefined
  }

  /** Flushes the account and closes its database. */
  close(): void {
    if (this.#hasEnded) return
    this.#flush()
    this.end()?.close()
  }
}

function throttleOf({ throttle }: AccountSettings): Throttle | undefined {
  return throttle === null ? undefined : new Throttle(throttle)
}
