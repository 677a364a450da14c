import type * as z from 'zod'
import { readLenientJson } from '../../lenient-json.ts'
import { listIssues } from '../../model/mistakes.ts'
import { PartnerCenterError } from './errors.ts'
import { unknownMembers } from './unknown-members.ts'

/** The part of a request that reading its body needs. */
export interface BodyRequest {
  readonly body: unknown
  /** The places of the members of the body that have no effect, because their names are not known. */
  unknownMembers: readonly string[] | null
}

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

/**
 * Reads the body of a request with a schema, and notes the members that the schema does not know. Throws `invalidInput`
 * with the mistakes and their places.
 */
export function readBody<Schema extends z.ZodType>(request: BodyRequest, schema: () => Schema): z.output<Schema> {
  const value = readJson(request.body)
  const result = schema().safeParse(value)
  if (result.success) {
    request.unknownMembers = unknownMembers(value, schema())
    return result.data
  }
  throw new PartnerCenterError('invalidInput', { data: listIssues(result.error, 'The body') })
}
