import type { BillingCycle, Product, ProductType, Term } from '../catalog/schema.ts'
import type { AccountKind, EditionName } from '../editions.ts'
import type { RandomBytes } from '../ids.ts'
import type { OwnedUnits } from '../orders/sandbox-limits.ts'
import type { PurchaseCommitment } from '../orders/schema.ts'
import type { RegistrationStatus } from '../subscriptions/registration.ts'
import type { SubscriptionStatus } from '../subscriptions/schema.ts'

export type Given<Value> = Value | null | undefined

/** Values that provisioning needs, by name. */
export type ProvisioningContext = Readonly<Record<string, string>>

/** A line as a request asks for it. */
export interface NewLine {
  lineItemNumber?: Given<number>
  offerId?: Given<string>
  quantity?: Given<number>
  friendlyName?: Given<string>
  termDuration?: Given<string>
  provisioningContext?: Given<Readonly<Record<string, string | null>>>
  partnerIdOnRecord?: Given<string>
  additionalPartnerIdsOnRecord?: Given<readonly string[]>
  parentSubscriptionId?: Given<string>
  renewsTo?: Given<{ termDuration?: Given<string> }>
  promotionId?: Given<string>
  customTermEndDate?: Given<string>
  attestationAccepted?: Given<boolean>
  purchaseCommitment?: Given<PurchaseCommitment>
  /** The number of the line whose subscription an add-on of the same purchase extends. */
  baseLine?: number
}

export interface NewOrder {
  billingCycle?: Given<BillingCycle>
  currencyCode?: Given<string>
  partnerOnRecordAttestationAccepted?: Given<boolean>
  lineItems: readonly NewLine[]
}

/** A subscription of the customer, as far as a purchase depends on it. */
export interface OwnedSubscription {
  /** In any case. */
  id: string
  offerId: string
  productType: ProductType
  status: SubscriptionStatus
  isTrial: boolean
  termDuration: string
  /** The commitment end date, ISO 8601. */
  endsAt: string
  /** The PartnerID on record, or an empty text. */
  partnerId: string
  registration: RegistrationStatus
}

/** The input of a purchase besides the request. `now`: milliseconds since 1970. */
export interface PurchaseContext {
  customerId: string
  kind: AccountKind
  rules: EditionName
  now: number
  random: RandomBytes
  findProduct: (offerId: string) => Product | undefined
  /** Counts the units that the customer owns, for the limits of a sandbox. */
  owned: () => OwnedUnits
  /** Reads the subscriptions of the customer. */
  subscriptions: () => readonly OwnedSubscription[]
}

/** A requested line with its product of the catalog. */
export interface ChosenLine {
  asked: NewLine
  product: Product
  quantity: number
  term: Term
  provisioning: ProvisioningContext
}
