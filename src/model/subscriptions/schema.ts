import * as z from 'zod'
import { objectType } from '../attributes.ts'
import { BillingCycle, TermDuration } from '../catalog/schema.ts'
import { type Infer, lazy } from '../lazy.ts'
import { limits } from '../limits.ts'
import { Links } from '../links.ts'

/** https://learn.microsoft.com/partner-center/developer/subscription-resources */
export const subscriptionStatuses = [
  'none',
  'active',
  'suspended',
  'deleted',
  'expired',
  'pending',
  'disabled',
] as const
export type SubscriptionStatus = (typeof subscriptionStatuses)[number]
export const SubscriptionStatus = lazy(() =>
  z.enum(subscriptionStatuses).meta({ id: 'SubscriptionStatus', description: 'Status of a subscription.' }),
)

const ProductKind = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Product type, such as OnlineServicesNCE.' }),
      displayName: z.string().meta({ description: 'The same as id.' }),
      subType: z
        .strictObject({
          id: z.string().meta({ description: 'Product subtype, such as SaaS.' }),
          displayName: z.string().meta({ description: 'The same as id.' }),
        })
        .optional()
        .meta({ description: 'Subtype of an Azure product.' }),
    })
    .meta({ id: 'SubscriptionProductType', description: 'Product type of a modern subscription.' }),
)

/** https://learn.microsoft.com/partner-center/developer/create-scheduled-changes */
export const NextTerm = lazy(() =>
  z
    .strictObject({
      product: z
        .strictObject({
          productId: z.string().meta({ description: 'Product of the offer id.' }),
          skuId: z.string().meta({ description: 'SKU of the offer id.' }),
          availabilityId: z.string().meta({ description: 'Availability of the offer id.' }),
          billingCycle: z.string().meta({ description: 'Billing cycle, as the request wrote it.' }),
          termDuration: z.string().meta({ description: 'ISO 8601 duration, such as P1Y.' }),
          promotionId: z.string().optional().meta({ description: 'Id of the promotion.' }),
        })
        .meta({ description: 'The item of the catalog.' }),
      quantity: z.int().positive().max(limits.quantity).meta({ description: 'Number of licenses.' }),
      customTermEndDate: z.string().optional().meta({ description: 'End of that term, to align subscriptions.' }),
    })
    .meta({ id: 'ScheduledNextTermInstructions', description: 'What the subscription becomes later.' }),
)
export type NextTerm = Infer<typeof NextTerm>

const RefundOption = lazy(() =>
  z
    .strictObject({
      type: z.enum(['Full', 'Partial']).meta({ description: 'How much is paid back.' }),
      expiresAt: z.string().meta({ description: 'Until when.' }),
    })
    .meta({ id: 'RefundOption', description: 'A refund, and until when it is possible.' }),
)

const RefundableQuantity = lazy(() =>
  z
    .strictObject({
      totalQuantity: z.int().nonnegative().meta({ description: 'Number of licenses that can be removed now.' }),
      details: z
        .array(
          z.strictObject({
            quantity: z.int().positive().meta({ description: 'Licenses bought together.' }),
            allowedUntilDateTime: z.string().meta({ description: 'Until when they can be removed.' }),
          }),
        )
        .meta({ description: 'The licenses by the end of their window.' }),
    })
    .meta({ id: 'RefundableQuantity', description: 'The licenses that can still be removed.' }),
)

const Benefit = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Id of the benefit.' }),
      friendlyName: z.string().meta({ description: 'Name of the subscription.' }),
      scope: z
        .record(z.string(), z.string())
        .optional()
        .meta({ description: 'type, and the Azure subscription or group that it applies to.' }),
      autoRenewEnabled: z.boolean().meta({ description: 'Whether it renews at the end of the term.' }),
      status: SubscriptionStatus(),
      purchaseCommitment: z
        .strictObject({
          amount: z.number().meta({ description: 'Amount for each grain.' }),
          currency: z.string().meta({ description: 'Currency in lower case.' }),
          grain: z.string().meta({ description: 'Hourly.' }),
        })
        .optional()
        .meta({ description: 'What the customer commits to.' }),
    })
    .meta({ id: 'SubscriptionLineItem', description: 'The benefit of a savings plan.' }),
)

/**
 * The subscription of an order line: members in the documented order.
 * https://learn.microsoft.com/partner-center/developer/subscription-resources
 */
export const Subscription = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Subscription id, a GUID.' }),
      entitlementId: z.string().optional().meta({ description: 'Azure subscription of a legacy Azure subscription.' }),
      offerId: z.string().meta({ description: 'Offer id of the catalog item.' }),
      offerName: z.string().meta({ description: 'Title of the catalog item.' }),
      friendlyName: z.string().meta({ description: 'Name that the partner can choose.' }),
      productType: ProductKind().optional(),
      quantity: z.int().nonnegative().max(limits.quantity).meta({ description: 'Number of licenses.' }),
      customTermEndDate: z.string().optional().meta({ description: 'End of the first term, as it was bought.' }),
      unitType: z.string().meta({ description: 'Unit of the quantity, such as Licenses or Usage-based.' }),
      parentSubscriptionId: z
        .string()
        .optional()
        .meta({ description: 'Id of the subscription that an add-on extends.' }),
      hasPurchasableAddons: z.boolean().optional().meta({ description: 'Whether add-ons can be bought for it.' }),
      creationDate: z.string().meta({ description: 'When the subscription was created.' }),
      effectiveStartDate: z.string().meta({ description: 'When the term starts.' }),
      commitmentEndDate: z.string().meta({ description: 'When the term ends.' }),
      commitmentEndDateTime: z.string().optional().meta({ description: 'The last second of the term.' }),
      cancellationAllowedUntilDate: z.string().optional().meta({ description: 'Until when it can be cancelled.' }),
      billingCycleEndDate: z.string().optional().meta({ description: 'The last day of the billing cycle.' }),
      billingCycleEndDateTime: z.string().optional().meta({ description: 'The last second of the billing cycle.' }),
      status: SubscriptionStatus(),
      autoRenewEnabled: z.boolean().meta({ description: 'Whether it renews at the end of the term.' }),
      scheduledNextTermInstructions: NextTerm().optional(),
      nextChargeInstructions: NextTerm().optional(),
      isTrial: z.boolean().optional().meta({ description: 'Whether it is a trial.' }),
      billingType: z.enum(['none', 'usage', 'license', 'benefit']).meta({
        description: 'usage: metered consumption; license: a price for each license; benefit: a savings plan.',
      }),
      billingCycle: BillingCycle(),
      termDuration: TermDuration().optional(),
      renewalTermDuration: z.string().optional().meta({ description: 'Empty: the term stays the same.' }),
      refundOptions: z.array(RefundOption()).optional().meta({ description: 'The refunds of a cancellation.' }),
      isMicrosoftProduct: z.boolean().optional().meta({ description: 'Whether the publisher is Microsoft.' }),
      partnerId: z.string().optional().meta({ description: 'PartnerID (MPN ID) of the indirect reseller.' }),
      attentionNeeded: z.boolean().optional().meta({ description: 'Whether the partner has to act.' }),
      actionTaken: z.boolean().optional().meta({ description: 'Whether the partner has acted.' }),
      contractType: z.literal('subscription').meta({ description: 'Always subscription.' }),
      links: Links(),
      publisherName: z.string().optional().meta({ description: 'Name of the publisher.' }),
      promotionId: z.string().optional().meta({ description: 'Id of the promotion that it was bought with.' }),
      refundableQuantity: RefundableQuantity().optional(),
      lineItems: z.array(Benefit()).optional().meta({ description: 'The benefit of a savings plan.' }),
      productOrderId: z.string().optional().meta({ description: 'Id of the benefit of a savings plan.' }),
      orderId: z.string().meta({ description: 'Id of the order that opened it.' }),
      attributes: z
        .strictObject({
          etag: z.string().optional().meta({ description: 'Version of a legacy subscription, for If-Match.' }),
          objectType: objectType('Subscription'),
        })
        .meta({ description: 'Metadata of the resource.' }),
    })
    .meta({ id: 'Subscription', description: 'A subscription of a customer.' }),
)
export type Subscription = Infer<typeof Subscription>

/** Seats that were bought together. */
const SeatBatch = lazy(() =>
  z
    .strictObject({
      quantity: z.int().positive().max(limits.quantity).meta({ description: 'Number of licenses.' }),
      boughtAt: z.string().meta({ description: 'When they were bought.' }),
    })
    .meta({ description: 'Licenses that were bought together.' }),
)
export type SeatBatch = Infer<typeof SeatBatch>

/** A subscription as the database keeps it: its members of every edition, and what replies only show in part. */
export const SubscriptionRecord = lazy(() =>
  Subscription()
    .extend({
      isTrial: z.boolean().meta({ description: 'Whether it is a trial.' }),
      partnerId: z.string().meta({ description: 'PartnerID (MPN ID) of the indirect reseller.' }),
      seats: z
        .array(SeatBatch())
        .optional()
        .meta({ description: 'Without it, all licenses were bought at the start.' }),
    })
    .meta({ id: 'SubscriptionRecord', description: 'A subscription of a customer, as the emulator keeps it.' }),
)
export type SubscriptionRecord = Infer<typeof SubscriptionRecord>
