/**
 * The limits of values. Whatever is accepted can also be written in a reply, so a value beyond its limit is refused.
 * docs/options.md lists them. Times in milliseconds since 1970.
 */
export const limits = {
  /** The first and the last time with a year of four digits, the only form that replies can hold. */
  firstTime: Date.parse('0000-01-01T00:00:00Z'),
  lastTime: Date.parse('9999-12-31T23:59:59.999Z'),
  /** The clock of an account stops here, a day before the last time, so that a cart still lives for its minutes. */
  clockEnd: Date.parse('9999-12-31T00:00:00Z'),
  /** The longest duration: 1,000 years, in milliseconds. 1,000 years before the first time of a clock still have a year. */
  duration: Date.parse('2970-01-01T00:00:00Z'),
  /** Requests a minute. The documented limit is 500; more than this cannot arrive. */
  throttle: 9_999_999,
  /** Licenses or instances of a line. A guess: the documentation has no number. */
  quantity: 999_999_999,
  /** In US dollars. A thousand lines of the largest quantity at this price still have a finite sum. */
  listPrice: 999_999_999,
  /** The longest delay of a fault, in milliseconds. setTimeout fires at once from 24.8 days on. */
  faultDelay: 24 * 60 * 60 * 1000,
  /** The request ids that the faults of an account remember. */
  faultIds: 10_000,
  /** The compared characters of such an id. */
  faultIdCharacters: 256,
  /** The body of a token request, in characters. */
  formCharacters: 64 * 1024,
  /** A field of a token request. */
  formFieldCharacters: 16 * 1024,
  /** A field that becomes part of the token, which has to fit into the 16 KiB of a request's headers. */
  tokenFieldCharacters: 1024,
} as const

/** Whether a clock can be set to a time, in milliseconds since 1970. NaN is not one. */
export function isClockTime(time: number): boolean {
  return time >= 0 && time <= limits.clockEnd
}
