import * as z from 'zod'
import { readLenientJson } from '../../lenient-json.ts'
import { listIssues } from '../../model/mistakes.ts'
import { PartnerCenterError } from './errors.ts'

/**
 * Reads the JSON of a body as the service does: with trailing commas and comments, which the documentation's own examples
 * have, and with a byte order mark. Throws `invalidInput` with the mistakes and their places.
 */
export function readJson(body: unknown): unknown {
  if (typeof body !== 'string' || body.trim() === '') {
    throw new PartnerCenterError('invalidInput', { data: ['The body is empty.'] })
  }
  const read = readLenientJson(body)
  if ('mistakes' in read) {
    throw new PartnerCenterError('invalidInput', { data: [`The body is not JSON: ${read.mistakes.join('; ')}.`] })
  }
  return read.value
}

/** Reads a body with a schema. Throws `invalidInput` with the mistakes and their places. */
export function readBody<Schema extends z.ZodType>(body: unknown, schema: () => Schema): z.output<Schema> {
  const result = schema().safeParse(readJson(body))
  if (result.success) return result.data
  throw new PartnerCenterError('invalidInput', { data: listIssues(result.error, 'The body') })
}

/**
 * An object whose member names match in any case, since SDKs send them in camel case or in Pascal case. Of members that
 * differ only in case, the last one counts. It drops unknown members.
 */
export function anyCase<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]))
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const renamed: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(value)) {
      const known = names.get(name.toLowerCase())
      if (known !== undefined) renamed[known] = member
    }
    return renamed
  }, z.object(shape))
}
