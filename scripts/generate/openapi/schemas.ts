import type { ApiDocument, Schema } from './types.ts'

/**
 * Reads a document of @fastify/swagger. Leaves out noise: unused schemas, the bounds of a safe integer, the type of member
 * names, and the media type that our own schemas name.
 */
export function readDocument(text: string): ApiDocument {
  const document: ApiDocument = JSON.parse(text, tidyMember)
  shareSchemas(document)
  return JSON.parse(withoutSuffixes(document))
}

/**
 * Leaves out the format of durations, for JSON.stringify and JSON.parse. JSON Schema's `duration` has no fractions of a
 * second, which ISO 8601 and the pattern of our durations have.
 */
export function withoutDurationFormat(key: string, value: unknown): unknown {
  return key === 'format' && value === 'duration' ? undefined : value
}

function tidyMember(key: string, value: unknown): unknown {
  if (withoutDurationFormat(key, value) === undefined) return undefined
  if (key === 'mediaType' && typeof value === 'string') return undefined
  if ((key === 'minimum' || key === 'maximum') && isSafeLimit(value)) return undefined
  if (key === 'propertyNames' && JSON.stringify(value) === '{"type":"string"}') return undefined
  if (isOpenObject(value)) return { ...value, additionalProperties: true }
  return isTuple(value) ? arrayOfTuple(value) : value
}

/** Requests may have further members. A schema says so, since some tools assume the opposite. */
function isOpenObject(value: unknown): value is Schema {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('properties' in value)) return false
  return value.type === 'object' && !('additionalProperties' in value)
}

function isSafeLimit(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) === Number.MAX_SAFE_INTEGER
}

interface Tuple {
  prefixItems: Schema[]
}

function isTuple(value: unknown): value is Tuple {
  return typeof value === 'object' && value !== null && 'prefixItems' in value && Array.isArray(value.prefixItems)
}

/** A tuple of equal items as an array with `items`, which more tools know than `prefixItems`. */
function arrayOfTuple({ prefixItems }: Tuple): Schema {
  const [items] = prefixItems
  if (prefixItems.some((item) => JSON.stringify(item) !== JSON.stringify(items))) {
    throw new Error('a tuple has items of different schemas')
  }
  return { type: 'array', items, minItems: prefixItems.length, maxItems: prefixItems.length }
}

/**
 * Keeps one component of each schema. fastify-type-provider-zod makes two of a schema with an id, one of them with the suffix
 * `Input` for requests; where a document uses both, they are equal. Leaves out unused schemas and sorts the others, since
 * they come in the order in which modules were loaded.
 */
function shareSchemas({ paths, components }: ApiDocument): void {
  const used = new Map<string, string>()
  const keepReferencesOf = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue
      used.set(name, withoutSuffixes(components.schemas[name]))
      keepReferencesOf(components.schemas[name])
    }
  }
  keepReferencesOf(paths)
  const shared: Record<string, Schema> = {}
  for (const name of [...used.keys()].sort()) {
    const own = name.replace(/Input$/, '')
    const twin = used.get(own) ?? used.get(name)
    if (twin !== used.get(name)) throw new Error(`${own} differs between requests and replies`)
    shared[own] = JSON.parse(twin ?? '{}')
  }
  components.schemas = shared
}

function withoutSuffixes(value: unknown): string {
  return JSON.stringify(value).replace(/("#\/components\/schemas\/[^"]+)Input"/g, '$1"')
}
