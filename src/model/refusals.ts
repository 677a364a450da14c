import { cartRefusals } from './carts/refusals.ts'
import { catalogRefusals } from './catalog/refusals.ts'
import { customerRefusals } from './customers/refusals.ts'
import type { DocumentedError } from './documented-error.ts'
import { purchaseRefusals } from './orders/purchase-refusals.ts'
import { orderRefusals } from './orders/refusals.ts'
import { provisioningRefusals } from './purchases/refusals.ts'
import { errorList, guessedInErrorList } from './sources.ts'
import { subscriptionRefusals } from './subscriptions/refusals.ts'

/** Refusals that several resources share. */
const sharedRefusals = {
  invalidInput: {
    status: 400,
    code: 800002,
    description: 'Invalid request input',
    when: 'the body is empty, is not JSON or does not have the documented form, its id names another order, or a query value is invalid',
    source: guessedInErrorList,
  },
  staleEtag: {
    status: 400,
    code: 2055,
    description: 'Etag is no longer valid',
    when: 'If-Match is not the etag of the legacy order or subscription',
    source: errorList,
  },
} as const satisfies Record<string, DocumentedError>

/**
 * Every refusal: a documented error that follows from the state of an account. The checks of requests themselves are in
 * partner-center/protocol/error-catalog.ts.
 */
export const refusals = {
  ...sharedRefusals,
  ...orderRefusals,
  ...purchaseRefusals,
  ...provisioningRefusals,
  ...subscriptionRefusals,
  ...cartRefusals,
  ...customerRefusals,
  ...catalogRefusals,
} satisfies Record<string, DocumentedError>

export type RefusalName = keyof typeof refusals

/** The refusal of a request, as a value and not as an exception. */
export interface Refusal {
  refused: RefusalName
  /** Values of the placeholders in the documented text. */
  values?: readonly (string | number)[]
  /** The exact mistake in the emulator's words, for the `data` of the body. */
  data?: string[]
}

export function refuse(refused: RefusalName, ...values: (string | number)[]): Refusal {
  return { refused, values }
}

export function isRefusal(result: object): result is Refusal {
  return 'refused' in result
}
