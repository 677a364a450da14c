import * as z from 'zod'
import { objectType } from '../attributes.ts'
import { BillingCycle, TermDuration } from '../catalog/schema.ts'
import { TenantId } from '../customers/schema.ts'
import { type Infer, lazy } from '../lazy.ts'
import { limits } from '../limits.ts'
import { Links } from '../links.ts'

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
export const OrderStatus = lazy(() =>
  z.enum(orderStatuses).meta({ id: 'OrderStatus', description: 'Status of an order.' }),
)

export const Pricing = lazy(() =>
  z
    .strictObject({
      listPrice: z.number().optional().meta({ description: 'Price of one unit in the catalog.' }),
      discountedPrice: z.number().optional().meta({ description: 'Price of one unit after discounts.' }),
      proratedPrice: z.number().optional().meta({ description: 'Price of one unit for the rest of a term.' }),
      price: z.number().optional().meta({ description: 'Price of one unit as billed.' }),
      extendedPrice: z.number().optional().meta({ description: 'Price of the whole quantity.' }),
    })
    .meta({ id: 'Pricing', description: 'Prices of a line. Replies have them when include_price=true.' }),
)
export type Pricing = Infer<typeof Pricing>

export const RenewsTo = lazy(() =>
  z
    .strictObject({ termDuration: TermDuration() })
    .meta({ id: 'RenewsTo', description: 'The term that the subscription renews to.' }),
)

/** https://learn.microsoft.com/partner-center/developer/azure-purchase-savings-plan */
export const PurchaseCommitment = lazy(() =>
  z
    .strictObject({
      amount: z.number().meta({ description: 'Amount of each hour.' }),
      currency: z.string().meta({ description: 'ISO 4217 code in lower case.' }),
      grain: z.string().meta({ description: 'Always hourly.' }),
    })
    .meta({ id: 'PurchaseCommitment', description: 'The commitment of an Azure savings plan.' }),
)
export type PurchaseCommitment = Infer<typeof PurchaseCommitment>

export const OrderLineItem = lazy(() =>
  z
    .strictObject({
      lineItemNumber: z.int().nonnegative().meta({ description: 'Number of the line, from 0.' }),
      provisioningContext: z
        .record(z.string(), z.string())
        .optional()
        .meta({ description: 'Values that provisioning needs, such as scope and subscriptionId of a reservation.' }),
      offerId: z
        .string()
        .min(1)
        .meta({ description: 'Offer id of the catalog item: PRODUCT:SKU:AVAILABILITY or a GUID.' }),
      subscriptionId: z.string().optional().meta({ description: 'Id of the subscription that the line opened.' }),
      parentSubscriptionId: z
        .string()
        .optional()
        .meta({ description: 'Id of the subscription that an add-on extends.' }),
      termDuration: TermDuration().optional(),
      transactionType: z
        .string()
        .optional()
        .meta({ description: 'Type of the transaction, such as New or UserPurchase.' }),
      friendlyName: z.string().optional().meta({ description: 'Name of the line that the partner can choose.' }),
      quantity: z
        .int()
        .nonnegative()
        .max(limits.quantity)
        .meta({ description: '0 once the line has been cancelled by its number.' }),
      pricing: Pricing().optional(),
      partnerIdOnRecord: z.string().optional().meta({ description: 'PartnerID (MPN ID) of the indirect reseller.' }),
      additionalPartnerIdsOnRecord: z
        .array(z.string())
        .optional()
        .meta({ description: 'PartnerIDs of further partners.' }),
      purchaseCommitment: PurchaseCommitment().optional(),
      renewsTo: RenewsTo().optional(),
      promotionId: z.string().optional().meta({ description: 'Id of the promotion that the line uses.' }),
      customTermEndDate: z.string().optional().meta({ description: 'End of the first term, to align subscriptions.' }),
      attestationAccepted: z
        .boolean()
        .optional()
        .meta({ description: 'Whether the customer accepted the attestation.' }),
      links: Links().optional(),
    })
    .meta({ id: 'OrderLineItem', description: 'A line of an order.' }),
)
export type OrderLineItem = Infer<typeof OrderLineItem>

/** A date and time with its zone. The order keeps and sends the text as it was stored. */
const CreationDate = lazy(() =>
  z
    .string()
    .refine(
      (text) => /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
      'an ISO 8601 date and time with its zone',
    )
    .meta({ format: 'date-time', description: 'When the order was created.' }),
)

/**
 * An order document: members in the documented order, absent instead of null.
 * https://learn.microsoft.com/partner-center/developer/order-resources
 */
export const Order = lazy(() =>
  z
    .strictObject({
      id: z.string().min(1).meta({ description: 'Order id.' }),
      alternateId: z.string().min(1).optional().meta({ description: 'Friendly id, 12 hexadecimal digits.' }),
      referenceCustomerId: TenantId().meta({ description: "The customer's tenant id." }),
      billingCycle: BillingCycle(),
      currencyCode: z.string().length(3).optional().meta({ description: 'ISO 4217 code of the currency.' }),
      currencySymbol: z.string().optional().meta({ description: 'Symbol of the currency.' }),
      lineItems: z
        .array(OrderLineItem())
        .min(1)
        .refine(
          (lines) => lines.every((line, index) => line.lineItemNumber === index),
          'lines are numbered 0, 1, 2 ...',
        )
        .meta({ description: 'Lines of the order, numbered 0, 1, 2 ...' }),
      creationDate: CreationDate(),
      status: OrderStatus(),
      transactionType: z.string().optional().meta({ description: 'Type of the transaction, such as UserPurchase.' }),
      totalPrice: z.number().optional().meta({ description: 'Sum of the lines, when include_price=true.' }),
      links: Links().optional(),
      client: z.record(z.string(), z.string()).optional().meta({ description: 'Client that placed the order.' }),
      attributes: z
        .strictObject({
          etag: z.string().optional().meta({ description: 'Version of a legacy order, for If-Match.' }),
          objectType: objectType('Order'),
        })
        .meta({ description: 'Metadata of the resource.' }),
    })
    .meta({ id: 'Order', description: 'An order of a customer.' }),
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
