import type { DocumentedError } from '../documented-error.ts'
import { errorList, guessedInErrorList } from '../sources.ts'

/** Refusals of carts. */
export const cartRefusals = {
  cartItems: {
    status: 400,
    code: 800009,
    description: 'Error in Cart item(s)',
    when: 'a cart is checked out that has an item with an error, or of which nothing can be ordered',
    source: guessedInErrorList,
  },
  cartNotFound: {
    status: 404,
    code: 800008,
    description: 'Unable to retrieve cart Id',
    when: 'the cart does not exist, or has expired: after 15 minutes, since the 2021 edition after 7 days',
    source: errorList,
  },
  cartSubmitted: {
    status: 400,
    code: 800065,
    description: 'Cannot check out an already submitted cart {0}.',
    when: 'a cart is changed after its checkout, or before the 2022 edition checked out again',
    source: errorList,
  },
} as const satisfies Record<string, DocumentedError>
