import { parse } from 'iso8601-duration'
import * as z from 'zod'
import { lazy } from '../lazy.ts'
import { limits } from '../limits.ts'

/** An ISO 8601 duration in whole milliseconds, of at most 1,000 years. */
export const Duration = lazy(() =>
  z.iso.duration().refine(isWithinLimits, 'a duration has whole milliseconds and at most 1,000 years'),
)

/** zod asks for texts that are not durations as well, which it then refuses for their form. */
function isWithinLimits(text: string): boolean {
  if (!z.regexes.duration.test(text)) return true
  const isFinerThanMilliseconds = /[.,]\d{3}\d*[1-9]/.test(text)
  return !isFinerThanMilliseconds && milliseconds(text) <= limits.duration
}

/** Whether a text is a Duration, perhaps with a minus sign before it. */
export function isSignedDuration(text: string): boolean {
  return Duration().safeParse(text.replace(/^-/, '')).success
}

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
  // 1.001 * 1000 is less than 1001.
  return date.getTime() + sign * Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000)
}

/** The length of a duration in milliseconds. Years and months count from 1970. */
export function milliseconds(duration: string): number {
  return after(0, duration)
}
