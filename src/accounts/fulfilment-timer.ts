import { limits } from '../model/limits.ts'
import { waitsForActivation } from '../model/orders/fulfil.ts'
import type { Order } from '../model/orders/schema.ts'
import { milliseconds } from '../model/time/duration.ts'
import type { AccountDatabase } from '../storage/account-database.ts'
import { complete } from '../storage/orders/ledger.ts'
import type { Stores } from '../storage/stores.ts'
import type { AccountSettings } from './settings.ts'

/**
 * Completes the pending orders of an account when their time has come. Every read of the account asks it, so it remembers
 * when the next order completes.
 */
export class FulfilmentTimer {
  readonly #database: Pick<AccountDatabase, 'stores'>
  /** When the next order completes. Undefined until it is read. */
  #next: number | undefined

  constructor(database: Pick<AccountDatabase, 'stores'>) {
    this.#database = database
  }

  /** Whether an order is due. `now`: milliseconds since 1970. */
  isDue(now: number): boolean {
    this.#next ??= this.#database.stores.orders.nextDue()
    return now >= this.#next
  }

  /** Completes every order that is due. */
  completeDue(now: number): void {
    const { stores } = this.#database
    for (const order of stores.orders.due(now)) complete(stores, order)
    this.reload()
  }

  /** Takes note of a new order. `completesAt`: milliseconds since 1970, or undefined when it does not complete by itself. */
  expect(completesAt: number | undefined): void {
    if (this.#next !== undefined && completesAt !== undefined) this.#next = Math.min(this.#next, completesAt)
  }

  /** Forgets the next time, after a rollback for instance. The next check reads it again. */
  reload(): void {
    this.#next = undefined
  }
}

/**
 * When an order that is placed now completes by itself, in milliseconds since 1970. Undefined when it does not, or only
 * after the clock has stopped.
 */
export function completionTime(
  order: Order,
  { products }: Pick<Stores, 'products'>,
  { fulfilmentDelay }: Pick<AccountSettings, 'fulfilmentDelay'>,
  now: number,
): number | undefined {
  if (order.status !== 'pending' || fulfilmentDelay === 'manual') return undefined
  if (waitsForActivation(order, products.typeOf)) return undefined
  const time = now + milliseconds(fulfilmentDelay)
  return time <= limits.clockEnd ? time : undefined
}
