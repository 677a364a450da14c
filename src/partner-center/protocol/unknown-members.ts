import * as z from 'zod'
import { lazy } from '../../model/lazy.ts'

/** The documented members of an object that a request may repeat without an effect. */
const readOnlyMembers = new WeakMap<z.ZodObject, () => readonly string[]>()

/** Members of every resource. */
const ofResources = ['attributes', 'links']

/**
 * An object whose member names match in any case, since SDKs send them in camel case or in Pascal case. Of members that
 * differ only in case, the last one counts. It drops the other members.
 */
export function anyCase<Shape extends z.ZodRawShape>(shape: Shape) {
  return anyCaseOf(
    lazy(() => z.object({})),
    shape,
  )
}

/** `anyCase`, for a body that may repeat the other members of a resource: SDKs send whole resources back. */
export function anyCaseOf<Shape extends z.ZodRawShape>(resource: () => z.ZodObject, shape: Shape) {
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]))
  const object = z.object(shape)
  readOnlyMembers.set(object, () => [...ofResources, ...Object.keys(resource().shape)])
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const renamed: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(value)) {
      const known = names.get(name.toLowerCase())
      if (known !== undefined) renamed[known] = member
    }
    return renamed
  }, object)
}

/** The places of the members that the schema of a body does not know, such as `lineItems[0].colour`. */
export function unknownMembers(value: unknown, schema: z.core.$ZodType, place = ''): string[] {
  const inner = withoutWrappers(schema)
  if (Array.isArray(value)) {
    if (!(inner instanceof z.ZodArray)) return []
    return value.flatMap((item, index) => unknownMembers(item, inner.element, `${place}[${index}]`))
  }
  if (typeof value !== 'object' || value === null || !(inner instanceof z.ZodObject)) return []
  const readOnly = readOnlyMembers.get(inner)
  if (readOnly === undefined) return []
  const members = new Map(Object.entries(inner.shape).map(([name, member]) => [name.toLowerCase(), member]))
  return Object.entries(value).flatMap(([name, member]) => {
    const at = place === '' ? name : `${place}.${name}`
    const known = members.get(name.toLowerCase())
    if (known !== undefined) return unknownMembers(member, known, at)
    return readOnly().some((documented) => documented.toLowerCase() === name.toLowerCase()) ? [] : [at]
  })
}

/** The schema below `nullish`, and the object of `anyCase`. */
function withoutWrappers(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return withoutWrappers(schema.unwrap())
  return schema instanceof z.ZodPipe ? withoutWrappers(schema.out) : schema
}
