import type { DocumentedError } from '../documented-error.ts'
import { errorList, guessed, guessedInErrorList, observed } from '../sources.ts'

/** Refusals of customers. */
export const customerRefusals = {
  noRelationship: {
    status: 403,
    code: 20002,
    description: 'The partner id {0} has no commerce relationship with the customer id {1}.',
    when: "the customer is not one of the partner's",
    source: errorList,
  },
  customerHasOrders: {
    status: 400,
    code: 2000,
    description:
      'Customer relationship cannot be removed due to active Azure reserved instances.Please cancel the following orders: {0}',
    when: 'a customer with open reservations, software orders or active subscriptions is removed',
    source: observed('https://github.com/microsoft/Partner-Center-PowerShell/issues/215', '2019-11-29'),
  },
  artifactNotFound: {
    status: 404,
    code: 1000,
    description: 'Not found',
    when: 'no entitlement of the customer links to the artifact',
    source: guessedInErrorList,
  },
  sandboxCustomerLimit: {
    status: 400,
    code: 800018,
    description: 'The sandbox limit has been met',
    when: 'a sandbox account would have more than 75 customers',
    source: guessed('test-and-debug', '2019-03-18'),
  },
  domainTaken: {
    status: 400,
    code: 3000,
    description: 'Invalid property',
    when: 'another customer has the domain of a new one',
    source: guessedInErrorList,
  },
  registrationNotSupported: {
    status: 400,
    code: 600002,
    description: 'Organization registration ID value is not supported',
    when: 'a registration id has other characters than letters, digits, spaces, dots, slashes and hyphens',
    source: guessedInErrorList,
  },
  registrationMissing: {
    status: 400,
    code: 600049,
    description: 'Organization registration ID information is missing',
    when: 'a new customer of a country with registration ids has none',
    source: errorList,
  },
  registrationInvalid: {
    status: 400,
    code: 600050,
    description: 'Organization registration ID information is invalid and should be of the format {0}',
    when: 'a registration id does not have the form of its country: BY, RU, BR, IN or PL',
    source: guessedInErrorList,
  },
  phoneNumberMissing: {
    status: 400,
    code: 600051,
    description: 'Customer phone number is missing',
    when: 'a new customer of a country with registration ids has no phone number',
    source: guessedInErrorList,
  },
} as const satisfies Record<string, DocumentedError>
