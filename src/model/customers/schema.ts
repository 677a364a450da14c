import * as z from 'zod'
import { type Infer, lazy } from '../lazy.ts'

/** A tenant id as the service writes it: a GUID in lower case. */
export const TenantId = lazy(() =>
  z
    .string()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a GUID in lower case')
    .meta({ format: 'uuid', description: 'Tenant id: a GUID in lower case.' }),
)

/** An address, its members in the order of the service. https://learn.microsoft.com/partner-center/developer/utility-resources */
export const Address = lazy(() =>
  z
    .strictObject({
      country: z.string().optional().meta({ description: 'ISO 3166 code of two letters.' }),
      region: z.string().optional().meta({ description: 'Region of the country.' }),
      city: z.string().optional().meta({ description: 'City.' }),
      state: z.string().optional().meta({ description: 'State of the country.' }),
      addressLine1: z.string().optional().meta({ description: 'First line of the street address.' }),
      addressLine2: z.string().optional().meta({ description: 'Second line of the street address.' }),
      postalCode: z.string().optional().meta({ description: 'Postal code.' }),
      firstName: z.string().optional().meta({ description: 'First name of the contact.' }),
      middleName: z.string().optional().meta({ description: 'Middle name of the contact.' }),
      lastName: z.string().optional().meta({ description: 'Last name of the contact.' }),
      phoneNumber: z.string().optional().meta({ description: 'Phone number of the contact.' }),
    })
    .meta({ id: 'Address', description: 'A postal address and its contact.' }),
)
export type Address = Infer<typeof Address>

/** The billing profile of a customer, as fixtures and the database hold it. */
export const BillingDetails = lazy(() =>
  z.strictObject({
    id: TenantId().optional().meta({ description: 'Id of the billing profile.' }),
    firstName: z.string().optional().meta({ description: 'First name of the contact.' }),
    lastName: z.string().optional().meta({ description: 'Last name of the contact.' }),
    email: z.string().optional().meta({ description: 'E-mail address of the contact.' }),
    culture: z.string().optional().meta({ description: 'Language and country, such as en-US.' }),
    language: z.string().optional().meta({ description: 'Language, such as en.' }),
    companyName: z.string().optional().meta({ description: 'Name of the company on invoices.' }),
    defaultAddress: Address().optional(),
  }),
)
export type BillingDetails = Infer<typeof BillingDetails>

/** A customer of the partner, as fixtures and the database hold it. Absent members follow from the id, the name and the domain. */
export const Customer = lazy(() =>
  z.strictObject({
    id: TenantId().meta({ description: "The customer's tenant id." }),
    companyName: z.string().min(1).meta({ description: 'Name of the company.' }),
    domain: z.string().min(1).meta({ description: 'Domain of the tenant, such as contoso.onmicrosoft.com.' }),
    commerceId: TenantId().optional().meta({ description: 'Id of the customer in the commerce system.' }),
    organizationRegistrationNumber: z.string().optional().meta({ description: 'Registration id of the company.' }),
    billingProfile: BillingDetails().optional().meta({ description: 'The billing profile.' }),
    allowDelegatedAccess: z.boolean().optional().meta({
      description: 'Whether the partner has delegated administration rights; true without it.',
    }),
    enableGDAPByDefault: z.boolean().optional().meta({ description: 'Whether granular rights were asked for.' }),
    customDomains: z
      .array(z.string())
      .optional()
      .meta({ description: 'Domains of the tenant; its own one without it.' }),
    associatedPartnerId: z.string().optional().meta({ description: 'Tenant id of the indirect reseller.' }),
  }),
)
export type Customer = Infer<typeof Customer>
