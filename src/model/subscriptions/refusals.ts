import type { DocumentedError } from '../documented-error.ts'
import { errorList, guessedInErrorList } from '../sources.ts'

/** Refusals of subscriptions. */
export const subscriptionRefusals = {
  subscriptionNotFound: {
    status: 404,
    code: 20003,
    description: 'Subscription with id {0} not found.',
    when: 'the subscription does not exist, or belongs to another customer',
    source: errorList,
  },
  billingCycleOfSubscription: {
    status: 400,
    code: 2054,
    description:
      'The billing cycle for an existing subscription cannot be updated using update-subscription operation. Please use update-Order operation',
    when: 'a PATCH of a subscription has a billingCycle that differs',
    source: errorList,
  },
  subscriptionSuspended: {
    status: 400,
    code: 2001,
    description: 'Subscription quantity cannot be increased or decreased while subscription is being suspended',
    when: 'the quantity of a suspended subscription is changed',
    source: errorList,
  },
  subscriptionDeleted: {
    status: 400,
    code: 2011,
    description: 'Subscription with id {0} and deleted status cannot be updated.',
    when: 'a deleted subscription is changed',
    source: errorList,
  },
  statusNotChangeable: {
    status: 400,
    code: 800040,
    description: 'Asset status cannot be changed to {0} from {1}',
    when: 'a PATCH of a subscription asks for a status that its product cannot have: legacy subscriptions and Azure plans can only be suspended, marketplace and software subscriptions only deleted',
    source: guessedInErrorList,
  },
  alreadyActivated: {
    status: 400,
    code: 800041,
    description: 'This item has already been activated',
    when: 'a subscription that is not pending is activated',
    source: errorList,
  },
  notInThisEnvironment: {
    status: 400,
    code: 900127,
    description: 'This operation is not supported in this environment',
    when: 'a subscription of a production account is activated',
    source: guessedInErrorList,
  },
} as const satisfies Record<string, DocumentedError>
