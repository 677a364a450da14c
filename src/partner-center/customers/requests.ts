import * as z from 'zod'
import type { NewCustomer } from '../../model/customers/create.ts'
import { BillingProfile, CompanyProfile, CustomerDocument } from '../../model/customers/documents.ts'
import { Address } from '../../model/customers/schema.ts'
import { type Infer, lazy } from '../../model/lazy.ts'
import { type BodyRequest, readBody } from '../protocol/body.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { anyCase, anyCaseOf } from '../protocol/unknown-members.ts'

const required = () => z.string().min(1)

const given = () => z.string().nullish()

const AskedAddress = lazy(() => {
  const { country, ...others } = Address().shape
  const nullable = Object.entries(others).map(([name, member]) => {
    return [name, member.nullish().meta({ description: member.description })] as const
  })
  return anyCase({
    country: country.unwrap().min(2).meta({ description: country.description }),
    ...Object.fromEntries(nullable),
  }).meta({
    id: 'AddressRequest',
    description: 'A postal address and its contact.',
  })
})

const AskedBilling = lazy(() =>
  anyCaseOf(BillingProfile, {
    firstName: given().meta({ description: 'First name of the contact.' }),
    lastName: given().meta({ description: 'Last name of the contact.' }),
    email: required().meta({ description: 'E-mail address of the contact.' }),
    culture: required().meta({ description: 'Language and country, such as en-US.' }),
    language: required().meta({ description: 'Language, such as en.' }),
    companyName: required().meta({ description: 'Name of the company.' }),
    defaultAddress: AskedAddress(),
  }),
)

/** https://learn.microsoft.com/partner-center/developer/create-a-customer */
export const CustomerRequest = lazy(() =>
  anyCaseOf(CustomerDocument, {
    enableGDAPByDefault: z.boolean().nullish().meta({ description: 'Whether to ask for granular rights.' }),
    associatedPartnerId: z.guid().nullish().meta({ description: 'Tenant id of the indirect reseller.' }),
    allowDelegatedAccess: z.boolean().nullish().meta({ description: 'Whether the partner gets delegated rights.' }),
    companyProfile: anyCaseOf(CompanyProfile, {
      domain: required().meta({ description: 'Domain of the new tenant, such as contoso.onmicrosoft.com.' }),
      organizationRegistrationNumber: given().meta({ description: 'Registration id, which some countries demand.' }),
    }).meta({ description: 'The company.' }),
    billingProfile: AskedBilling().meta({ description: 'The billing profile.' }),
  }).meta({
    id: 'CustomerRequest',
    description: 'Member names match in any case; unknown and read-only members are accepted.',
  }),
)

/** https://learn.microsoft.com/partner-center/developer/remove-a-reseller-relationship-with-a-customer */
export const CustomerPatch = lazy(() =>
  anyCaseOf(CustomerDocument, {
    relationshipToPartner: given().meta({ description: '`none`, in any case, to end the relationship.' }),
    allowDelegatedAccess: z.boolean().nullish().meta({ description: 'Whether the partner keeps delegated rights.' }),
  }).meta({ id: 'CustomerPatch', description: 'Member names match in any case; other members are accepted.' }),
)

/** Reads the body of a new customer. Throws `invalidInput`. */
export function readCustomerRequest(request: BodyRequest): NewCustomer {
  const { companyProfile, billingProfile, ...others } = readBody(request, CustomerRequest)
  const { domain, organizationRegistrationNumber } = companyProfile
  return {
    domain,
    ...(organizationRegistrationNumber ? { organizationRegistrationNumber } : {}),
    billing: billingOf(billingProfile),
    ...(others.allowDelegatedAccess == null ? {} : { allowDelegatedAccess: others.allowDelegatedAccess }),
    ...(others.enableGDAPByDefault == null ? {} : { enableGDAPByDefault: others.enableGDAPByDefault }),
    ...(others.associatedPartnerId == null ? {} : { associatedPartnerId: others.associatedPartnerId.toLowerCase() }),
  }
}

function billingOf({
  firstName,
  lastName,
  defaultAddress,
  ...others
}: Infer<typeof AskedBilling>): NewCustomer['billing'] {
  return {
    ...(firstName ? { firstName } : {}),
    ...(lastName ? { lastName } : {}),
    ...others,
    defaultAddress: addressOf(defaultAddress),
  }
}

/** Its members in the order of the schema. */
function addressOf(asked: Infer<typeof AskedAddress>): Address {
  return Address().parse(Object.fromEntries(Object.entries(asked).filter(([, member]) => member != null)))
}

/** The change that a PATCH of a customer asks for. Throws `invalidInput`. */
export function readCustomerPatch(request: BodyRequest): { ends: boolean; allowDelegatedAccess?: boolean } {
  const { relationshipToPartner, allowDelegatedAccess } = readBody(request, CustomerPatch)
  const ends = relationshipToPartner?.toLowerCase() === 'none'
  if (relationshipToPartner && !ends && relationshipToPartner.toLowerCase() !== 'reseller') {
    const mistake = `relationshipToPartner: it is reseller and can become none, not ${relationshipToPartner}`
    throw new PartnerCenterError('invalidInput', { data: [mistake] })
  }
  return { ends, ...(allowDelegatedAccess == null ? {} : { allowDelegatedAccess }) }
}
