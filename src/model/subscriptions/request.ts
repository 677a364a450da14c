import type { BillingCycle, Product } from '../catalog/schema.ts'
import type { AccountKind, EditionName } from '../editions.ts'
import type { Given } from '../purchases/request.ts'
import type { AskedNextTerm } from './schedule.ts'
import type { SubscriptionStatus } from './schema.ts'

/** The members of a subscription that a PATCH may change. The other members are read-only. */
export interface SubscriptionChange {
  status?: Given<SubscriptionStatus>
  quantity?: Given<number>
  friendlyName?: Given<string>
  autoRenewEnabled?: Given<boolean>
  billingCycle?: Given<BillingCycle>
  termDuration?: Given<string>
  partnerId?: Given<string>
  /** `null` removes the scheduled change. */
  nextTerm?: Given<AskedNextTerm>
  /** Whether the body is a whole subscription, as SDKs send it. */
  isWhole?: boolean
}

/** The input of a change besides the subscription. `now`: milliseconds since 1970. */
export interface ChangeContext {
  product: Product
  kind: AccountKind
  rules: EditionName
  now: number
  /** The order of the subscription: whether it is being provisioned, or an earlier change of it runs. */
  order: 'provisioning' | 'changing' | 'settled'
  statusOf: (subscriptionId: string) => SubscriptionStatus | undefined
  findProduct: (offerId: string) => Product | undefined
  /** The last days of the customer's other new-commerce licenses, in milliseconds since 1970. */
  otherEnds: () => readonly number[]
}
