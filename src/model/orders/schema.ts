import * as z from 'zod'
import { BillingCycle, TermDuration } from '../catalog/schema.ts'
import { TenantId } from '../customers/schema.ts'
import { type Infer, lazy } from '../lazy.ts'
import { Link } from '../links.ts'

/** The documented order statuses; the documentation of 2021 has the first four. */
export const orderStatuses = [
  'unknown',
  'completed',
  'pending',
  'cancelled',
  'pending_po_upload',
  'po_upload_complete',
  'partial_success',
  'po_review_rejected',
  'suspended',
  'pending_review',
  'error',
] as const
export type OrderStatus = (typeof orderStatuses)[number]
export const OrderStatus = lazy(() => z.enum(orderStatuses))

const Pricing = lazy(() =>
  z
    .strictObject({
      listPrice: z.number().optional(),
      discountedPrice: z.number().optional(),
      proratedPrice: z.number().optional(),
      price: z.number().optional(),
      extendedPrice: z.number().optional(),
    })
    .meta({ id: 'Pricing' }),
)

const OrderLineItem = lazy(() =>
  z
    .strictObject({
      lineItemNumber: z.int().nonnegative(),
      provisioningContext: z.record(z.string(), z.string()).optional(),
      offerId: z.string().min(1),
      subscriptionId: z.string().optional(),
      parentSubscriptionId: z.string().optional(),
      termDuration: TermDuration().optional(),
      transactionType: z.string().optional(),
      friendlyName: z.string().optional(),
      quantity: z.int().nonnegative().meta({ description: '0 once the line has been cancelled by its number.' }),
      pricing: Pricing().optional(),
      partnerIdOnRecord: z.string().optional(),
      additionalPartnerIdsOnRecord: z.array(z.string()).optional(),
      renewsTo: z.strictObject({ termDuration: TermDuration() }).optional(),
      promotionId: z.string().optional(),
      customTermEndDate: z.string().optional(),
      attestationAccepted: z.boolean().optional(),
      links: z.record(z.string(), Link()).optional(),
    })
    .meta({ id: 'OrderLineItem' }),
)
export type OrderLineItem = Infer<typeof OrderLineItem>

/** A date that `Date` can read. The order keeps and sends the text as it was stored. */
const CreationDate = lazy(() =>
  z
    .string()
    .refine((text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)), 'an ISO 8601 date and time')
    .meta({ format: 'date-time' }),
)

/**
 * An order document: members in the documented order, absent instead of null.
 * https://learn.microsoft.com/partner-center/developer/order-resources
 */
export const Order = lazy(() =>
  z
    .strictObject({
      id: z.string().min(1),
      alternateId: z.string().min(1).optional(),
      referenceCustomerId: TenantId(),
      billingCycle: BillingCycle(),
      currencyCode: z.string().length(3).optional(),
      currencySymbol: z.string().optional(),
      lineItems: z
        .array(OrderLineItem())
        .min(1)
        .refine(
          (lines) => lines.every((line, index) => line.lineItemNumber === index),
          'lines are numbered 0, 1, 2 ...',
        ),
      creationDate: CreationDate(),
      status: OrderStatus(),
      transactionType: z.string().optional(),
      totalPrice: z.number().optional(),
      links: z.record(z.string(), Link()).optional(),
      client: z.record(z.string(), z.string()).optional(),
      attributes: z.strictObject({ etag: z.string().optional(), objectType: z.literal('Order') }),
    })
    .meta({ id: 'Order' }),
)
export type Order = Infer<typeof Order>

/** Whether a line of an order names a subscription. */
export function namesSubscriptions({ lineItems }: Order): boolean {
  return lineItems.some(({ subscriptionId }) => subscriptionId !== undefined)
}

/** Whether a line is cancelled, with its order or by its number. */
export function isCancelled(order: Order, line: OrderLineItem): boolean {
  return order.status === 'cancelled' || line.quantity === 0
}
