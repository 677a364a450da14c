import type { Database } from 'better-sqlite3'
import { lazy } from '../../model/lazy.ts'
import { type RunningCancellation, type StoredOrder, storedColumns } from './row.ts'

/** The cancellations of an account that are under way. */
export function openOrderCancellations(database: Database) {
  const set = lazy(() =>
    database.prepare<[number | null, string | null, number]>(
      'UPDATE orders SET cancels_at = ?, cancelled_lines = ? WHERE order_number = ?',
    ),
  )
  const linesOf = lazy(() =>
    database.prepare<[number], string | null>('SELECT cancelled_lines FROM orders WHERE order_number = ?').pluck(),
  )
  const due = lazy(() =>
    database.prepare<[number], StoredOrder>(`SELECT ${storedColumns} FROM orders WHERE cancels_at <= ?`),
  )
  // The condition lets SQLite use the partial index on cancels_at.
  const next = lazy(() =>
    database.prepare<[], number | null>('SELECT min(cancels_at) FROM orders WHERE cancels_at IS NOT NULL').pluck(),
  )

  return {
    /** Writes the cancellation of an order, or that it has none. */
    setCancellation(orderNumber: number, cancellation: RunningCancellation | undefined): void {
      const lines = cancellation === undefined ? null : JSON.stringify(cancellation.lines)
      set().run(cancellation?.at ?? null, lines, orderNumber)
    },
    /** The lines of the cancellation of an order, or undefined when it is not being cancelled. */
    cancellationOf(orderNumber: number): Pick<RunningCancellation, 'lines'> | undefined {
      const lines = linesOf().get(orderNumber)
      return lines == null ? undefined : { lines: JSON.parse(lines) }
    },
    /** The orders whose cancellation ends by `now`, in milliseconds since 1970. */
    dueToCancel: (now: number): StoredOrder[] => due().all(now),
    /** When the next cancellation ends, or infinity. */
    nextCancellation: (): number => next().get() ?? Number.POSITIVE_INFINITY,
  }
}
