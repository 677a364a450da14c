import type { Customer } from './schema.ts'

/** The fields that a list of customers can be filtered by. https://learn.microsoft.com/partner-center/developer/get-a-customer-by-name */
export const filterFields = ['CompanyName', 'Domain', 'IndirectReseller', 'IndirectCloudSolutionProvider'] as const
export type FilterField = (typeof filterFields)[number]

/** Customers whose field starts with the value, in any case. */
export interface CustomerFilter {
  field: FilterField
  value: string
}

export function matches(customer: Customer, { field, value }: CustomerFilter): boolean {
  return textOf(customer, field).toLowerCase().startsWith(value.toLowerCase())
}

/** The customers of an account are the partner's own, so none of them comes from a provider. */
function textOf({ companyName, domain, associatedPartnerId = '' }: Customer, field: FilterField): string {
  if (field === 'CompanyName') return companyName
  if (field === 'Domain') return domain
  return field === 'IndirectReseller' ? associatedPartnerId : ''
}
