/** A day in milliseconds. */
export const day = 24 * 60 * 60 * 1000

/** Midnight UTC before a time in milliseconds since 1970. */
export function startOfDay(time: number): number {
  return Math.floor(time / day) * day
}

/** Whether a time is on the last day of its month. */
export function isOnLastDayOfMonth(time: number): boolean {
  return new Date(time + day).getUTCDate() === 1
}
