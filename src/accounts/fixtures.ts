import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { readLenientJson } from '../lenient-json.ts'
import { Order, TenantId } from '../orders/order.ts'
import { Product } from '../orders/product.ts'
import { Subscription } from '../orders/subscription.ts'
import { packageRoot } from '../package.ts'
import { orderKey } from './orders.ts'

/** The folder of the fixtures that come with the package. */
export const builtInFixtures = new URL('fixtures/', packageRoot)

/** Fixtures that cannot be used; the message names the file and the member. */
export class FixtureError extends Error {
  override name = 'FixtureError'
}

/** An ISO 8601 duration before the account's now, such as `-P10D`. */
const DurationBeforeNow = z
  .string()
  .regex(/^-P/)
  .refine((text) => z.iso.duration().safeParse(text.slice(1)).success, 'an ISO 8601 duration with a minus sign')

export const Customer = z.strictObject({
  id: TenantId,
  companyName: z.string().min(1),
  domain: z.string().min(1),
})
export type Customer = z.infer<typeof Customer>

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

const schemaMember = { $schema: z.string().optional() }

/**
 * The files of a fixtures folder and their content. A file that a folder does not have is taken from the built-in ones.
 * Members of an order may stand in any order in a file; they are answered in that of the service.
 */
export const fixtureFiles = {
  'catalog.json': z.strictObject({ ...schemaMember, products: z.array(Product) }),
  'customers.json': z.strictObject({
    ...schemaMember,
    partnerId: TenantId,
    customers: z.array(Customer).min(1),
  }),
  'orders.json': z.strictObject({ ...schemaMember, orders: z.array(FixtureOrder) }),
} as const

/** What a new account holds. */
export interface Fixtures {
  partnerId: string
  customers: readonly Customer[]
  products: readonly Product[]
  orders: readonly FixtureOrder[]
  /** Where they are not as new orders have them. */
  subscriptions?: readonly Subscription[] | undefined
}

/**
 * Reads the fixtures in a folder.
 * Throws FixtureError for a folder without any, for a file that is no JSON or not of its schema, for a repeated id, and for
 * an order whose customer or offer is not among the fixtures.
 */
export function readFixtures(folder: URL): Fixtures {
  const names = Object.keys(fixtureFiles)
  if (!names.some((name) => existsSync(new URL(name, folder)))) {
    throw new FixtureError(`${fileURLToPath(folder)} holds none of ${names.join(', ')}`)
  }
  const read = <Content>(name: FixtureFile, schema: z.ZodType<Content>) =>
    parseFixtureFile(existsSync(new URL(name, folder)) ? new URL(name, folder) : new URL(name, builtInFixtures), schema)
  const fixtures = {
    ...read('catalog.json', fixtureFiles['catalog.json']),
    ...read('customers.json', fixtureFiles['customers.json']),
    ...read('orders.json', fixtureFiles['orders.json']),
  }
  refuseContradictions(fixtures)
  return fixtures
}

/**
 * The state of an account as one document, which is a fixtures file as well. What it does not have is taken from the
 * built-in fixtures, or left as it is when a state is put.
 */
export const StateDocument = z
  .strictObject({
    ...schemaMember,
    version: z.literal(1).meta({ description: 'Of the form of this document.' }),
    partnerId: TenantId.optional(),
    settings: z.record(z.string(), z.unknown()).optional(),
    clock: z.strictObject({ now: z.iso.datetime({ offset: true }), frozen: z.boolean() }).optional(),
    customers: z.array(Customer).min(1).optional(),
    products: z.array(Product).optional(),
    orders: z.array(FixtureOrder).optional(),
    subscriptions: z.array(Subscription).optional(),
  })
  .meta({ id: 'State' })
export type StateDocument = z.infer<typeof StateDocument>

/** The fixtures that a state document holds, over others. Throws FixtureError for a contradiction in them. */
export function fixturesOfState(state: StateDocument, over: Fixtures): Fixtures {
  const { partnerId, customers, products, orders, subscriptions } = state
  const fixtures: Fixtures = {
    partnerId: partnerId ?? over.partnerId,
    customers: customers ?? over.customers,
    products: products ?? over.products,
    orders: orders ?? over.orders,
    // Those of orders that are replaced are made anew.
    subscriptions: subscriptions ?? (orders === undefined ? over.subscriptions : undefined),
  }
  refuseContradictions(fixtures)
  return fixtures
}

/** Reads a folder of fixtures, or a file with a state document. */
export function readFixturesAt(place: URL): Fixtures {
  const isFile = existsSync(place) && statSync(place).isFile()
  if (isFile) return fixturesOfState(parseFixtureFile(place, StateDocument), readFixtures(builtInFixtures))
  return readFixtures(place.pathname.endsWith('/') ? place : new URL(`${place.href}/`))
}

/** Throws FixtureError for a repeated id, and for an order whose customer or offer is not there. */
function refuseContradictions(fixtures: Fixtures): void {
  refuseRepeatedIds(fixtures)
  refuseUnknownReferences(fixtures)
}

type FixtureFile = keyof typeof fixtureFiles

function parseFixtureFile<Content>(file: URL, schema: z.ZodType<Content>): Content {
  const read = readLenientJson(readFileSync(file, 'utf8'))
  if ('mistake' in read) throw new FixtureError(`${fileURLToPath(file)} is not JSON: ${read.mistake}`)
  const result = schema.safeParse(read.value)
  if (result.success) return result.data
  const [first, ...others] = result.error.issues
  const where = z.core.toDotPath(first?.path ?? []) || 'the file'
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  throw new FixtureError(`${fileURLToPath(file)}: ${where}: ${first?.message}${more}`)
}

function refuseRepeatedIds({ customers, products, orders }: Fixtures): void {
  refuseRepeats(
    'customers.json',
    'customers',
    customers.map(({ id }) => [id]),
  )
  refuseRepeats(
    'catalog.json',
    'products',
    products.map(({ offerId }) => [offerId.toLowerCase()]),
  )
  refuseRepeats(
    'orders.json',
    'orders',
    orders.map(({ order }) => [...new Set([order.id, order.alternateId ?? order.id].map(orderKey))]),
  )
}

function refuseRepeats(file: FixtureFile, member: string, idsOfItems: readonly string[][]): void {
  const places = new Map<string, number>()
  for (const [place, ids] of idsOfItems.entries()) {
    for (const id of ids) {
      const earlier = places.get(id)
      if (earlier !== undefined) {
        throw new FixtureError(`${file}: ${member}[${place}] has the id ${id} of ${member}[${earlier}]`)
      }
      places.set(id, place)
    }
  }
}

function refuseUnknownReferences({ customers, products, orders }: Fixtures): void {
  const customerIds = new Set(customers.map(({ id }) => id))
  const offerIds = new Set(products.map(({ offerId }) => offerId.toLowerCase()))
  for (const [place, { order }] of orders.entries()) {
    const where = `orders.json: orders[${place}].order (${order.id})`
    if (!customerIds.has(order.referenceCustomerId)) {
      throw new FixtureError(`${where}: the customer ${order.referenceCustomerId} is not in customers.json`)
    }
    const unknown = order.lineItems.find(({ offerId }) => !offerIds.has(offerId.toLowerCase()))
    if (unknown !== undefined) {
      throw new FixtureError(`${where}: the offer ${unknown.offerId} is not in catalog.json`)
    }
  }
}
