import { endOfWindow } from '../time/window.ts'
import { writeTime } from '../time/wire-time.ts'
import type { FewerWithin } from './rules.ts'
import type { SeatBatch, SubscriptionRecord } from './schema.ts'

/** The seats of a subscription by purchase, the first one first. */
function batchesOf({ seats, quantity, effectiveStartDate }: SubscriptionRecord): readonly SeatBatch[] {
  return seats ?? [{ quantity, boughtAt: effectiveStartDate }]
}

/** When the window of a cancellation opens: at the purchase or the activation. A longer term opens no new one. */
export function startOfWindow(subscription: SubscriptionRecord): number {
  return Date.parse(batchesOf(subscription)[0]?.boughtAt ?? subscription.effectiveStartDate)
}

/** Seats that can still be removed. `until`: milliseconds since 1970. */
export interface OpenSeats {
  quantity: number
  until: number
}

/** The batches of seats whose window is still open. */
export function openSeats(subscription: SubscriptionRecord, rule: FewerWithin, now: number): OpenSeats[] {
  const batches = batchesOf(subscription)
  const counted = rule.seats === 'first batch' ? batches.slice(0, 1) : batches
  return counted
    .map(({ quantity, boughtAt }) => ({ quantity, until: endOfWindow(Date.parse(boughtAt), rule.within) }))
    .filter(({ until }) => now <= until)
}

/** How many seats can be removed now. */
export function removableSeats(subscription: SubscriptionRecord, rule: FewerWithin, now: number): number {
  return openSeats(subscription, rule, now).reduce((sum, { quantity }) => sum + quantity, 0)
}

/** Sets the quantity: more seats are a batch of their own, fewer are taken from the newest batch (a guess). */
export function withQuantity(subscription: SubscriptionRecord, quantity: number, now: number): SubscriptionRecord {
  const batches = batchesOf(subscription)
  const more = quantity - subscription.quantity
  if (more >= 0) return { ...subscription, quantity, seats: [...batches, { quantity: more, boughtAt: writeTime(now) }] }
  const seats: SeatBatch[] = []
  let left = quantity
  for (const batch of batches) {
    const kept = Math.min(batch.quantity, left)
    if (kept > 0) seats.push({ ...batch, quantity: kept })
    left -= kept
  }
  return { ...subscription, quantity, seats }
}
