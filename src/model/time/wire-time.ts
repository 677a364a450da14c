/** A time as modern orders write it: UTC, without trailing zeros in the fraction. `time`: milliseconds since 1970. */
export function writeTime(time: number): string {
  return new Date(time).toISOString().replace(/\.?0+Z$/, 'Z')
}

/** A time as legacy orders have written it since 2019: `2019-01-16T00:48:44.76+00:00`. */
export function writeLegacyTime(time: number): string {
  return writeTime(time).replace('Z', '+00:00')
}

/** The end of a term such as `P1Y` or `P1M` that begins at `start`, in milliseconds since 1970. Infinity without a term. */
export function endOfTerm(start: number, term: string | undefined): number {
  const [, years = 0, months = 0, days = 0] = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/.exec(term ?? '')?.map(Number) ?? []
  if (!term) return Number.POSITIVE_INFINITY
  const end = new Date(start)
  end.setUTCFullYear(
    end.getUTCFullYear() + (years || 0),
    end.getUTCMonth() + (months || 0),
    end.getUTCDate() + (days || 0),
  )
  return end.getTime()
}
