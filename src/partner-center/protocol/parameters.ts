import * as z from 'zod'
import { anyCase } from './body.ts'

const CustomerTenantId = z.guid().meta({
  description: "The customer's tenant id, in any case.",
  examples: ['bd59b416-37f9-4d8f-8df3-5750111fc615'],
})

const OrderId = z.string().meta({
  description: "The order's id or alternateId.",
  examples: ['UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1'],
})

const LineItemNumber = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)

export const CustomerPath = z.object({ customerTenantId: CustomerTenantId })
export const OrderPath = CustomerPath.extend({ orderId: OrderId })
export const OrderLinePath = OrderPath.extend({ lineItemNumber: LineItemNumber })
export const AttachmentPath = OrderPath.extend({ attachmentId: z.string() })
export const SubscriptionPath = CustomerPath.extend({ subscriptionId: z.string() })
export const CartPath = CustomerPath.extend({ cartId: z.string() })

/** `True` and `False`, as .NET writes booleans, in any case. */
const QueryBoolean = z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional()

export const OrderQuery = anyCase({
  include_price: QueryBoolean.meta({ description: 'Adds `pricing` and `totalPrice`. `true` or `false`, in any case.' }),
})

export const OrderListQuery = anyCase({
  include_price: QueryBoolean.meta({ description: 'Adds `pricing` and `totalPrice`. `true` or `false`, in any case.' }),
  billingType: z.string().optional().meta({
    description: 'Only orders of a billing cycle: `OneTime`, `one_time`, `onetime` or its number, in any case.',
  }),
  include_system_purchases: QueryBoolean,
  indirect_reseller_id: z.string().optional(),
})

export const SubscriptionQuery = anyCase({ order_id: z.string().optional() })
