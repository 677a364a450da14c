import * as z from 'zod'
import { toDotPath } from 'zod/v4/core'
import { readLenientJson } from '../lenient-json.ts'
import { Order } from '../model/orders/schema.ts'

/** Fixtures that cannot be used; the message names the file and the member. */
export class FixtureError extends Error {
  override name = 'FixtureError'
}

/** An ISO 8601 duration before the account's now, such as `-P10D`. */
const DurationBeforeNow = z
  .string()
  .regex(/^-P/)
  .refine((text) => z.iso.duration().safeParse(text.slice(1)).success, 'an ISO 8601 duration with a minus sign')

export const FixtureOrder = z.strictObject({
  description: z.string().optional().meta({ description: 'What the order is there for. For readers only.' }),
  adjustmentPending: z
    .boolean()
    .optional()
    .meta({ description: 'An earlier change of the order is still running: every further one answers 409 / 800014.' }),
  completesAt: z
    .int()
    .optional()
    .meta({ description: 'When the pending order completes by itself, in milliseconds since 1970. Never without it.' }),
  order: Order.extend({
    creationDate: z.union([Order.shape.creationDate, DurationBeforeNow]).meta({
      description: 'A date and time, kept as written, or a duration before now such as -P10D.',
    }),
  }).meta({ id: 'FixtureOrder', description: 'The order as it is answered, member for member.' }),
})
export type FixtureOrder = z.infer<typeof FixtureOrder>

/**
 * Reads a text of fixtures by its schema. Throws FixtureError with `where` and the first mistake; one that is in no member is
 * in the `whole`.
 */
export function parseFixture<Content>(
  text: string,
  schema: z.ZodType<Content>,
  where: string,
  whole: 'the file' | 'the line',
): Content {
  const read = readLenientJson(text)
  if ('mistake' in read) throw new FixtureError(`${where} is not JSON: ${read.mistake}`)
  const result = schema.safeParse(read.value)
  if (result.success) return result.data
  const [first, ...others] = result.error.issues
  const member = toDotPath(first?.path ?? []) || whole
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  throw new FixtureError(`${where}: ${member}: ${first?.message}${more}`)
}

/** What an order of fixtures can name. */
export interface References {
  customerIds: ReadonlySet<string>
  /** In lower case. */
  offerIds: ReadonlySet<string>
}

/** Throws FixtureError, with where it is, for an order of an unknown customer or offer. */
export function refuseUnknownReference(
  where: string,
  { order }: FixtureOrder,
  { customerIds, offerIds }: References,
): void {
  if (!customerIds.has(order.referenceCustomerId)) {
    throw new FixtureError(`${where}: the customer ${order.referenceCustomerId} is not in customers.json`)
  }
  const unknown = order.lineItems.find(({ offerId }) => !offerIds.has(offerId.toLowerCase()))
  if (unknown !== undefined) {
    throw new FixtureError(`${where}: the offer ${unknown.offerId} is not in catalog.json`)
  }
}
