import { parse } from 'iso8601-duration'

/**
 * The time that lies an ISO 8601 duration before another, both in milliseconds since 1970.
 * Years and months are calendar ones, counted in UTC so that no machine's time zone changes the result.
 */
export function before(time: number, duration: string): number {
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parse(duration)
  const date = new Date(time)
  date.setUTCFullYear(date.getUTCFullYear() - years, date.getUTCMonth() - months, date.getUTCDate() - weeks * 7 - days)
  return date.getTime() - ((hours * 60 + minutes) * 60 + seconds) * 1000
}

/** The milliseconds of a duration that is counted from 1970 on. */
export function milliseconds(duration: string): number {
  return Math.abs(before(0, duration))
}
