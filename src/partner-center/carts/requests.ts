import * as z from 'zod'
import type { NewCart } from '../../model/carts/request.ts'
import { Cart, CartAddOn, CartLineItem, type ParticipantType, participantTypes } from '../../model/carts/schema.ts'
import { type Infer, lazy } from '../../model/lazy.ts'
import { limits } from '../../model/limits.ts'
import { pageUrl } from '../../model/sources.ts'
import { partnerAttestation, purchaseMembers } from '../orders/purchase-members.ts'
import { type BodyRequest, readBody } from '../protocol/body.ts'
import { readBillingCycle } from '../protocol/enums.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { anyCase, anyCaseOf } from '../protocol/unknown-members.ts'

const CartParticipantRequest = lazy(() =>
  anyCase({
    key: z
      .union([z.string(), z.int()])
      .meta({ description: 'transaction_reseller or additional_transaction_reseller, or its number.' }),
    value: z.string().meta({ description: 'PartnerID (MPN ID) of the partner.' }),
  }).meta({ id: 'CartParticipantRequest', description: 'A partner that takes part in a purchase.' }),
)

const itemMembers = lazy(() => ({
  id: z
    .union([
      z.int().nonnegative(),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ])
    .nullish()
    .meta({ description: 'Number of the item, from 0. Its place without it.' }),
  catalogItemId: z.string().nullish().meta({ description: 'Offer id of the catalog item. Required.' }),
  quantity: z
    .int()
    .nonnegative()
    .max(limits.quantity)
    .nullish()
    .meta({ description: 'Number of licenses or instances. 1 without it.' }),
  currencyCode: z.string().nullish().meta({ description: 'ISO 4217 code of the currency. USD without it.' }),
  billingCycle: z.string().nullish().meta({ description: 'Billing cycle in any spelling, or its number.' }),
  participants: z.array(CartParticipantRequest()).nullish().meta({ description: 'Partners that take part.' }),
  ...purchaseMembers(),
}))

/** Legacy add-ons do not have the members of new commerce. */
const CartAddOnRequest = lazy(() => {
  const { renewsTo, customTermEndDate, purchaseCommitment, ...members } = itemMembers()
  return anyCaseOf(CartAddOn, members)
})

const CartLineRequest = lazy(() =>
  anyCaseOf(CartLineItem, {
    ...itemMembers(),
    addonItems: z.array(CartAddOnRequest()).max(200).nullish().meta({ description: 'Legacy add-ons of the item.' }),
  }),
)

export const CartRequest = lazy(() =>
  anyCaseOf(Cart, {
    partnerOnRecordAttestationAccepted: partnerAttestation(),
    lineItems: z.array(CartLineRequest()).min(1).max(200).meta({ description: 'Items of the cart.' }),
  }).meta({ id: 'CartRequest', description: 'The items of a cart. Member names match in any case.' }),
)

/** Reads the body of a cart. Throws `invalidInput`, `unparsableEnum`. */
export function readCartRequest(request: BodyRequest): NewCart {
  const { lineItems, partnerOnRecordAttestationAccepted } = readBody(request, CartRequest)
  return {
    partnerOnRecordAttestationAccepted,
    lineItems: lineItems.map(({ addonItems, ...item }) => ({
      ...readItem(item),
      addonItems: addonItems?.map(readItem),
    })),
  }
}

function readItem<Item extends Infer<typeof CartAddOnRequest>>({ billingCycle, participants, ...item }: Item) {
  return {
    ...item,
    billingCycle: billingCycle ? readBillingCycle(billingCycle) : undefined,
    participants: participants?.map(({ key, value }) => ({ key: readParticipantType(key), value })),
  }
}

/** Reads a participant type by its name or by its number in the .NET SDK. Throws `unparsableEnum`. */
function readParticipantType(key: string | number): ParticipantType {
  const written = String(key).replaceAll('_', '').toLowerCase()
  const name =
    participantTypes[Number(key || Number.NaN)] ?? participantTypes.find((type) => type.replaceAll('_', '') === written)
  if (name !== undefined) return name
  throw new PartnerCenterError('unparsableEnum', { values: [key, pageUrl('cart-resources')] })
}
