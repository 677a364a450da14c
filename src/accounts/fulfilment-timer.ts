import { complete } from '../storage/orders/ledger.ts'
import type { Account } from './account.ts'

type Stores = Pick<Account, 'orders' | 'subscriptions' | 'products' | 'random'>

/**
 * Completes the pending orders of an account when their time has come. It is asked on every request, so it remembers when the
 * next one completes.
 */
export class Settling {
  readonly #stores: Stores
  #next = 0

  constructor(stores: Stores) {
    this.#stores = stores
    this.reread()
  }

  /** Whether there is something to complete. `now`: milliseconds since 1970. */
  isDue(now: number): boolean {
    return now >= this.#next
  }

  /** Completes what is due now. */
  complete(now: number): void {
    for (const order of this.#stores.orders.due(now)) complete(this.#stores, order)
    this.reread()
  }

  /** An order is added that completes then, or never. */
  expect(completesAt: number | undefined): void {
    this.#next = Math.min(this.#next, completesAt ?? this.#next)
  }

  /** To be called when the database has changed otherwise. */
  reread(): void {
    this.#next = this.#stores.orders.nextDue()
  }
}
