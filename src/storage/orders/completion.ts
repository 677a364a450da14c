import type { Database } from 'better-sqlite3'
import { late } from '../lazy.ts'
import { type StoredOrder, storedColumns } from './row.ts'

/** The pending orders, and when they complete. */
export function openOrderCompletion(database: Database) {
  const settle = late(() => database.prepare<[number]>('UPDATE orders SET completes_at = NULL WHERE order_number = ?'))
  const due = late(() =>
    database.prepare<[number], StoredOrder>(`SELECT ${storedColumns} FROM orders WHERE completes_at <= ?`),
  )
  const nextDue = late(() => database.prepare<[], number | null>('SELECT min(completes_at) FROM orders').pluck())

  return {
    /** Pending orders whose time to complete has come. */
    due: (now: number): StoredOrder[] => due().all(now),
    /** When the next pending order completes, or infinity. */
    nextDue: (): number => nextDue().get() ?? Number.POSITIVE_INFINITY,
    /** Nothing completes the order by itself any more. */
    settle(orderNumber: number): void {
      settle().run(orderNumber)
    },
  }
}
