import type { BillingCycle } from '../catalog/schema.ts'
import type { Given, NewLine, PurchaseContext } from '../purchases/request.ts'
import type { CartLineItem, ParticipantType } from './schema.ts'

/** An item of a cart as a request asks for it. */
export interface NewCartLine
  extends Pick<
    NewLine,
    | 'friendlyName'
    | 'quantity'
    | 'termDuration'
    | 'provisioningContext'
    | 'partnerIdOnRecord'
    | 'renewsTo'
    | 'promotionId'
    | 'customTermEndDate'
    | 'attestationAccepted'
    | 'purchaseCommitment'
  > {
  id?: Given<number>
  catalogItemId?: Given<string>
  currencyCode?: Given<string>
  billingCycle?: Given<BillingCycle>
  participants?: Given<readonly { key: ParticipantType; value: string }[]>
  addonItems?: Given<readonly NewCartLine[]>
}

export interface NewCart {
  partnerOnRecordAttestationAccepted?: Given<boolean>
  lineItems: readonly NewCartLine[]
}

/** The input of a cart besides the request. */
export interface CartContext extends PurchaseContext {
  partnerId: string
}

/** An item, or an add-on of one. */
export type CartItem = Omit<CartLineItem, 'addonItems'>

/** The partners of an item, as an order line has them. */
export function partnersOf({
  participants,
  partnerIdOnRecord,
}: Pick<NewCartLine, 'participants' | 'partnerIdOnRecord'>): Pick<
  NewLine,
  'partnerIdOnRecord' | 'additionalPartnerIdsOnRecord'
> {
  const having = (type: ParticipantType) =>
    (participants ?? []).filter(({ key }) => key === type).map(({ value }) => value)
  return {
    partnerIdOnRecord: having('transaction_reseller')[0] ?? partnerIdOnRecord,
    additionalPartnerIdsOnRecord: having('additional_transaction_reseller'),
  }
}
