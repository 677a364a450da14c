import { parse } from 'iso8601-duration'

/**
 * The time that lies an ISO 8601 duration before another, both in milliseconds since 1970.
 * Years and months are calendar ones, counted in UTC so that no machine's time zone changes the result.
 */
export function before(time: number, duration: string): number {
  return move(time, duration, -1)
}

/** The time that lies an ISO 8601 duration after another; one with a minus sign lies before it. */
export function after(time: number, duration: string): number {
  return duration.startsWith('-') ? move(time, duration.slice(1), -1) : move(time, duration, 1)
}

function move(time: number, duration: string, sign: 1 | -1): number {
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parse(duration)
  const date = new Date(time)
  const day = date.getUTCDate() + sign * (weeks * 7 + days)
  date.setUTCFullYear(date.getUTCFullYear() + sign * years, date.getUTCMonth() + sign * months, day)
  return date.getTime() + sign * ((hours * 60 + minutes) * 60 + seconds) * 1000
}

/** The milliseconds of a duration that is counted from 1970 on. */
export function milliseconds(duration: string): number {
  return after(0, duration)
}
