import { existsSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { Product } from '../model/catalog/schema.ts'
import { TenantId } from '../model/orders/schema.ts'
import { Subscription } from '../model/subscriptions/subscription.ts'
import { packageRoot } from '../package.ts'
import { orderKey } from '../storage/orders/row.ts'
import { FixtureError, FixtureOrder, parseFixture, type References, refuseUnknownReference } from './fixture-order.ts'
import type { OrderBatch } from './order-batch.ts'
import { readOrderLines } from './order-lines-file.ts'

/** The folder of the fixtures that come with the package. */
export const builtInFixtures = new URL('fixtures/', packageRoot)

export const Customer = z.strictObject({
  id: TenantId,
  companyName: z.string().min(1),
  domain: z.string().min(1),
})
export type Customer = z.infer<typeof Customer>

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

/** In the place of orders.json: one order a line, each as in the array there. */
const orderLines = 'orders.ndjson'

/** What a new account holds. */
export interface Fixtures {
  partnerId: string
  customers: readonly Customer[]
  products: readonly Product[]
  orders: readonly FixtureOrder[]
  /**
   * More of them, with relative dates counted from `now`, to be gone through once: they may be too many for the memory. Going
   * through them throws FixtureError.
   */
  furtherOrders?: ((now: number) => Iterable<OrderBatch>) | undefined
  /** Where they are not as new orders have them. */
  subscriptions?: readonly Subscription[] | undefined
}

/**
 * Reads the fixtures in a folder.
 * Throws FixtureError for a folder without any, for a file that is no JSON or not of its schema, for a repeated id, and for
 * an order whose customer or offer is not among the fixtures.
 */
export function readFixtures(folder: URL): Fixtures {
  const names = [...Object.keys(fixtureFiles), orderLines]
  if (!names.some((name) => existsSync(new URL(name, folder)))) {
    throw new FixtureError(`${fileURLToPath(folder)} holds none of ${names.join(', ')}`)
  }
  const read = <Content>(name: FixtureFile, schema: z.ZodType<Content>) =>
    parseFixtureFile(existsSync(new URL(name, folder)) ? new URL(name, folder) : new URL(name, builtInFixtures), schema)
  const catalog = read('catalog.json', fixtureFiles['catalog.json'])
  const customers = read('customers.json', fixtureFiles['customers.json'])
  const lines = new URL(orderLines, folder)
  if (existsSync(lines)) {
    if (existsSync(new URL('orders.json', folder)))
      throw new FixtureError(`${fileURLToPath(folder)} holds both orders.json and ${orderLines}; one of them is enough`)
    const fixtures = { ...catalog, ...customers, orders: [] }
    refuseContradictions(fixtures)
    const context = { path: fileURLToPath(lines), references: referencesOf(fixtures) }
    return { ...fixtures, furtherOrders: (now) => readOrderLines({ ...context, now }) }
  }
  const fixtures = { ...catalog, ...customers, ...read('orders.json', fixtureFiles['orders.json']) }
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
  return parseFixture(readFileSync(file, 'utf8'), schema, fileURLToPath(file), 'the file')
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

function referencesOf({ customers, products }: Pick<Fixtures, 'customers' | 'products'>): References {
  return {
    customerIds: new Set(customers.map(({ id }) => id)),
    offerIds: new Set(products.map(({ offerId }) => offerId.toLowerCase())),
  }
}

function refuseUnknownReferences(fixtures: Fixtures): void {
  const references = referencesOf(fixtures)
  for (const [place, entry] of fixtures.orders.entries()) {
    refuseUnknownReference(`orders.json: orders[${place}].order (${entry.order.id})`, entry, references)
  }
}
