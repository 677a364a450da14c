import * as z from 'zod'
import { attributesOf } from '../attributes.ts'
import { BillingCycle } from '../catalog/schema.ts'
import { type Infer, lazy } from '../lazy.ts'
import { Links } from '../links.ts'
import { Order, Pricing, PurchaseCommitment, RenewsTo } from '../orders/schema.ts'
import { type CartErrorName, cartErrorCodes } from './line-errors.ts'

/** The documented keys of participants. https://learn.microsoft.com/partner-center/developer/cart-resources */
export const participantTypes = [
  'unknown',
  'transaction_reseller',
  'consumption_reseller',
  'additional_transaction_reseller',
] as const
export type ParticipantType = (typeof participantTypes)[number]

const CartParticipant = lazy(() =>
  z
    .strictObject({
      key: z.enum(participantTypes).meta({ description: 'Role of the partner.' }),
      value: z.string().meta({ description: 'PartnerID (MPN ID) of the partner.' }),
    })
    .meta({ id: 'CartParticipant', description: 'A partner that takes part in a purchase.' }),
)

const CartError = lazy(() =>
  z
    .strictObject({
      errorCode: z.enum(Object.keys(cartErrorCodes) as CartErrorName[]).meta({ description: 'Name of the error.' }),
      errorDescription: z.string().meta({ description: 'Text of the error.' }),
      additionalInformation: z
        .strictObject({
          availableQuantity: z.int().meta({ description: 'Largest quantity that can be bought.' }),
          purchasedQuantity: z.number().meta({ description: 'Requested quantity.' }),
        })
        .optional()
        .meta({ description: 'Quantities, of an error about them.' }),
    })
    .meta({ id: 'CartError', description: 'Why an item cannot be bought. A PUT of the cart can repair it.' }),
)
export type CartError = Infer<typeof CartError>

const itemMembers = lazy(() => ({
  id: z.int().nonnegative().meta({ description: 'Number of the item in the cart, from 0.' }),
  catalogItemId: z.string().meta({ description: 'Offer id of the catalog item.' }),
  friendlyName: z.string().optional().meta({ description: 'Name that the partner gives the purchase.' }),
  quantity: z.number().meta({ description: 'Number of licenses or instances.' }),
  currencyCode: z.string().meta({ description: 'ISO 4217 code of the currency.' }),
  billingCycle: BillingCycle(),
  termDuration: z.string().optional().meta({ description: 'Length of the term, an ISO 8601 duration.' }),
  promotionId: z.string().optional().meta({ description: 'Promotion that applies to the item.' }),
  participants: z.array(CartParticipant()).optional().meta({ description: 'Partners that take part.' }),
  partnerIdOnRecord: z.string().optional().meta({ description: 'PartnerID (MPN ID) of the indirect reseller.' }),
  customTermEndDate: z.string().optional().meta({ description: 'End of the first term.' }),
  renewsTo: RenewsTo().optional(),
  provisioningContext: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'Values that provisioning needs, such as scope and subscriptionId of a reservation.' }),
  orderGroup: z.string().meta({ description: 'Items of one group become one order at checkout.' }),
  purchaseCommitment: PurchaseCommitment().optional(),
  pricing: Pricing().optional(),
}))

const error = lazy(() => CartError().optional())

/** A legacy add-on, which does not have the members of new commerce. */
export const CartAddOn = lazy(() => {
  const { renewsTo, customTermEndDate, purchaseCommitment, ...members } = itemMembers()
  return z.strictObject({ ...members, error: error() }).meta({ id: 'CartAddOn', description: 'An add-on of an item.' })
})

/** https://learn.microsoft.com/partner-center/developer/cart-resources */
export const CartLineItem = lazy(() =>
  z
    .strictObject({
      ...itemMembers(),
      addonItems: z.array(CartAddOn()).optional().meta({ description: 'Legacy add-ons of the item.' }),
      error: error(),
    })
    .meta({ id: 'CartLineItem', description: 'An item of a cart.' }),
)
export type CartLineItem = Infer<typeof CartLineItem>

export const Cart = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Cart id, a GUID.' }),
      creationTimestamp: z.string().meta({ description: 'When the cart was created.' }),
      lastModifiedTimestamp: z.string().meta({ description: 'When the cart was last changed.' }),
      expirationTimestamp: z
        .string()
        .meta({ description: 'When the cart expires: after 15 minutes, from 2021 after 7 days.' }),
      lastModifiedUser: z.string().meta({ description: 'Id of the user who last changed the cart.' }),
      status: z.enum(['Active', 'Ordered']).meta({ description: 'Ordered after a checkout.' }),
      lineItems: z.array(CartLineItem()).meta({ description: 'Items of the cart.' }),
      links: Links(),
      attributes: attributesOf('Cart'),
    })
    .meta({ id: 'Cart', description: 'A cart of a customer.' }),
)
export type Cart = Infer<typeof Cart>

const OrderError = lazy(() =>
  z.strictObject({
    orderGroupId: z.string().meta({ description: 'The group that could not be ordered.' }),
    code: z.int().meta({ description: 'Code of the error.' }),
    description: z.string().meta({ description: 'Text of the error.' }),
  }),
)
export type OrderError = Infer<typeof OrderError>

/** The orders of a checked out cart, and the errors of the groups that could not be ordered. */
export const CartCheckoutResult = lazy(() =>
  z
    .strictObject({
      orders: z.array(Order()).optional().meta({ description: 'Orders that were created, one for each group.' }),
      orderErrors: z
        .array(OrderError())
        .optional()
        .meta({ description: 'Errors of the groups that could not be ordered.' }),
      additionalInformation: z
        .array(z.string())
        .optional()
        .meta({ description: 'Always empty. Absent before the 2023 edition.' }),
      attributes: attributesOf('CartCheckoutResult'),
    })
    .meta({ id: 'CartCheckoutResult', description: 'Result of a checkout.' }),
)
export type CartCheckoutResult = Infer<typeof CartCheckoutResult>
