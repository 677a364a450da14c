import * as z from 'zod'
import { lazy } from '../../model/lazy.ts'
import { anyCase } from '../protocol/unknown-members.ts'

const RenewsToRequest = lazy(() =>
  anyCase({ termDuration: z.string().nullish().meta({ description: 'Length of the next term.' }) }).meta({
    id: 'RenewsToRequest',
    description: 'The term that the subscription renews to.',
  }),
)

const PurchaseCommitmentRequest = lazy(() =>
  anyCase({
    amount: z.number().meta({ description: 'Amount of each hour.' }),
    currency: z.string().meta({ description: 'ISO 4217 code, in any case.' }),
    grain: z.string().meta({ description: 'hourly, in any case.' }),
  }).meta({ id: 'PurchaseCommitmentRequest', description: 'The commitment of a savings plan.' }),
)

const ProvisioningContextRequest = lazy(() =>
  z.record(z.string(), z.string().nullable()).meta({
    id: 'ProvisioningContextRequest',
    description:
      'Values that provisioning needs: scope and subscriptionId of a reservation; scope, and subscriptionId or entitlementId, of a savings plan; parentSubscriptionId of a legacy add-on.',
  }),
)

/** The members that a line of a new order and an item of a cart have in common. */
export const purchaseMembers = lazy(() => ({
  friendlyName: z.string().nullish().meta({ description: 'Name of the purchase.' }),
  termDuration: z.string().nullish().meta({ description: 'Length of the term, one of the item: P1M, P1Y or P3Y.' }),
  provisioningContext: ProvisioningContextRequest().nullish().meta({ description: 'For provisioning.' }),
  promotionId: z.string().nullish().meta({ description: 'Id of the promotion of the item.' }),
  customTermEndDate: z.string().nullish().meta({ description: 'End of the first term of a new-commerce license.' }),
  renewsTo: RenewsToRequest().nullish().meta({ description: 'The next term.' }),
  partnerIdOnRecord: z.string().nullish().meta({ description: 'PartnerID (MPN ID) of the indirect reseller.' }),
  attestationAccepted: z
    .boolean()
    .nullish()
    .meta({ description: 'Whether the customer accepts the attestation that the item needs.' }),
  purchaseCommitment: PurchaseCommitmentRequest().nullish().meta({ description: 'Of a savings plan.' }),
}))

/** The attestation of an indirect provider, for a whole order or cart. */
export const partnerAttestation = lazy(() =>
  z
    .boolean()
    .nullish()
    .meta({ description: 'Since 2022: needed with a partner on record. The indirect provider attests the reseller.' }),
)
