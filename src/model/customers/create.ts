import type { AccountKind } from '../editions.ts'
import { guid, type RandomBytes } from '../ids.ts'
import { type Refusal, refuse } from '../refusals.ts'
import { refuseRegistration } from './registration.ts'
import type { Address, Customer } from './schema.ts'

/** A customer as a request asks for it. */
export interface NewCustomer {
  domain: string
  organizationRegistrationNumber?: string | undefined
  billing: {
    firstName?: string | undefined
    lastName?: string | undefined
    email: string
    culture: string
    language: string
    companyName: string
    defaultAddress: Address
  }
  allowDelegatedAccess?: boolean | undefined
  enableGDAPByDefault?: boolean | undefined
  associatedPartnerId?: string | undefined
}

export interface CreationContext {
  kind: AccountKind
  /** The number of the partner's customers. */
  customers: number
  isDomainTaken: (domain: string) => boolean
  random: RandomBytes
}

/** The most customers of a sandbox. https://learn.microsoft.com/partner-center/developer/test-and-debug */
const sandboxCustomers = 75

/** Characters of the passwords of administrators: letters, digits and the signs of the documented one. */
const passwordCharacters = '=;.ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/**
 * Creates a customer with a new tenant. `password`: of the tenant's administrator.
 * https://learn.microsoft.com/partner-center/developer/create-a-customer
 */
export function createCustomer(
  asked: NewCustomer,
  { kind, customers, isDomainTaken, random }: CreationContext,
): { customer: Customer; password: string } | Refusal {
  const { domain, organizationRegistrationNumber, billing, ...others } = asked
  if (kind === 'sandbox' && customers >= sandboxCustomers) return refuse('sandboxCustomerLimit')
  const refusal = refuseRegistration(organizationRegistrationNumber, billing.defaultAddress)
  if (refusal !== undefined) return refusal
  if (isDomainTaken(domain)) return { refused: 'domainTaken', data: [`CompanyProfile.Domain: ${domain} is taken`] }
  const customer: Customer = {
    id: guid(random),
    companyName: billing.companyName,
    domain,
    commerceId: guid(random),
    ...(organizationRegistrationNumber === undefined ? {} : { organizationRegistrationNumber }),
    billingProfile: { id: guid(random), ...billing },
    ...others,
  }
  const password = [...random(9)].map((byte) => passwordCharacters[byte % passwordCharacters.length]).join('')
  return { customer, password }
}
