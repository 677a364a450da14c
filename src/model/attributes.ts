import * as z from 'zod'

/** The `objectType` of a resource: a constant, the name of its type. */
export function objectType<Name extends string>(name: Name) {
  return z.literal(name).meta({ description: 'Type of the resource.' })
}

/** The `attributes` of a resource without an etag. https://learn.microsoft.com/partner-center/developer/utility-resources */
export function attributesOf<Name extends string>(name: Name) {
  return z.strictObject({ objectType: objectType(name) }).meta({ description: 'Metadata of the resource.' })
}
