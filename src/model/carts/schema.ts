import * as z from 'zod'
import { BillingCycle } from '../catalog/schema.ts'
import { type Infer, lazy } from '../lazy.ts'
import { Link } from '../links.ts'
import { Order } from '../orders/schema.ts'

/** https://learn.microsoft.com/partner-center/developer/cart-resources */
const CartLineItem = lazy(() =>
  z
    .strictObject({
      id: z.int().nonnegative(),
      catalogItemId: z.string(),
      friendlyName: z.string().optional(),
      quantity: z.int().positive(),
      currencyCode: z.string(),
      billingCycle: BillingCycle(),
      termDuration: z.string().optional(),
      provisioningContext: z.record(z.string(), z.string().nullable()).optional(),
      partnerIdOnRecord: z.string().optional(),
      renewsTo: z.strictObject({ termDuration: z.string() }).optional(),
      orderGroup: z.string(),
    })
    .meta({ id: 'CartLineItem' }),
)
export type CartLineItem = Infer<typeof CartLineItem>

export const Cart = lazy(() =>
  z
    .strictObject({
      id: z.string(),
      creationTimestamp: z.string(),
      lastModifiedTimestamp: z.string(),
      expirationTimestamp: z.string(),
      lastModifiedUser: z.string(),
      status: z.enum(['Active', 'Ordered']),
      lineItems: z.array(CartLineItem()),
      links: z.record(z.string(), Link()),
      attributes: z.strictObject({ objectType: z.literal('Cart') }),
    })
    .meta({ id: 'Cart' }),
)
export type Cart = Infer<typeof Cart>

/** The orders of a checked out cart, and the errors of the groups that could not be ordered. */
export const CartCheckoutResult = lazy(() =>
  z
    .strictObject({
      orders: z.array(Order()).optional(),
      orderErrors: z
        .array(z.strictObject({ orderGroupId: z.string(), code: z.int(), description: z.string() }))
        .optional(),
      attributes: z.strictObject({ objectType: z.literal('CartCheckoutResult') }),
    })
    .meta({ id: 'CartCheckoutResult' }),
)
export type CartCheckoutResult = Infer<typeof CartCheckoutResult>
