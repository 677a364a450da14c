import * as z from 'zod'
import { type Infer, lazy } from './lazy.ts'

/** A link of a resource. https://learn.microsoft.com/partner-center/developer/utility-resources */
export const Link = lazy(() =>
  z
    .strictObject({
      uri: z.string().min(1).meta({ description: 'Relative to the base URL and its version.' }),
      method: z.string(),
      headers: z.array(z.strictObject({ key: z.string(), value: z.string() })),
    })
    .meta({ id: 'Link' }),
)
export type Link = Infer<typeof Link>

/** A link as the service writes it: relative to the base URL and its version. */
export function linkTo(uri: string, method = 'GET'): Link {
  return { uri, method, headers: [] }
}
