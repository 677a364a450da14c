import type { Random } from './random.ts'

/** A JSON Schema, as far as the generator reads it. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  format?: string
}

export type Schemas = Readonly<Record<string, Schema>>

/** Values that a member can have in place of a good one. */
const strange: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  0.5,
  1e308,
  9e15,
  -9e15,
  2 ** 31,
  true,
  [],
  {},
  'x'.repeat(5000),
  'é\u0000\ud800',
  "' OR 1=1 --",
  '-P999999Y',
  'P999999999Y',
  'PT0.0001S',
  'P1D',
  '9999-12-31T23:59:59Z',
  '0001-01-01T00:00:00Z',
  '__proto__',
]

/** A value of about the form of a schema. */
export function valueLike(random: Random, schema: Schema, schemas: Schemas, depth = 0): unknown {
  if (depth > 6 || random.chance(0.04)) return random.pick(strange)
  if (schema.$ref !== undefined) {
    const named = schemas[schema.$ref.replace('#/components/schemas/', '')]
    return valueLike(random, named ?? {}, schemas, depth + 1)
  }
  if (schema.enum !== undefined) return random.pick(schema.enum)
  if (schema.const !== undefined) return schema.const
  const options = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (options !== undefined) return valueLike(random, random.pick(options), schemas, depth + 1)
  return valueOfType(random, schema, schemas, depth)
}

function valueOfType(random: Random, schema: Schema, schemas: Schemas, depth: number): unknown {
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type
  if (type === 'object') return objectOf(random, schema, schemas, depth)
  if (type === 'array') {
    const length = random.below(4)
    return Array.from({ length }, () => valueLike(random, schema.items ?? {}, schemas, depth + 1))
  }
  if (type === 'integer') return random.pick([0, 1, 2, 5, random.below(1000), 999_999_999])
  if (type === 'number') return random.pick([0, 1, 1.5, random.below(1000), 1e9])
  if (type === 'boolean') return random.chance(0.5)
  if (type === 'null') return null
  return type === 'string' ? textOf(random, schema.format) : random.pick(strange)
}

function textOf(random: Random, format: string | undefined): string {
  if (format === 'date-time')
    return random.pick(['2021-03-01T12:00:00Z', '2019-02-21T17:56:21.1335741Z', '9999-12-30T00:00:00Z'])
  if (format === 'duration') return random.pick(['PT0S', 'PT0.05S', 'PT15M', 'P1D', 'P1Y'])
  if (format === 'uuid') return '10000000-0000-4000-8000-000000000001'
  return random.pick(['a', 'cancelled', 'completed', 'monthly', 'USD', 'P1Y', 'x'.repeat(random.below(200))])
}

function objectOf(random: Random, { properties = {}, required = [] }: Schema, schemas: Schemas, depth: number) {
  const members = Object.entries(properties).filter(([name]) => required.includes(name) || random.chance(0.4))
  return Object.fromEntries(members.map(([name, member]) => [name, valueLike(random, member, schemas, depth + 1)]))
}

/** A copy of a value in which some leaves are strange, or absent. */
export function mutated(random: Random, value: unknown, probability: number): unknown {
  if (random.chance(probability)) return random.chance(0.2) ? undefined : random.pick(strange)
  if (Array.isArray(value)) return value.map((item) => mutated(random, item, probability))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mutated(random, member, probability)]))
}
