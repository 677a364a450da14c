import type { ErrorTable } from './error-table.ts'

/** Errors of subscriptions, entitlements, transitions, migrations, transfers and upgrades. */
export const subscriptionErrors: readonly ErrorTable[] = [
  {
    area: 'subscriptions',
    evidence: 'documented',
    rows: `
2001 400 2021-03 Subscription quantity cannot be increased or decreased while subscription is being suspended
2002 400 2021-03 Subscription quantity is not within minimum and maximum allowed quantity
2006 400 2021-03 Updates on subscriptions for offer {0} are not allowed
2011 400 2021-03 Subscription with id {0} and deleted status cannot be updated.
2012 400 2021-03 Unable to convert between Commerce and Azure Active Directory subscription ids.
2054 400 2021-03 The billing cycle for an existing subscription cannot be updated using update-subscription operation. Please use update-Order operation
2055 400 2021-03 Etag is no longer valid
20003 404 2021-03 Subscription with id {0} not found.
27009 409 2021-03 Cannot enable a child subscription, when the parent subscription is not Active
800027 403 2021-03 The catalog item is not eligible for add or remove quantity
800028 403 2021-03 The initial purchase term is no longer available for purchase/update
800037 404 2021-03 Asset Id not found
800038 404 2021-03 Asset FutureBillingInfo not found
800040 400 2021-03 Asset status cannot be changed to {0} from {1}
800041 400 2021-03 This item has already been activated
800076 404 2021-03 Subscription history not found
800081 400 2021-03 Cannot update a subscription before activating it
800082 400 2021-03 Subscription is not ready to be updated. Please try again after sometime
800082 409 2023 Subscription is not ready to be updated. Please try again after sometime
800090 400 2021-02 Subscription quantity cannot be decreased.
800090 400 2021-03 Subscription quantity cannot be decreased
800091 400 2021-03 Cannot update a subscription with suspended status
800092 400 2021-03 Cannot increase the seat quantity for a subscription purchased under the Software Assurance program
800093 400 2021-03 The subscription is not eligible to be auto-renewed
800094 500 2021-03 Update subscription is not successful
800095 400 2021-03 Cannot update the seat quantity for this subscription
800096 400 2021-03 Cannot update the status for this subscription
800097 400 2021-03 Cannot update the billing cycle for this subscription
800098 400 2021-03 Cannot update the partner on record for this subscription
800107 400 2023 Term changes are not supported for trial offers.
800121 400 2023 The term duration provided is invalid.
800122 400 2023 The target term duration cannot be shorter than the current term duration.
900115 403 2021-03 Azure plan cannot be moved to suspended state since you have one or more Azure Subscriptions in the active state
900140 404 2021-03 Unable to get Azure Active Directory subscriptions for a customer with tenant id {0} and source provisioning id {1}
900143 400 2021-03 The request failed to retrieve all availabilities with productId: {0}, skuId: {1} for a customer with id: {3}
900144 400 2021-03 The provisioning SKU id is not present
900213 400 2023 You have passed your {0}-hour cancellation window. We are unable to cancel your purchase
900214 400 2023 You have passed your {0}-hour window for reducing seats for this subscription.
900244 400 2023 The custom term end date specified on the scheduled next term instructions is only valid for OnlineServicesNCE products.
900245 400 2023 The custom term end date specified on the scheduled next term instructions must be within the first term duration after renewal. Also monthly term products cannot align with a subscription ending on the 28th, 29th, or 30th of the month, unless that date is the last day of the month.
900246 400 2023 The custom term end date specified on the scheduled next term instructions does not match with the end date of any active non-trial OnlineServicesNCE subscription or align with the end of the calendar month.
900257 400 2023 You have passed your {0}-day window for reducing seats for this subscription.
900263 403 2023 This API method is not supported for legacy subscriptions.
900277 400 2023 Your subscription is in the process of being expired. No further updates are allowed on this subscription.
900278 409 2023 There is a pending operation on this subscription. Please try again after 24 hours.
900279 400 2023 Update operations are no longer allowed for this subscription.
900280 400 2023 Update operations are currently not allowed for this subscription.
900311 400 2023 This subscription has been updated too many times. Please contact partner support if you need to make more updates on this subscription.
`,
  },
  {
    area: 'Azure entitlements',
    evidence: 'documented',
    rows: `
800111 404 2021-10 Azure subscription with the given entitlement ID is not found.
900307 400 2022-12 Cancellation reason '{0} is invalid.
900335 403 2023-08 Partner doesn't have required permissions to reactivate Azure entitlement with ID {0}.
900337 400 2023-08 Partner cannot reactivate Azure entitlement with ID {0}.
`,
  },
  {
    area: 'overage',
    evidence: 'documented',
    rows: `
800112 403 2021-10 Overage cannot be set as the customer has legacy Azure subscriptions.
800114 403 2021-10 You are not eligible to manage overage for this customer.
800115 403 2021-10 Overage is already assigned to another tenant. Contact your customer to resolve ownership questions.
`,
  },
  {
    area: 'transitions',
    evidence: 'documented',
    rows: `
900236 400 2023 The target transition ToSubscriptionId field is invalid. Target subscription CommitmentEndDate must be later than source subscription
900258 400 2023 The target transition ToSubscriptionId field is invalid. Target subscription must be active.
900259 400 2023 The target transition ToSubscriptionId field is invalid. Target subscription id can't be the same as the source subscription ID.
900260 400 2023 The target transition ToSubscriptionId field is invalid. Target subscription must have the same CatalogItemId as in the transition request.
900261 400 2023 The target transition ToSubscriptionId field is invalid. The target subscription is not ready to be upgraded. Please try again after sometime.
900267 400 2023 Target transition can't have a term duration shorter than that of the source subscription.
900268 400 2023 The term duration on the target transition is invalid.
900269 400 2023 The billing cycle is invalid.
900270 400 2023 The billing cycle cannot be longer than the term.
`,
  },
  {
    area: 'migrations',
    evidence: 'documented',
    rows: `
900215 400 2023 Subscription {0} cannot be migrated to New Commerce because the status is not active
900216 400 2023 Subscription {0} cannot be migrated to New Commerce because the subscription is currently being processed
900217 400 2023 Subscription {0} cannot be migrated to New Commerce because it is less than 24 hours from the term end
900218 400 2023 Subscription {0} cannot be migrated to New Commerce because it has promotions applied to it
900219 400 2023 Subscription {0} cannot be migrated to New Commerce because it has add-ons
900220 400 2023 Subscription {0} cannot be migrated to New Commerce because there is not a valid migration path for this offer yet
900221 400 2023 Subscription {0} cannot be migrated to New Commerce because of one or more reasons (possible reasons: subscription not in Active state - subscription has promotions applied to it - subscription has add-ons attached to it - subscription is too close to term end - subscription offer is not available in New Commerce yet)
900222 400 2023 Subscription {0} cannot be migrated to New Commerce because the combination of term duration and billing cycle is not supported for the New-Commerce product
900223 403 2023 Partner tenant ID {0} is not yet allowed to perform migrations to New Commerce on their subscriptions
900224 400 2023 New-Commerce migration {0} could not be found
900225 408 2023 There was an unexpected error when processing the New-Commerce migration
900226 403 2023 Subscription {0} cannot be migrated to New Commerce because it has been active for 1 month or less. Please try again later
900247 400 2023 Subscription {0} cannot be migrated to New Commerce because the partner ID on record in the current subscription is not valid
900248 400 2023 Migration cannot be performed because two or more add-on migrations were specified with the same current subscription ID
900262 400 2023 Subscription cannot be migrated to New-Commerce because one or more add-on subscriptions specified in the AddOnMigrations collection do not exist or are not active
900291 400 2023 The custom term end date specified for the migration must be within the first term duration. Also, monthly term products cannot align with a subscription ending on the 28th, 29th, or 30th of the month, unless that date is the last day of the month
900292 400 2023 The custom term end date specified for the migration does not match with the end date of any active non-trial OnlineServicesNCE subscription or align with the end of the calendar month
`,
  },
  {
    area: 'transfers',
    evidence: 'documented',
    rows: `
900100 404 2023 Transfer request not found
900101 409 2023 This transfer is not allowed as original transfer {0} is in progress
900102 400 2023 Cannot process the transfer request for {1} transfer {0}
900103 500 2023 Transfer order is not successful
900104 409 2023 Transfer {0} is being processed by another request
900131 400 2023 This transfer request cannot be initiated as the customer has legacy Azure subscriptions
900132 400 2023 This transfer request cannot be initiated as the Azure plan is not active, please enable the Azure plan
900133 400 2023 This transfer request cannot be initiated as customer has not purchased Azure plan
900134 400 2023 This transfer request cannot be initiated as the Azure plan is not purchasable
900135 500 2023 Initiate transfer request failed. Please try again later
900136 400 2023 Transfer cannot be initiated as source partner email/domain details missing in the request
900137 403 2023 Transfer cannot be created as partner: {0} not enabled for this feature
900138 403 2023 Transfer cannot be created as partner's: {0} national cloud {1} is not supported
900139 403 2023 Transfer request cannot be accepted. Please request the partner to create transfer without Azure subscription(s)
900145 400 2023 This request for transfer of billing ownership cannot be completed as Azure reservations do not transfer with subscriptions. Cancel the Azure reservations associated with the subscriptions in your selection and try again
900146 400 2023 This request for transfer of billing ownership cannot be completed as third-party marketplace products do not transfer with subscriptions. Remove the third-party marketplace products from your selection and try again
900147 400 2023 Provide a valid domain associated with the current partner
900148 400 2023 Transfer creation failed due to source partner details matched with requesting partner
800078 400 2021-03 Transfer cannot be created with invalid subscription
`,
  },
  {
    area: 'Azure upgrades',
    evidence: 'documented',
    rows: `
900105 403 2023 You have one or more Azure subscriptions in the suspended state. These can't be transitioned to the Azure plan
900106 404 2023 No upgrade request was found
900107 400 2023 Cannot process Azure upgrade since Azure catalog item was not found
900108 403 2023 Cannot process Azure upgrade since customer has no Azure subscriptions
900109 409 2023 This upgrade is not allowed as original upgrade {0} is in progress
900110 400 2023 Cannot process the upgrade request for completed upgrade {0}
900111 400 2023 The upgrade ID provided does not belong to customer {0}. The customer is mapped to upgrade Id {1}
900119 403 2023 Cannot process Azure upgrade for Azure Partner Shared Services
900120 403 2023 Cannot process Azure upgrade
`,
  },
]
