import * as z from 'zod'
import { BillingCycle, TermDuration } from '../catalog/schema.ts'

export { TermDuration }

/**
 * An order as the service writes it: members in the documented order, absent instead of null.
 * https://learn.microsoft.com/partner-center/developer/order-resources
 */

/** Documented statuses; the first four are those of 2021, the others came later. */
export const OrderStatus = z.enum([
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
])
export type OrderStatus = z.infer<typeof OrderStatus>

/** A tenant id as the service writes it: a GUID in lower case. */
export const TenantId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a GUID in lower case')
  .meta({ format: 'uuid' })

export const Link = z
  .strictObject({
    uri: z.string().min(1).meta({ description: 'Relative to the base URL and its version.' }),
    method: z.string(),
    headers: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  })
  .meta({ id: 'Link' })

const Pricing = z
  .strictObject({
    listPrice: z.number().optional(),
    discountedPrice: z.number().optional(),
    proratedPrice: z.number().optional(),
    price: z.number().optional(),
    extendedPrice: z.number().optional(),
  })
  .meta({ id: 'Pricing' })

const OrderLineItem = z
  .strictObject({
    lineItemNumber: z.int().nonnegative(),
    provisioningContext: z.record(z.string(), z.string()).optional(),
    offerId: z.string().min(1),
    subscriptionId: z.string().optional(),
    parentSubscriptionId: z.string().optional(),
    termDuration: TermDuration.optional(),
    transactionType: z.string().optional(),
    friendlyName: z.string().optional(),
    quantity: z.int().nonnegative().meta({ description: '0 once the line has been cancelled by its number.' }),
    pricing: Pricing.optional(),
    partnerIdOnRecord: z.string().optional(),
    additionalPartnerIdsOnRecord: z.array(z.string()).optional(),
    renewsTo: z.strictObject({ termDuration: TermDuration }).optional(),
    promotionId: z.string().optional(),
    customTermEndDate: z.string().optional(),
    attestationAccepted: z.boolean().optional(),
    links: z.record(z.string(), Link).optional(),
  })
  .meta({ id: 'OrderLineItem' })

/** One that `Date` can read; the text itself is kept and sent as it was stored. */
const CreationDate = z
  .string()
  .refine((text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)), 'an ISO 8601 date and time')
  .meta({ format: 'date-time' })

export const Order = z
  .strictObject({
    id: z.string().min(1),
    alternateId: z.string().min(1).optional(),
    referenceCustomerId: TenantId,
    billingCycle: BillingCycle,
    currencyCode: z.string().length(3).optional(),
    currencySymbol: z.string().optional(),
    lineItems: z
      .array(OrderLineItem)
      .min(1)
      .refine((lines) => lines.every((line, index) => line.lineItemNumber === index), 'lines are numbered 0, 1, 2 ...'),
    creationDate: CreationDate,
    status: OrderStatus,
    transactionType: z.string().optional(),
    totalPrice: z.number().optional(),
    links: z.record(z.string(), Link).optional(),
    client: z.record(z.string(), z.string()).optional(),
    attributes: z.strictObject({ etag: z.string().optional(), objectType: z.literal('Order') }),
  })
  .meta({ id: 'Order' })

export type Link = z.infer<typeof Link>
export type BillingCycleName = z.infer<typeof BillingCycle>
export type Order = z.infer<typeof Order>
export type OrderLineItem = z.infer<typeof OrderLineItem>

/** Whether lines of an order have brought subscriptions. */
export function namesSubscriptions({ lineItems }: Order): boolean {
  return lineItems.some(({ subscriptionId }) => subscriptionId !== undefined)
}

/** Whether a line is cancelled, with its order or by its number. */
export function isCancelled(order: Order, line: OrderLineItem): boolean {
  return order.status === 'cancelled' || line.quantity === 0
}
