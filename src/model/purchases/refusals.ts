import type { DocumentedError } from '../documented-error.ts'
import { documented, errorList, guessed, guessedInErrorList } from '../sources.ts'

const newErrorList = documented('error-codes', '2023-06-15')

/** Refusals of a purchase that needs a subscription of the customer, and of the registration for reservations. */
export const provisioningRefusals = {
  notAzureSubscription: {
    status: 400,
    code: 800011,
    description: 'This subscription is not a valid Azure subscription',
    when: 'the subscription of a reservation or of a registration is not an Azure subscription or an Azure plan',
    source: errorList,
  },
  azureSubscriptionNotActive: {
    status: 400,
    code: 800012,
    description: 'This subscription is not an active subscription',
    when: 'the Azure subscription of a reservation or of a registration is not active',
    source: errorList,
  },
  notEnabledForReservations: {
    status: 400,
    code: 800013,
    description: 'This subscription is not enabled for RI purchase',
    when: 'the registration of the Azure subscription of a reservation is not complete: it takes the fulfilment delay',
    source: guessedInErrorList,
  },
  azureSubscriptionNotRegistered: {
    status: 400,
    code: 800030,
    description: 'This subscription is not registered',
    when: 'the Azure subscription of a reservation is not registered',
    source: errorList,
  },
  subscriptionNotValid: {
    status: 400,
    code: 800021,
    description: 'This subscription is not a valid subscription',
    when: 'since the 2021 edition, a reservation does not name a subscription of the customer',
    source: guessedInErrorList,
  },
  azurePlanRequired: {
    status: 400,
    code: 900128,
    description: 'An Azure plan is required to purchase a SaaS subscription with a metered billing plan',
    when: 'since the 2021 edition, metered SaaS is bought without an active Azure plan',
    source: errorList,
  },
  azurePlanNotFound: {
    status: 400,
    code: 900129,
    description:
      'The specified Azure plan ID was not found or there are no active Azure subscriptions under it. An Azure Plan with active subscription(s) is required to purchase a SaaS product with a metered billing plan',
    when: 'since the 2021 edition, the subscriptionId of metered SaaS is not an active Azure plan',
    source: guessedInErrorList,
  },
  notInSandbox: {
    status: 403,
    code: 900322,
    description: '{0} is not available to purchase in the Sandbox environment. Learn more at {1}.',
    when: 'a savings plan is bought in a sandbox account',
    source: newErrorList,
  },
  scopeNotSupported: {
    status: 400,
    code: 900312,
    description: "The selected scope '{0}' in the provisioning context is not supported.",
    when: 'the scope of a savings plan or reservation is not single or shared',
    source: newErrorList,
  },
  entitlementIdMissing: {
    status: 400,
    code: 900313,
    description: 'Entitlement ID (Azure subscription ID) in the provisioning context is required for the transaction.',
    when: 'a savings plan with single scope lacks its entitlementId',
    source: newErrorList,
  },
  entitlementNotActive: {
    status: 400,
    code: 900314,
    description:
      'The Azure subscription associated with the entitlement ID is not active. An active Azure subscription is required to complete the purchase.',
    when: 'a savings plan with single scope is bought without an active Azure plan',
    source: guessed('error-codes', '2023-06-15'),
  },
  azurePlanIdMissing: {
    status: 400,
    code: 900317,
    description: 'Subscription ID (Azure plan ID) in the provisioning context is required for the transaction.',
    when: 'a savings plan with shared scope lacks its subscriptionId',
    source: newErrorList,
  },
  azurePlanOfSavingsPlanNotFound: {
    status: 400,
    code: 900318,
    description:
      'The Azure plan associated with the subscription ID was not found or there are no active Azure subscriptions under it. An Azure Plan with active subscription(s) is required to complete the purchase.',
    when: 'the subscriptionId of a savings plan with shared scope is not an active Azure plan',
    source: newErrorList,
  },
  partnerOfAzurePlanDiffers: {
    status: 403,
    code: 900323,
    description:
      'Azure savings plan purchases will inherit the partner on record of the associated Azure Plan. The provided partner on record does not match the value ({0}) on the associated Azure Plan.',
    when: 'the partner on record of a savings plan is not the one of its Azure plan',
    source: newErrorList,
  },
} as const satisfies Record<string, DocumentedError>
