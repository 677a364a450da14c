import { parse } from 'iso8601-duration'

/**
 * Subtracts an ISO 8601 duration from a time in milliseconds since 1970.
 * Years and months are calendar years and months in UTC, so the time zone of the machine does not matter.
 */
export function before(time: number, duration: string): number {
  return move(time, duration, -1)
}

/** Adds an ISO 8601 duration to a time in milliseconds since 1970. A leading minus sign subtracts it. */
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

/** The length of a duration in milliseconds. Years and months count from 1970. */
export function milliseconds(duration: string): number {
  return after(0, duration)
}
