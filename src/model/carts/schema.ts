import * as z from 'zod'
import { attributesOf } from '../attributes.ts'
import { BillingCycle } from '../catalog/schema.ts'
import { type Infer, lazy } from '../lazy.ts'
import { limits } from '../limits.ts'
import { Links } from '../links.ts'
import { Order } from '../orders/schema.ts'

/** https://learn.microsoft.com/partner-center/developer/cart-resources */
export const CartLineItem = lazy(() =>
  z
    .strictObject({
      id: z.int().nonnegative().meta({ description: 'Place of the item in the cart, from 0.' }),
      catalogItemId: z.string().meta({ description: 'Offer id of the catalog item.' }),
      friendlyName: z.string().optional().meta({ description: 'Name that the partner gives the purchase.' }),
      quantity: z.int().positive().max(limits.quantity).meta({ description: 'Number of licenses or instances.' }),
      currencyCode: z.string().meta({ description: 'ISO 4217 code of the currency.' }),
      billingCycle: BillingCycle(),
      termDuration: z.string().optional().meta({ description: 'Length of the term, an ISO 8601 duration.' }),
      provisioningContext: z
        .record(z.string(), z.string().nullable())
        .optional()
        .meta({ description: 'Values that provisioning needs, such as scope and subscriptionId of a reservation.' }),
      partnerIdOnRecord: z.string().optional().meta({ description: 'PartnerID (MPN ID) of the indirect reseller.' }),
      renewsTo: z
        .strictObject({ termDuration: z.string().meta({ description: 'Length of the next term.' }) })
        .optional()
        .meta({ description: 'The term that the subscription renews to.' }),
      orderGroup: z.string().meta({ description: 'Items of one group become one order at checkout.' }),
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
        .meta({ description: 'When the cart expires: after 15 minutes, from 2022 after 7 days.' }),
      lastModifiedUser: z.string().meta({ description: 'Id of the user who last changed the cart.' }),
      status: z.enum(['Active', 'Ordered']).meta({ description: 'Ordered after a checkout.' }),
      lineItems: z.array(CartLineItem()).meta({ description: 'Items of the cart.' }),
      links: Links(),
      attributes: attributesOf('Cart'),
    })
    .meta({ id: 'Cart', description: 'A cart of a customer.' }),
)
export type Cart = Infer<typeof Cart>

/** The orders of a checked out cart, and the errors of the groups that could not be ordered. */
export const CartCheckoutResult = lazy(() =>
  z
    .strictObject({
      orders: z.array(Order()).optional().meta({ description: 'Orders that were created, one for each group.' }),
      orderErrors: z
        .array(
          z.strictObject({
            orderGroupId: z.string().meta({ description: 'The group that could not be ordered.' }),
            code: z.int().meta({ description: 'Code of the error.' }),
            description: z.string().meta({ description: 'Text of the error.' }),
          }),
        )
        .optional()
        .meta({ description: 'Errors of the groups that could not be ordered.' }),
      attributes: attributesOf('CartCheckoutResult'),
    })
    .meta({ id: 'CartCheckoutResult', description: 'Result of a checkout.' }),
)
export type CartCheckoutResult = Infer<typeof CartCheckoutResult>
