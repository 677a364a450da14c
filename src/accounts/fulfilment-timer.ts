import { limits } from '../model/limits.ts'
import { waitsForActivation } from '../model/orders/fulfil.ts'
import type { Order } from '../model/orders/schema.ts'
import { milliseconds } from '../model/time/duration.ts'
import type { AccountDatabase } from '../storage/account-database.ts'
import { complete, finishCancellation } from '../storage/orders/ledger.ts'
import type { Stores } from '../storage/stores.ts'
import type { AccountSettings } from './settings.ts'

/**
 * Completes the pending orders of an account when their time has come, and ends their cancellations. Every read of the
 * account asks it, so it remembers when the next order is due.
 */
export class FulfilmentTimer {
  readonly #database: Pick<AccountDatabase, 'stores'>
  /** When the next order completes or is cancelled. Undefined until it is read. */
  #next: number | undefined

  constructor(database: Pick<AccountDatabase, 'stores'>) {
    this.#database = database
  }

  /** Whether an order is due. `now`: milliseconds since 1970. */
  isDue(now: number): boolean {
    this.#next ??= nextTime(this.#database.stores)
    return now >= this.#next
  }

  /** Completes and cancels every order that is due. */
  completeDue(now: number): void {
    const { stores } = this.#database
    for (const order of stores.orders.due(now)) complete(stores, order)
    for (const order of stores.orders.dueToCancel(now)) finishCancellation(stores, order)
    this.reload()
  }

  /** Takes note of an order. `due`: milliseconds since 1970, or undefined when nothing happens to it by itself. */
  expect(due: number | undefined): void {
    if (this.#next !== undefined && due !== undefined) this.#next = Math.min(this.#next, due)
  }

  /** Forgets the next time, after a rollback for instance. The next check reads it again. */
  reload(): void {
    this.#next = undefined
  }
}

function nextTime({ orders }: Stores): number {
  return Math.min(orders.nextDue(), orders.nextCancellation())
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
  if (order.status !== 'pending' || waitsForActivation(order, products.typeOf)) return undefined
  return timeAfter(fulfilmentDelay, now)
}

/** The time after a delay, in milliseconds since 1970. Undefined for `manual`, and after the clock has stopped. */
export function timeAfter(delay: string, now: number): number | undefined {
  if (delay === 'manual') return undefined
  const time = now + milliseconds(delay)
  return time <= limits.clockEnd ? time : undefined
}
