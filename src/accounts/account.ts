import { type DecidedCancellation, linesThatDiffer } from '../model/orders/cancel.ts'
import { waitsForActivation } from '../model/orders/fulfil.ts'
import type { Order } from '../model/orders/schema.ts'
import { milliseconds } from '../model/time/duration.ts'
import { AccountDatabase } from '../storage/account-database.ts'
import type { Database } from '../storage/database.ts'
import { addOrder, completeWhenActivated, saveOrder, startCancellation, withStatus } from '../storage/orders/ledger.ts'
import { readOrder, type StoredOrder } from '../storage/orders/row.ts'
import type { OrderReader } from '../storage/reader.ts'
import type { Stores } from '../storage/stores.ts'
import { AccountReplacedError } from './account-replaced-error.ts'
import type { AccountClock } from './clock.ts'
import { Faults } from './faults.ts'
import { completionTime, FulfilmentTimer, timeAfter } from './fulfilment-timer.ts'
import type { StoredReply } from './idempotency/replay-cache.ts'
import { type Replay, type ReplayableRequest, Replays } from './idempotency/replays.ts'
import { Journal } from './journal.ts'
import { type AccountSettings, noDelay } from './settings.ts'
import { Throttle } from './throttle.ts'

/** The reply of `write`. `replayed`: whether it is the stored reply of an earlier request. */
type WrittenReply = Replay & { replayed: boolean }

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
  readonly #database: AccountDatabase
  readonly #fulfilment: FulfilmentTimer
  readonly #replays: Replays
  #isChanging = false
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
    this.#database = new AccountDatabase(database, settings.idSeed, () => {
      this.#fulfilment.reload()
      this.#replays.reload()
    })
    this.#fulfilment = new FulfilmentTimer(this.#database)
    this.#replays = new Replays(this.#database)
    this.#settings = settings
    this.#throttle = throttleOf(settings)
    this.partnerId = this.#database.stores.partner.id() ?? ''
  }

  get settings(): AccountSettings {
    return this.#settings
  }

  get throttle(): Throttle | undefined {
    return this.#throttle
  }

  /** Why the last commit failed, or undefined. */
  get problem(): string | undefined {
    return this.#database.problem
  }

  /** Changes the settings. State, journal and faults stay. */
  configure(settings: AccountSettings): void {
    this.#settings = settings
    this.#throttle = throttleOf(settings)
    this.#database.setIdSeed(settings.idSeed)
  }

  /**
   * The stores, after the orders that are due have completed. Within a change, nothing else changes. Throws
   * AccountReplacedError after the end of the account.
   */
  get #current(): Stores {
    if (this.#hasEnded) throw new AccountReplacedError(this.name)
    const now = this.clock.now()
    if (!this.#isChanging && this.#fulfilment.isDue(now)) this.#change(() => this.#fulfilment.completeDue(now))
    return this.#database.stores
  }

  #change<Result>(change: () => Result): Result {
    this.#isChanging = true
    try {
      return this.#database.run(change)
    } finally {
      this.#isChanging = false
    }
  }

  get customers(): Stores['customers'] {
    return this.#current.customers
  }

  get products(): Stores['products'] {
    return this.#current.products
  }

  get orders(): Stores['orders'] {
    return this.#current.orders
  }

  get subscriptions(): Stores['subscriptions'] {
    return this.#current.subscriptions
  }

  get registrations(): Stores['registrations'] {
    return this.#current.registrations
  }

  get carts(): Stores['carts'] {
    return this.#current.carts
  }

  get attachments(): Stores['attachments'] {
    return this.#current.attachments
  }

  /** The random bytes of new ids. */
  get random(): Stores['random'] {
    return this.#current.random
  }

  /** The number of draws of random bytes so far, with an id seed. */
  get draws(): number {
    return this.#current.partner.draws()
  }

  /**
   * Runs a change, completely or not at all, and returns its reply. A request that repeats an earlier success gets the
   * stored reply instead, and nothing changes. Only a successful reply is stored: an exception of `change` passes through.
   * Without `request`, the reply is not stored. Throws AccountReplacedError after the end of the account.
   */
  write(request: ReplayableRequest | undefined, change: () => StoredReply): WrittenReply {
    if (this.#hasEnded) throw new AccountReplacedError(this.name)
    const now = this.clock.now()
    const earlier = request === undefined ? undefined : this.#replays.find(request, now)
    if (earlier !== undefined) return { ...earlier, replayed: true }
    const reply = this.#change(() => {
      const changed = change()
      if (request !== undefined) this.#replays.keep(request, now, changed)
      return changed
    })
    return { ...reply, replayed: false, sameBody: true }
  }

  /** The creation time of the newest order that lists show, in milliseconds since 1970; undefined for any. */
  listedUntil(): number | undefined {
    const { orderListDelay } = this.#settings
    return orderListDelay === noDelay ? undefined : this.clock.now() - milliseconds(orderListDelay)
  }

  /** Adds a placed order. It completes after the fulfilment delay of the account. Call it within `write`. */
  addOrder(order: Order): void {
    const stores = this.#current
    const completesAt = completionTime(order, stores, this.#settings, this.clock.now())
    this.#fulfilment.expect(completesAt)
    addOrder(stores, order, { completesAt })
  }

  /**
   * Takes note of the purchase order of an order that waits for one: the review ends after the fulfilment delay. Call it
   * within `write`.
   */
  receivePurchaseOrder(stored: StoredOrder): void {
    const order = readOrder(stored)
    if (order.status !== 'pending_po_upload') return
    const stores = this.#current
    const at = timeAfter(this.#settings.fulfilmentDelay, this.clock.now())
    this.#fulfilment.expect(at)
    saveOrder(stores, stored.orderNumber, { ...order, status: 'po_upload_complete' })
    stores.orders.setCompletion(stored.orderNumber, at)
  }

  /**
   * Cancels an order as decided, after the cancellation delay of the account, and returns its document. Call it within
   * `write`.
   */
  cancelOrder(stored: StoredOrder, order: Order, { cancelled, whole }: DecidedCancellation): string {
    const stores = this.#current
    const { cancellationDelay } = this.#settings
    if (cancellationDelay === noDelay) {
      const document = whole ? withStatus(stored.document, order, cancelled) : undefined
      const saved = saveOrder(stores, stored.orderNumber, cancelled, document)
      if (whole || !this.#nowFulfils(order, cancelled)) return saved
      completeWhenActivated(stores, stored.orderNumber)
      return stores.orders.get(stored.orderNumber)?.document ?? saved
    }
    const at = timeAfter(cancellationDelay, this.clock.now())
    this.#fulfilment.expect(at)
    const lines = whole ? [] : linesThatDiffer(order, cancelled)
    return startCancellation(stores, stored, order, { at, lines })
  }

  /** Whether nothing else of a pending order waits for its activation, now that some of its lines are cancelled. */
  #nowFulfils(order: Order, cancelled: Order): boolean {
    const { typeOf } = this.#current.products
    const fulfils = this.#settings.fulfilmentDelay !== 'manual'
    return fulfils && waitsForActivation(order, typeOf) && !waitsForActivation(cancelled, typeOf)
  }

  /** The number of orders. */
  get orderCount(): number {
    return this.#database.orderCount
  }

  /** Calls back when the changes so far are as durable as the database is, or with the error of the commit. */
  whenCommitted(callback: (error?: Error) => void): void {
    this.#database.whenCommitted(callback)
  }

  /** The content of the database, with everything that was only in memory. */
  content(): Buffer {
    // The getter completes the orders that are due.
    void this.#current
    this.#change(() => this.#replays.flush())
    return this.#database.content()
  }

  /** Opens a view of the orders that stays the same when the account changes or ends. The caller closes it. */
  openReader(): OrderReader {
    void this.#current
    return this.#database.openReader()
  }

  /** Closes the database until the next use. */
  park(): void {
    if (!this.#hasEnded) this.#database.park()
  }

  /**
   * Ends the account: releases the requests that a fault holds, refuses the requests that are under way, and
   * discards the state kept only in memory. Returns the database, if it is a file.
   */
  end(): Database | undefined {
    this.#stop()
    return this.#database.release()
  }

  /** Ends the account and closes its database. */
  close(): void {
    if (this.#hasEnded) return
    this.#stop()
    this.#database.close()
  }

  #stop(): void {
    this.#hasEnded = true
    this.faults.set([])
    this.#replays.reload()
  }
}

function throttleOf({ throttle }: AccountSettings): Throttle | undefined {
  return throttle === null ? undefined : new Throttle(throttle)
}
