import type { DocumentedError } from '../documented-error.ts'
import { documented, errorList, guessed, guessedInErrorList } from '../sources.ts'

const errorList2023 = documented('error-codes', '2023-06-15')
const guessedIn2023 = guessed('error-codes', '2023-06-15')

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
    when: 'a PATCH of a legacy subscription has a billingCycle that differs',
    source: errorList,
  },
  subscriptionSuspended: {
    status: 400,
    code: 2001,
    description: 'Subscription quantity cannot be increased or decreased while subscription is being suspended',
    when: 'the quantity of a suspended legacy subscription is changed',
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
    when: 'a PATCH of a subscription asks for pending, none, expired or disabled',
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
  offerNotUpdatable: {
    status: 400,
    code: 2006,
    description: 'Updates on subscriptions for offer {0} are not allowed',
    when: 'a legacy subscription is deleted, which can only be suspended',
    source: guessedInErrorList,
  },
  subscriptionNotActivated: {
    status: 400,
    code: 800081,
    description: 'Cannot update a subscription before activating it',
    when: 'a marketplace subscription that waits for its activation is changed, and not deleted',
    source: errorList,
  },
  notReady2021: {
    status: 400,
    code: 800082,
    description: 'Subscription is not ready to be updated. Please try again after sometime',
    when: 'to the 2021 edition, a subscription is changed while its order is pending or an earlier change runs',
    source: guessed('error-codes', '2021-10-20'),
  },
  notReady: {
    status: 409,
    code: 800082,
    description: 'Subscription is not ready to be updated. Please try again after sometime',
    when: 'since the 2022 edition, a subscription is changed while its order is pending',
    source: errorList2023,
  },
  seatsNotDecreasable: {
    status: 400,
    code: 800090,
    description: 'Subscription quantity cannot be decreased.',
    when: 'more seats are removed than were bought within the window of the edition',
    source: documented('change-the-quantity-of-a-subscription', '2021-02-23'),
  },
  modernSubscriptionSuspended: {
    status: 400,
    code: 800091,
    description: 'Cannot update a subscription with suspended status',
    when: 'a suspended modern subscription is changed, and neither reactivated nor deleted',
    source: errorList,
  },
  notRenewable: {
    status: 400,
    code: 800093,
    description: 'The subscription is not eligible to be auto-renewed',
    when: 'autoRenewEnabled of an Azure plan, a legacy trial or a legacy Azure subscription is changed, or a change is scheduled without auto-renew',
    source: guessedInErrorList,
  },
  seatsNotUpdatable: {
    status: 400,
    code: 800095,
    description: 'Cannot update the seat quantity for this subscription',
    when: 'the quantity of an Azure plan or a trial is changed, or that of a software subscription is lowered',
    source: guessedInErrorList,
  },
  statusNotUpdatable: {
    status: 400,
    code: 800096,
    description: 'Cannot update the status for this subscription',
    when: 'a software subscription is suspended',
    source: guessedInErrorList,
  },
  billingCycleNotUpdatable: {
    status: 400,
    code: 800097,
    description: 'Cannot update the billing cycle for this subscription',
    when: 'the billing cycle of a modern subscription is changed; since the 2022 edition, other than between monthly and annual in a term of three years',
    source: errorList,
  },
  partnerNotUpdatable: {
    status: 400,
    code: 800098,
    description: 'Cannot update the partner on record for this subscription',
    when: 'the partnerId of a modern subscription is changed',
    source: errorList,
  },
  termOfTrial: {
    status: 400,
    code: 800107,
    description: 'Term changes are not supported for trial offers.',
    when: 'since the 2022 edition, the term of a new-commerce trial is changed',
    source: errorList2023,
  },
  termShorter: {
    status: 400,
    code: 800122,
    description: 'The target term duration cannot be shorter than the current term duration.',
    when: 'since the 2022 edition, the term of a new-commerce license is shortened',
    source: errorList2023,
  },
  hoursPassed: {
    status: 400,
    code: 900213,
    description: 'You have passed your {0}-hour cancellation window. We are unable to cancel your purchase',
    when: 'a new-commerce license is deleted after 72 hours, since the 2022 edition after 168',
    source: guessedIn2023,
  },
  customTermEndOfOtherProduct: {
    status: 400,
    code: 900244,
    description:
      'The custom term end date specified on the scheduled next term instructions is only valid for OnlineServicesNCE products.',
    when: 'since the 2022 edition, a scheduled change of another product than new commerce has a customTermEndDate',
    source: errorList2023,
  },
  customTermEndOutside: {
    status: 400,
    code: 900245,
    description:
      'The custom term end date specified on the scheduled next term instructions must be within the first term duration after renewal. Also monthly term products cannot align with a subscription ending on the 28th, 29th, or 30th of the month, unless that date is the last day of the month.',
    when: 'since the 2022 edition, the customTermEndDate of a scheduled change is outside the next term, or on one of these days of a monthly term',
    source: errorList2023,
  },
  customTermEndUnknown: {
    status: 400,
    code: 900246,
    description:
      'The custom term end date specified on the scheduled next term instructions does not match with the end date of any active non-trial OnlineServicesNCE subscription or align with the end of the calendar month.',
    when: 'since the 2022 edition, the customTermEndDate of a scheduled change is neither the end of another new-commerce license nor of a month',
    source: errorList2023,
  },
  operationPending: {
    status: 409,
    code: 900278,
    description: 'There is a pending operation on this subscription. Please try again after 24 hours.',
    when: 'since the 2022 edition, a subscription is changed while an earlier change of its order runs',
    source: errorList2023,
  },
  termEnded: {
    status: 400,
    code: 900279,
    description: 'Update operations are no longer allowed for this subscription.',
    when: 'an expired or disabled subscription is changed',
    source: guessedIn2023,
  },
  managedInAzure: {
    status: 403,
    code: 900321,
    description:
      'This operation is not supported for Azure savings plan in Partner Center today. It can however be managed in Azure portal.',
    when: 'a savings plan is changed',
    source: errorList2023,
  },
} as const satisfies Record<string, DocumentedError>
