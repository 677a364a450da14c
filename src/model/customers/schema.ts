import * as z from 'zod'
import { type Infer, lazy } from '../lazy.ts'

/** A tenant id as the service writes it: a GUID in lower case. */
export const TenantId = lazy(() =>
  z
    .string()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a GUID in lower case')
    .meta({ format: 'uuid', description: 'Tenant id: a GUID in lower case.' }),
)

/** A customer of the partner, as fixtures and the database hold it. */
export const Customer = lazy(() =>
  z.strictObject({
    id: TenantId().meta({ description: "The customer's tenant id." }),
    companyName: z.string().min(1).meta({ description: 'Name of the company.' }),
    domain: z.string().min(1).meta({ description: 'Domain of the tenant, such as contoso.onmicrosoft.com.' }),
  }),
)
export type Customer = Infer<typeof Customer>
