import type { ProductType } from '../catalog/schema.ts'
import { documented, guessed, type Source } from '../sources.ts'
import type { Window } from '../time/window.ts'

/** Refusals of a PATCH that follow from the product alone, whatever the subscription holds. */
export type OperationRefusal =
  | 'offerNotUpdatable'
  | 'statusNotUpdatable'
  | 'seatsNotUpdatable'
  | 'seatsNotDecreasable'
  | 'notRenewable'
  | 'notSupported'
  | 'billingCycleOfSubscription'
  | 'billingCycleNotUpdatable'
  | 'termOfTrial'
  | 'partnerNotUpdatable'
  | 'managedInAzure'

/** A window, or one for each term. */
export type Windows = Window | Readonly<Record<string, Window>>

/** A cancellation within a window. `after`: a refusal that names hours or days, or the end at the next renewal instead. */
export interface CancelWithin {
  within: Windows
  after: 'hoursPassed' | 'cancellationWindowPassed' | 'endsAtRenewal'
}

/** Fewer seats within a window. `seats`: every batch of seats has its own window, or only those bought at first. */
export interface FewerWithin {
  within: Window
  seats: 'each batch' | 'first batch'
}

/** The operations that a PATCH of a subscription can ask for, each with its possible rules. */
export interface OperationRules {
  /** `suspends`: the subscription is suspended instead. */
  cancel: 'applies' | 'suspends' | CancelWithin | OperationRefusal
  /** `endsRenewal`: it also turns auto-renew off and drops the scheduled change. */
  suspend: 'applies' | 'endsRenewal' | OperationRefusal
  reactivate: 'applies' | OperationRefusal
  moreSeats: 'applies' | OperationRefusal
  fewerSeats: 'applies' | FewerWithin | OperationRefusal
  autoRenew: 'applies' | OperationRefusal
  schedule: 'applies' | OperationRefusal
  rename: 'applies' | OperationRefusal
  /** `nextCycle`: of a term of three years, between monthly and annual, from the next cycle on. */
  billingCycle: 'nextCycle' | OperationRefusal
  /** `longer`: only to a longer term, at once. */
  term: 'longer' | OperationRefusal
  partner: 'applies' | OperationRefusal
}
export type OperationName = keyof OperationRules

/** Every operation with its rule, and the source of the rule. */
export type SubscriptionRules = {
  readonly [Operation in OperationName]: { readonly rule: OperationRules[Operation]; readonly source: Source }
}

/** Everything that an edition decides about subscriptions. */
export interface SubscriptionEdition {
  rules: Readonly<Record<ProductType, SubscriptionRules>>
  /** The members of the pages of that time: those of marketplace subscriptions, of new commerce, or with refundable seats. */
  members: { form: 'marketplace' | 'newCommerce' | 'refundableSeats'; source: Source }
  /** Whether a PATCH without `id` resets auto-renew and scheduled changes that it does not name. */
  omittedMembers: { rule: 'stay' | 'reset'; source: Source }
  /** Whether the custom end of a scheduled term is checked. */
  customTermEnd: { rule: 'kept' | 'checked'; source: Source }
  /** The refusals of a change while the order is being provisioned, and while another change runs. */
  busy: { provisioning: 'notReady2021' | 'notReady'; changing: 'notReady2021' | 'operationPending'; source: Source }
}

/** A page of the user's guide. */
function guide(page: string, date: string, evidence: Source['evidence'] = 'documented'): Source {
  return { page: `https://learn.microsoft.com/partner-center/${page}`, date, evidence }
}

const codes = guessed('error-codes', '2021-10-20')
const textOfCode = documented('error-codes', '2021-10-20')
const suspension = documented('suspend-a-subscription', '2019-05-22')
const reactivation = documented('reactivate-a-suspended-subscription', '2019-05-22')
const nickname = documented('update-the-nickname-for-a-subscription', '2019-05-22')
const quantity2021 = documented('change-the-quantity-of-a-subscription', '2021-02-23')
const quantity2023 = documented('change-the-quantity-of-a-subscription', '2023-10-10')
const marketplace = documented('cancel-an-azure-marketplace-subscription', '2019-08-16')
const autoRenewal = documented('update-autorenew-for-an-azure-marketplace-subscription', '2019-08-16')
const scheduled = documented('create-scheduled-changes', '2021-11-17')
const creation = guide('create-a-new-subscription', '2023-10-19')
const cancellation = guide('new-commerce-cancellation-policy', '2023-07-27')

const refused = (rule: 'notSupported' | 'managedInAzure', source: Source) => ({ rule, source }) as const

const legacy: SubscriptionRules = {
  cancel: { rule: 'offerNotUpdatable', source: guessed('suspend-a-subscription', '2019-05-22') },
  suspend: { rule: 'applies', source: suspension },
  reactivate: { rule: 'applies', source: reactivation },
  moreSeats: { rule: 'applies', source: quantity2021 },
  fewerSeats: { rule: 'applies', source: quantity2021 },
  autoRenew: { rule: 'applies', source: codes },
  schedule: refused('notSupported', codes),
  rename: { rule: 'applies', source: nickname },
  billingCycle: { rule: 'billingCycleOfSubscription', source: textOfCode },
  term: refused('notSupported', codes),
  partner: { rule: 'applies', source: guessed('subscription-resources', '2019-05-22') },
}

const azurePlan: SubscriptionRules = {
  ...legacy,
  cancel: { rule: 'suspends', source: guessed('cancel-an-azure-subscription', '2022-12-16') },
  moreSeats: { rule: 'seatsNotUpdatable', source: codes },
  fewerSeats: { rule: 'seatsNotUpdatable', source: codes },
  autoRenew: { rule: 'notRenewable', source: codes },
  billingCycle: { rule: 'billingCycleNotUpdatable', source: codes },
  partner: { rule: 'partnerNotUpdatable', source: codes },
}

/** Marketplace SaaS. The code of a scheduled change before its page of 2021-11 is a guess. */
const saas2019: SubscriptionRules = {
  ...azurePlan,
  cancel: { rule: 'applies', source: marketplace },
  suspend: { rule: 'applies', source: guessed('cancel-an-azure-marketplace-subscription', '2019-08-16') },
  reactivate: { rule: 'applies', source: guessed('cancel-an-azure-marketplace-subscription', '2019-08-16') },
  moreSeats: { rule: 'applies', source: quantity2021 },
  fewerSeats: { rule: 'applies', source: quantity2021 },
  autoRenew: { rule: 'applies', source: autoRenewal },
}

/** The full refund of a marketplace item, by its term. */
export const marketplaceRefunds: Readonly<Record<string, Window>> = {
  P1M: { days: 1, ends: 'instant' },
  P1Y: { days: 14, ends: 'instant' },
}

const saas2021: SubscriptionRules = { ...saas2019, schedule: { rule: 'applies', source: scheduled } }
const saas2022: SubscriptionRules = {
  ...saas2021,
  cancel: { rule: { within: marketplaceRefunds, after: 'endsAtRenewal' }, source: cancellation },
}

/** Before 2021-10 software was not a Subscription: the order alone decides whether it can still be cancelled. */
const software2019: SubscriptionRules = {
  ...saas2019,
  cancel: { rule: 'applies', source: guessed('cancel-software-purchases', '2019-12-19') },
  suspend: { rule: 'statusNotUpdatable', source: codes },
  reactivate: { rule: 'statusNotUpdatable', source: codes },
  fewerSeats: { rule: 'seatsNotUpdatable', source: codes },
}
const software2021: SubscriptionRules = {
  ...software2019,
  cancel: {
    rule: { within: { days: 30, ends: 'endOfDay' }, after: 'cancellationWindowPassed' },
    source: documented('manage-billing-frequency-software-subs', '2021-10-08'),
  },
  schedule: { rule: 'applies', source: scheduled },
}
const software2022: SubscriptionRules = {
  ...software2021,
  cancel: { rule: { within: { days: 7, ends: 'instant' }, after: 'cancellationWindowPassed' }, source: cancellation },
  fewerSeats: { rule: 'seatsNotDecreasable', source: guide('csp-software-subscriptions', '2023-06-30') },
}

/** Software that is bought once and reservations have no Subscription, unless a fixture gives them one. */
const none: SubscriptionRules = {
  ...software2019,
  cancel: { rule: 'statusNotUpdatable', source: codes },
  moreSeats: { rule: 'seatsNotUpdatable', source: codes },
  autoRenew: { rule: 'notRenewable', source: codes },
}

/** New commerce is documented since 2021; the edition of 2019 has its rules and none of its later members. */
const license2019: SubscriptionRules = {
  ...saas2019,
  cancel: {
    rule: { within: { days: 3, ends: 'instant' }, after: 'hoursPassed' },
    source: documented('cancel-a-subscription', '2021-02-23'),
  },
  suspend: { rule: 'applies', source: suspension },
  reactivate: { rule: 'applies', source: reactivation },
  fewerSeats: { rule: { within: { days: 3, ends: 'instant' }, seats: 'first batch' }, source: quantity2021 },
  billingCycle: { rule: 'billingCycleNotUpdatable', source: textOfCode },
  partner: { rule: 'partnerNotUpdatable', source: textOfCode },
}
const license2021: SubscriptionRules = { ...license2019, schedule: { rule: 'applies', source: scheduled } }
const license2022: SubscriptionRules = {
  ...license2021,
  cancel: { rule: { within: { days: 7, ends: 'instant' }, after: 'hoursPassed' }, source: cancellation },
  suspend: { rule: 'endsRenewal', source: documented('suspend-a-subscription', '2022-06-13') },
  fewerSeats: { rule: { within: { days: 7, ends: 'instant' }, seats: 'each batch' }, source: quantity2023 },
  billingCycle: { rule: 'nextCycle', source: creation },
  term: { rule: 'longer', source: creation },
}

const ofTrial = {
  cancel: { rule: 'applies', source: guide('create-a-new-subscription', '2023-10-19', 'guess') },
  moreSeats: { rule: 'seatsNotUpdatable', source: codes },
  fewerSeats: { rule: 'seatsNotUpdatable', source: codes },
  billingCycle: { rule: 'billingCycleNotUpdatable', source: codes },
} as const
const trial2022: SubscriptionRules = {
  ...license2022,
  ...ofTrial,
  term: { rule: 'termOfTrial', source: documented('error-codes', '2023-06-15') },
}

const inAzure = refused('managedInAzure', documented('error-codes', '2023-06-15'))
const savingsPlan: SubscriptionRules = {
  cancel: inAzure,
  suspend: inAzure,
  reactivate: inAzure,
  moreSeats: inAzure,
  fewerSeats: inAzure,
  autoRenew: inAzure,
  schedule: inAzure,
  rename: inAzure,
  billingCycle: inAzure,
  term: inAzure,
  partner: inAzure,
}

function rulesOf(
  saas: SubscriptionRules,
  software: SubscriptionRules,
  license: SubscriptionRules,
  trial: SubscriptionRules,
): Readonly<Record<ProductType, SubscriptionRules>> {
  return {
    azureReservation: none,
    perpetualSoftware: none,
    softwareSubscription: software,
    saasFlatRate: saas,
    saasMetered: saas,
    saasSeatBased: saas,
    saasTrial: saas,
    azurePlan,
    newCommerceLicense: license,
    newCommerceTrial: trial,
    savingsPlan,
    legacyLicense: legacy,
    legacyAddOn: legacy,
    legacyAzure: { ...legacy, autoRenew: { rule: 'notRenewable', source: codes } },
  }
}

const update2022 = documented('update-a-subscription-by-id', '2022-06-13')
const edition2022: SubscriptionEdition = {
  rules: rulesOf(saas2022, software2022, license2022, trial2022),
  members: { form: 'refundableSeats', source: documented('get-a-subscription-by-id', '2023-05-09') },
  omittedMembers: { rule: 'reset', source: update2022 },
  customTermEnd: { rule: 'checked', source: documented('error-codes', '2023-06-15') },
  busy: { provisioning: 'notReady', changing: 'operationPending', source: documented('error-codes', '2023-06-15') },
}

const busy2021 = { provisioning: 'notReady2021', changing: 'notReady2021', source: codes } as const

/** The subscriptions of each edition. */
export const subscriptionEditions = {
  2019: {
    rules: rulesOf(saas2019, software2019, license2019, { ...license2019, ...ofTrial }),
    members: { form: 'marketplace', source: marketplace },
    omittedMembers: { rule: 'stay', source: guessed('update-a-subscription-by-id', '2022-06-13') },
    customTermEnd: { rule: 'kept', source: scheduled },
    busy: busy2021,
  },
  2021: {
    rules: rulesOf(saas2021, software2021, license2021, { ...license2021, ...ofTrial }),
    members: { form: 'newCommerce', source: documented('get-a-subscription-by-id', '2021-01-14') },
    omittedMembers: { rule: 'stay', source: guessed('update-a-subscription-by-id', '2022-06-13') },
    customTermEnd: { rule: 'kept', source: scheduled },
    busy: busy2021,
  },
  2022: edition2022,
  2023: edition2022,
} as const satisfies Readonly<Record<string, SubscriptionEdition>>
