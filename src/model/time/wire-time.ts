import { limits } from '../limits.ts'

/**
 * A time as modern orders write it: UTC, without trailing zeros in the fraction. `time`: milliseconds since 1970. A time
 * whose year has not four digits is written as the nearest one that has.
 */
export function writeTime(time: number): string {
  const written = Math.min(Math.max(time, limits.firstTime), limits.lastTime)
  return new Date(written).toISOString().replace(/\.?0+Z$/, 'Z')
}

/** A time as legacy orders have written it since 2019: `2019-01-16T00:48:44.76+00:00`. */
export function writeLegacyTime(time: number): string {
  return writeTime(time).replace('Z', '+00:00')
}

/**
 * The end of a term such as `P1Y` or `P1M` that begins at `start`, in milliseconds since 1970: the last day of a month that
 * is too short for the day of `start`. Infinity without a term or with one that no date can hold.
 */
export function endOfTerm(start: number, term: string | undefined): number {
  const [, years = 0, months = 0, days = 0] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(term ?? '')?.map((part) => Number(part ?? 0)) ?? []
  if (!term) return Number.POSITIVE_INFINITY
  const end = new Date(start)
  const dayOfMonth = end.getUTCDate()
  end.setUTCFullYear(end.getUTCFullYear() + years, end.getUTCMonth() + months)
  if (end.getUTCDate() !== dayOfMonth) end.setUTCDate(0)
  end.setUTCDate(end.getUTCDate() + days)
  return Number.isNaN(end.getTime()) ? Number.POSITIVE_INFINITY : end.getTime()
}
