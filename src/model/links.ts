import * as z from 'zod'
import { type Infer, lazy } from './lazy.ts'

/** A link of a resource. https://learn.microsoft.com/partner-center/developer/utility-resources */
export const Link = lazy(() =>
  z
    .strictObject({
      uri: z.string().min(1).meta({ description: 'Relative to the base URL and its version.' }),
      method: z.string().meta({ description: 'HTTP method of the request.' }),
      headers: z
        .array(
          z.strictObject({
            key: z.string().meta({ description: 'Name of the header.' }),
            value: z.string().meta({ description: 'Value of the header.' }),
          }),
        )
        .meta({ description: 'Headers that the request needs.' }),
    })
    .meta({ id: 'Link', description: 'A request that leads to a related resource.' }),
)
export type Link = Infer<typeof Link>

/** The links of a resource by name. */
export const Links = lazy(() =>
  z
    .record(z.string(), Link())
    .meta({ id: 'Links', description: 'Links to the resource itself and to related ones, by name.' }),
)

/** A link as the service writes it: relative to the base URL and its version. */
export function linkTo(uri: string, method = 'GET'): Link {
  return { uri, method, headers: [] }
}
