import * as z from 'zod'
import { lazy } from '../../model/lazy.ts'
import { anyCase } from './body.ts'

const CustomerTenantId = lazy(() =>
  z.guid().meta({
    description: "The customer's tenant id, in any case.",
    examples: ['bd59b416-37f9-4d8f-8df3-5750111fc615'],
  }),
)

const OrderId = lazy(() =>
  z.string().meta({ description: "The order's id or alternateId.", examples: ['UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1'] }),
)

const LineItemNumber = lazy(() =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
)

export const CustomerPath = lazy(() => z.object({ customerTenantId: CustomerTenantId() }))
export const OrderPath = lazy(() => CustomerPath().extend({ orderId: OrderId() }))
export const OrderLinePath = lazy(() => OrderPath().extend({ lineItemNumber: LineItemNumber() }))
export const AttachmentPath = lazy(() => OrderPath().extend({ attachmentId: z.string() }))
export const SubscriptionPath = lazy(() => CustomerPath().extend({ subscriptionId: z.string() }))
export const CartPath = lazy(() => CustomerPath().extend({ cartId: z.string() }))

/** `True` and `False`, as .NET writes booleans, in any case. */
const QueryBoolean = lazy(() => z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional())

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
    include_system_purchases: QueryBoolean(),
    indirect_reseller_id: z.string().optional(),
  }),
)

export const SubscriptionQuery = lazy(() => anyCase({ order_id: z.string().optional() }))
