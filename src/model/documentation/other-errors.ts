import type { ErrorTable } from './error-table.ts'

/** Errors of every request, of sign-in, partners, customers and the catalog, and errors that no list has. */
export const otherErrors: readonly ErrorTable[] = [
  {
    area: 'any',
    evidence: 'documented',
    rows: `
0 501 2021-03 Exception not defined
1000 404 2021-03 Not found
3000 400 2021-03 Invalid property
800002 400 2021-03 Invalid request input
800003 500 2021-03 Unexpected service error
800036 417 2021-03 Pre-condition failed
800042 400 2021-03 Not supported
900126 400 2021-03 Unable to parse enum: {0} For more information, please visit {1}
900141 400 2021-03 This operation is not supported
900192 500 2021-10 Something went wrong. Please try again after some time.
`,
  },
  {
    area: 'sign-in',
    evidence: 'documented',
    rows: `
400 401 2021-03 Access denied
2032 403 2021-03 Access denied
800001 401 2021-03 Partner Token missing in request context
900150 403 2021-03 The supplied role does not have the rights to perform the requested operation
900308 403 2023 Insufficient privileges to complete the operation.
900309 403 2023 Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.
900329 403 2023 This resource does not support application-only authentication.
90000 403 2026 Microsoft Entra returned an error during token issuance.
`,
  },
  {
    area: 'partners',
    evidence: 'documented',
    rows: `
2030 403 2021-03 Partner is not onboarded to sell in country
800039 403 2021-03 Reseller program status is not active
900123 403 2021-03 Microsoft Partner Agreement has not been accepted by the indirect reseller
900124 403 2021-03 Your company has not accepted the Microsoft Partner Agreement (MPA). The global admin of the CSP account must accept the MPA to resume the full transactional capabilities. Search {0} for your global admin and have them sign the MPA on the dashboard {1} to resume full transactional capabilities
900149 403 2021-03 {0} program status is not active.
`,
  },
  {
    area: 'sandbox',
    evidence: 'documented',
    rows: `
900127 400 2021-03 This operation is not supported in this environment
900322 403 2023 {0} is not available to purchase in the Sandbox environment. Learn more at {1}.
`,
  },
  {
    area: 'customers',
    evidence: 'documented',
    rows: `
20002 403 2021-03 The partner id {0} has no commerce relationship with the customer id {1}.
60003 404 2021-03 Tenant not found
600002 400 2021-03 Organization registration ID value is not supported
600049 400 2021-03 Organization registration ID information is missing
600050 400 2021-03 Organization registration ID information is invalid and should be of the format {0}
600051 400 2021-03 Customer phone number is missing
900118 400 2021-03 Invalid Customer Id
600074 404 2021-10 Account Status for the customer, {id} was not found.
900159 403 2022-12 The partner with account ID {0} and organization ID {1} has no commerce relationship with the customer with account ID {2} and organization ID {3}.
`,
  },
  {
    area: 'agreements',
    evidence: 'documented',
    rows: `
600061 400 2023 A partner confirmed agreement already exists for the customer.
`,
  },
  {
    area: 'licenses',
    evidence: 'documented',
    rows: `
60000 400 2021-03 The customer license migration failed
60002 404 2021-03 User object Id is not found
900316 400 2023 Partner token is not allowed in license management calls. Please call with partner access token.
`,
  },
  {
    area: 'catalog',
    evidence: 'documented',
    rows: `
2100 400 2021-03 The Offers API does not support item with id {0}. Please try using the Products and/or SKUs APIs
400013 404 2023 Product was not found.
400018 404 2023 Sku was not found.
400019 404 2023 Availability not found.
400072 200 2021-10 This item is not available.
800083 500 2021-03 Availability has more than one included quantity options
800084 500 2021-03 Unsupported duration {0}
400030 403 2022 Access to the requested targetSegment is not allowed.
400036 403 2022 Access to the requested targetView is not allowed.
`,
  },
  {
    area: 'others',
    evidence: 'documented',
    rows: `
900122 404 2023 Advisor quote not found
900125 400 2023 Advisor partner information not found in the request context
900130 403 2023 One or more Azure subscriptions were purchased recently, these subscriptions cannot be transitioned at this time. Please try again later
`,
  },
  {
    // News pages have the code and not the text.
    area: 'sign-in',
    evidence: 'guess',
    rows: `
900421 401 2026 The multifactor authentication claim of the token is missing.
`,
  },
  {
    area: 'observed',
    evidence: 'observed',
    rows: `
0 400 2018-10 The provided value '{0}' is not a valid OrderStatus.
0 500 2019-03 The service has encountered an unknown error
1002 403 2018-08 Authorization Failed
2000 400 2019-02 ParentSubscriptionId is not supported for this request.
2000 400 2019-11 Customer relationship cannot be removed due to active Azure reserved instances.Please cancel the following orders: {0}
"900420" 401 2025-11 The audience '{0}' in the token is invalid and is no longer supported in Partner Center API.
`,
  },
  {
    area: 'a later list',
    evidence: 'client',
    rows: `
900154 400 2026 PLA/MPN id not linked to an active indirect reseller tenant
900416 403 2026 customer account is locked for transactions
900419 400 2026 customer tenant exceeded the limit for the number of subscriptions
`,
  },
]
