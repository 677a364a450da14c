import type { DocumentedError } from '../documented-error.ts'
import { errorList, observed } from '../sources.ts'

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
    when: 'a customer with open reservations or software orders is deleted',
    source: observed('https://github.com/microsoft/Partner-Center-PowerShell/issues/215', '2019-11-29'),
  },
} as const satisfies Record<string, DocumentedError>
