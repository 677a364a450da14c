import * as z from 'zod'
import { lazy } from '../../model/lazy.ts'
import { anyCase } from './unknown-members.ts'

const CustomerTenantId = lazy(() => z.guid().meta({ description: "The customer's tenant id, in any case." }))

const OrderId = lazy(() => z.string().meta({ description: "The order's id or alternateId." }))

const LineItemNumber = lazy(() =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .meta({ description: 'Number of a line, from 0.' }),
)

export const CustomerPath = lazy(() => z.object({ customerTenantId: CustomerTenantId() }))
export const OrderPath = lazy(() => CustomerPath().extend({ orderId: OrderId() }))
export const OrderLinePath = lazy(() => OrderPath().extend({ lineItemNumber: LineItemNumber() }))
export const AttachmentPath = lazy(() =>
  OrderPath().extend({ attachmentId: z.string().meta({ description: 'Attachment id.' }) }),
)
export const SubscriptionPath = lazy(() =>
  CustomerPath().extend({ subscriptionId: z.string().meta({ description: 'Subscription id, in any case.' }) }),
)
export const CartPath = lazy(() => CustomerPath().extend({ cartId: z.string().meta({ description: 'Cart id.' }) }))

/** `True` and `False`, as .NET writes booleans, in any case. */
export const QueryBoolean = lazy(() => z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional())

const IncludePrice = lazy(() =>
  QueryBoolean().meta({ description: 'Adds `pricing` and `totalPrice`. `true` or `false`, in any case.' }),
)

export const OrderQuery = lazy(() => anyCase({ include_price: IncludePrice() }))

export const OrderListQuery = lazy(() =>
  anyCase({
    include_price: IncludePrice(),
    billingType: z.string().optional().meta({
      description: 'Only orders of a billing cycle: `OneTime`, `one_time`, `onetime` or its number, in any case.',
    }),
    include_system_purchases: QueryBoolean().meta({
      description: 'Adds orders with a `transactionType` of the system. `true` or `false`, in any case.',
    }),
    indirect_reseller_id: z.string().optional().meta({ description: 'Only orders of this PartnerID on record.' }),
  }),
)

export const SubscriptionQuery = lazy(() =>
  anyCase({
    order_id: z.string().optional().meta({ description: 'Only subscriptions of this order.' }),
    mpn_id: z.string().optional().meta({ description: 'Only subscriptions with this partnerId.' }),
    partner_id: z.string().optional().meta({ description: 'The same as `mpn_id`.' }),
  }),
)
