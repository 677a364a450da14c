import { day, startOfDay } from './day.ts'

/**
 * A time span in which something can be undone.
 * `instant`: `days` times 24 hours. `endOfDay`: until 23:59 UTC of the day that is `days` later, as subscriptions show it
 * in `cancellationAllowedUntilDate`.
 */
export interface Window {
  days: number
  ends: 'instant' | 'endOfDay'
}

/** The end of a window that opens at `start`, in milliseconds since 1970. */
export function endOfWindow(start: number, window: Window): number {
  const end = start + window.days * day
  return window.ends === 'instant' ? end : startOfDay(end) + day - 60 * 1000
}
