import * as z from 'zod'
import { attributesOf, objectType } from '../attributes.ts'
import { guidOf, numberOf } from '../ids.ts'
import { type Infer, lazy } from '../lazy.ts'
import { Link, linkTo } from '../links.ts'
import { present } from '../present.ts'
import { Address, type BillingDetails, type Customer } from './schema.ts'

const SelfLink = lazy(() =>
  z
    .strictObject({ self: Link().meta({ description: 'Link to the resource.' }) })
    .meta({ id: 'SelfLink', description: 'Links of the resource.' }),
)

/** https://learn.microsoft.com/partner-center/developer/get-a-customer-s-company-profile */
export const CompanyProfile = lazy(() =>
  z
    .strictObject({
      tenantId: z.string().meta({ description: "The customer's tenant id." }),
      domain: z.string().meta({ description: 'Domain of the tenant.' }),
      companyName: z.string().optional().meta({ description: 'Name of the company.' }),
      address: Address().optional(),
      email: z.string().optional().meta({ description: 'E-mail address of the contact.' }),
      organizationRegistrationNumber: z.string().optional().meta({ description: 'Registration id of the company.' }),
      links: SelfLink().optional(),
      attributes: attributesOf('CustomerCompanyProfile'),
    })
    .meta({ id: 'CompanyProfile', description: 'The company of a customer.' }),
)

/** https://learn.microsoft.com/partner-center/developer/get-all-of-a-customer-s-billing-profiles */
export const BillingProfile = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Id of the billing profile.' }),
      firstName: z.string().optional().meta({ description: 'First name of the contact.' }),
      lastName: z.string().optional().meta({ description: 'Last name of the contact.' }),
      email: z.string().meta({ description: 'E-mail address of the contact.' }),
      culture: z.string().meta({ description: 'Language and country, such as en-US.' }),
      language: z.string().meta({ description: 'Language, such as en.' }),
      companyName: z.string().meta({ description: 'Name of the company on invoices.' }),
      defaultAddress: Address(),
      links: SelfLink().optional(),
      attributes: z
        .strictObject({
          etag: z.string().meta({ description: 'Version of the profile.' }),
          objectType: objectType('CustomerBillingProfile'),
        })
        .meta({ description: 'Metadata of the resource.' }),
    })
    .meta({ id: 'BillingProfile', description: 'The billing profile of a customer.' }),
)

/** An item of the list. https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers */
export const ListedCustomer = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: "The customer's tenant id." }),
      companyProfile: CompanyProfile(),
      relationshipToPartner: z
        .literal('reseller')
        .meta({ description: 'Relationship of the partner to the customer.' }),
      links: SelfLink(),
      attributes: attributesOf('Customer'),
    })
    .meta({ id: 'ListedCustomer', description: 'A customer as lists show it.' }),
)

/** https://learn.microsoft.com/partner-center/developer/get-a-customer-by-id and create-a-customer */
export const CustomerDocument = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: "The customer's tenant id." }),
      commerceId: z.string().meta({ description: 'Id of the customer in the commerce system.' }),
      companyProfile: CompanyProfile(),
      billingProfile: BillingProfile(),
      enableGDAPByDefault: z
        .boolean()
        .optional()
        .meta({ description: 'As the request that created the customer gave it.' }),
      relationshipToPartner: z
        .enum(['reseller', 'none'])
        .meta({ description: 'Relationship of the partner to the customer.' }),
      allowDelegatedAccess: z
        .boolean()
        .optional()
        .meta({ description: 'Whether the partner has delegated administration rights.' }),
      userCredentials: z
        .strictObject({
          userName: z.string().meta({ description: 'Name of the administrator.' }),
          password: z.string().meta({ description: 'Password, which only this reply has.' }),
        })
        .optional()
        .meta({ description: 'The administrator of a new tenant.' }),
      customDomains: z.array(z.string()).optional().meta({ description: 'Domains of the tenant.' }),
      associatedPartnerId: z.string().optional().meta({ description: 'Tenant id of the indirect reseller.' }),
      links: SelfLink().optional(),
      attributes: attributesOf('Customer'),
    })
    .meta({ id: 'Customer', description: 'A customer of the partner.' }),
)
export type CustomerDocument = Infer<typeof CustomerDocument>

/** The contact of customers whose fixtures have none: that of the documentation. */
const sampleAddress: Address = {
  country: 'US',
  city: 'Redmond',
  state: 'WA',
  addressLine1: 'One Microsoft Way',
  postalCode: '98052',
  firstName: 'Test',
  lastName: 'Test',
}

/** The members of a billing profile in the order of the service. The id and the etag follow from the customer's id. */
export function billingProfileOf(customer: Customer): Infer<typeof BillingProfile> {
  const { id, companyName, domain, billingProfile: given = {} } = customer
  const { defaultAddress = sampleAddress }: BillingDetails = given
  const { phoneNumber = '', ...address } = defaultAddress
  const firstName = given.firstName ?? address.firstName
  const lastName = given.lastName ?? address.lastName
  return {
    id: given.id ?? guidOf(`${id} billing profile`),
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    email: given.email ?? `admin@${domain}`,
    culture: cultureOf(given.culture ?? 'en-US'),
    language: given.language ?? 'en',
    companyName: given.companyName ?? companyName,
    defaultAddress: { ...address, phoneNumber },
    links: { self: linkTo(`/customers/${id}/profiles/billing`) },
    attributes: { etag: numberOf(`${id} billing profile`), objectType: 'CustomerBillingProfile' },
  }
}

/** Language and country as the service writes them: `en-US` for `EN-US`. */
function cultureOf(given: string): string {
  const [language = '', country] = given.split('-')
  return country === undefined ? language.toLowerCase() : `${language.toLowerCase()}-${country.toUpperCase()}`
}

/** A partner without delegated rights sees neither address nor e-mail. */
export function companyProfileOf(customer: Customer): Infer<typeof CompanyProfile> {
  const { id, domain, companyName, organizationRegistrationNumber, allowDelegatedAccess = true } = customer
  const { email, defaultAddress } = billingProfileOf(customer)
  const { country, region = defaultAddress.state, city, addressLine1, postalCode, phoneNumber } = defaultAddress
  const address = present({ country, region, city, addressLine1, postalCode, phoneNumber })
  return {
    tenantId: id,
    domain,
    companyName,
    ...(allowDelegatedAccess ? { address, email } : {}),
    ...(organizationRegistrationNumber === undefined ? {} : { organizationRegistrationNumber }),
    links: { self: linkTo(`/customers/${id}/profiles/company`) },
    attributes: { objectType: 'CustomerCompanyProfile' },
  }
}

/** The customer as a single read shows it. */
export function customerDocumentOf(customer: Customer): CustomerDocument {
  const {
    id,
    domain,
    commerceId,
    allowDelegatedAccess = true,
    customDomains = [domain],
    associatedPartnerId,
  } = customer
  return {
    id,
    commerceId: commerceId ?? guidOf(`${id} commerce`),
    companyProfile: companyProfileOf(customer),
    billingProfile: billingProfileOf(customer),
    relationshipToPartner: 'reseller',
    allowDelegatedAccess,
    ...(allowDelegatedAccess ? { customDomains } : {}),
    ...(associatedPartnerId === undefined ? {} : { associatedPartnerId }),
    links: { self: linkTo(`/customers/${id}`) },
    attributes: { objectType: 'Customer' },
  }
}

/** The customer as the reply to its creation shows it: without links, and with the password of its administrator. */
export function createdDocumentOf(customer: Customer, password: string): CustomerDocument {
  const { id, domain, enableGDAPByDefault, associatedPartnerId, organizationRegistrationNumber } = customer
  const { commerceId, billingProfile } = customerDocumentOf(customer)
  const { firstName, lastName } = customer.billingProfile ?? {}
  const { links: _, firstName: _first, lastName: _last, ...billing } = billingProfile
  const { id: billingId, ...others } = billing
  return {
    id,
    commerceId,
    companyProfile: {
      tenantId: id,
      domain,
      ...(organizationRegistrationNumber === undefined ? {} : { organizationRegistrationNumber }),
      attributes: { objectType: 'CustomerCompanyProfile' },
    },
    billingProfile: {
      id: billingId,
      ...(firstName === undefined ? {} : { firstName }),
      ...(lastName === undefined ? {} : { lastName }),
      ...others,
    },
    ...(enableGDAPByDefault === undefined ? {} : { enableGDAPByDefault }),
    // The two printed replies differ: none for a direct customer, reseller for one of an indirect reseller.
    relationshipToPartner: associatedPartnerId === undefined ? 'none' : 'reseller',
    userCredentials: { userName: 'admin', password },
    ...(associatedPartnerId === undefined ? {} : { associatedPartnerId }),
    attributes: { objectType: 'Customer' },
  }
}

/** The customer as a list shows it. */
export function listedCustomerOf(customer: Customer): Infer<typeof ListedCustomer> {
  const { id, domain, companyName } = customer
  const links = { self: linkTo(`/customers/${id}/profiles/company`) }
  return {
    id,
    companyProfile: { tenantId: id, domain, companyName, links, attributes: { objectType: 'CustomerCompanyProfile' } },
    relationshipToPartner: 'reseller',
    links: { self: linkTo(`/customers/${id}`) },
    attributes: { objectType: 'Customer' },
  }
}
