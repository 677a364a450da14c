import { namesSubscriptions, type Order } from '../model/orders/schema.ts'
import { before } from '../model/time/duration.ts'
import { writeTime } from '../model/time/wire-time.ts'
import { isSystemPurchase, type OrderValues, valuesOf } from '../storage/orders/new-order.ts'
import type { FixtureOrder } from './fixture-order.ts'

/** Orders of fixtures that are to be written together. Few objects, since a thread may hand it to another. */
export interface OrderBatch {
  /** How many orders it holds. The place of an order is counted from 0. */
  size: number
  /** What the rows of all of them hold, one row after the other. */
  values: OrderValues[number][]
  /** Places of orders that the system placed. */
  systemPurchases: number[]
  /** Places of orders whose lines name subscriptions. */
  namingSubscriptions: number[]
}

export function emptyBatch(): OrderBatch {
  return { size: 0, values: [], systemPurchases: [], namingSubscriptions: [] }
}

/** `now`: milliseconds since 1970, what a relative creation date counts from. */
export function addToBatch(batch: OrderBatch, entry: FixtureOrder, now: number): void {
  const { order: written, adjustmentPending, completesAt } = entry
  const createdBefore = written.creationDate.startsWith('-') ? written.creationDate.slice(1) : undefined
  const order: Order =
    createdBefore === undefined ? written : { ...written, creationDate: creationDate(written.creationDate, now) }
  batch.values.push(...valuesOf(order, { adjustmentPending, completesAt, createdBefore }))
  if (isSystemPurchase(order)) batch.systemPurchases.push(batch.size)
  if (namesSubscriptions(order)) batch.namingSubscriptions.push(batch.size)
  batch.size += 1
}

/** A date as written, or the time that lies a duration such as `-P10D` before now. */
export function creationDate(text: string, now: number): string {
  return text.startsWith('-') ? writeTime(before(now, text.slice(1))) : text
}
