import type { DocumentedError } from '../../model/documented-error.ts'
import { refusals } from '../../model/refusals.ts'
import { errorList, guessedInErrorList, observed } from '../../model/sources.ts'

/** Errors that follow from the request itself, whatever the account holds. */
const requestErrors = {
  unauthenticated: {
    status: 401,
    code: 800001,
    description: 'Partner Token missing in request context',
    when: 'the request needs a bearer token and has none, its Authorization header is malformed, or with auth=strict the token is not valid for the account',
    source: guessedInErrorList,
  },
  invalidCustomerId: {
    status: 400,
    code: 900118,
    description: 'Invalid Customer Id',
    when: 'the customer id in the path is not a GUID',
    source: guessedInErrorList,
  },
  bodyTooLarge: {
    status: 413,
    code: 800002,
    description: 'Invalid request input',
    when: 'the body is larger than 1 MiB',
    source: guessedInErrorList,
  },
  invalidOrderStatus: {
    status: 400,
    code: 0,
    description: "The provided value '{0}' is not a valid OrderStatus.",
    when: 'the status in the body is not a documented one (cancelled has two l)',
    source: observed('https://github.com/microsoft/PartnerCenterPowerShellModule/issues/50', '2018-10-04'),
  },
  unparsableEnum: {
    status: 400,
    code: 900126,
    description: 'Unable to parse enum: {0} For more information, please visit {1}',
    when: 'a word of an enumeration, such as a billingType, is not a documented one',
    source: errorList,
  },
  invalidAudience: {
    status: 401,
    code: '900420',
    description: "The audience '{0}' in the token is invalid and is no longer supported in Partner Center API.",
    when: 'with auth=strict, the token was issued for another resource',
    source: observed('https://github.com/PartnerCenterSamples/Partner-Center-DotNet-Samples/issues/140', '2025-11-13'),
  },
  roleNotAllowed: {
    status: 403,
    code: 900150,
    description: 'The supplied role does not have the rights to perform the requested operation',
    when: 'with auth=strict, an app-only token is used where the documentation demands app and user',
    source: errorList,
  },
  unexpected: {
    status: 500,
    code: 800003,
    description: 'Unexpected service error',
    when: 'the emulator failed; its log has the cause',
    source: guessedInErrorList,
  },
} as const satisfies Record<string, DocumentedError>

/** Every error of the API, except the gateway's. */
export const errorCatalog = { ...refusals, ...requestErrors }

export type ErrorName = keyof typeof errorCatalog
