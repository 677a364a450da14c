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

/**
 * The subscription of an order line: members in the documented order.
 * https://learn.microsoft.com/partner-center/developer/subscription-resources
 */
export const Subscription = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Subscription id, a GUID.' }),
      offerId: z.string().meta({ description: 'Offer id of the catalog item.' }),
      offerName: z.string().meta({ description: 'Title of the catalog item.' }),
      friendlyName: z.string().meta({ description: 'Name that the partner can choose.' }),
      quantity: z.int().nonnegative().max(limits.quantity).meta({ description: 'Number of licenses.' }),
      unitType: z.string().meta({ description: 'Unit of the quantity, such as Licenses or Usage-based.' }),
      parentSubscriptionId: z
        .string()
        .optional()
        .meta({ description: 'Id of the subscription that an add-on extends.' }),
      hasPurchasableAddons: z.boolean().meta({ description: 'Whether add-ons can be bought for it.' }),
      creationDate: z.string().meta({ description: 'When the subscription was created.' }),
      effectiveStartDate: z.string().meta({ description: 'When the term starts.' }),
      commitmentEndDate: z.string().meta({ description: 'When the term ends.' }),
      status: SubscriptionStatus(),
      autoRenewEnabled: z.boolean().meta({ description: 'Whether it renews at the end of the term.' }),
      isTrial: z.boolean().meta({ description: 'Whether it is a trial.' }),
      billingType: z
        .enum(['none', 'usage', 'license'])
        .meta({ description: 'usage: metered consumption; license: a price for each license.' }),
      billingCycle: BillingCycle(),
      termDuration: TermDuration().optional(),
      isMicrosoftProduct: z.boolean().meta({ description: 'Whether the publisher is Microsoft.' }),
      partnerId: z.string().meta({ description: 'PartnerID (MPN ID) of the indirect reseller.' }),
      contractType: z.literal('subscription').meta({ description: 'Always subscription.' }),
      links: Links(),
      publisherName: z.string().meta({ description: 'Name of the publisher.' }),
      orderId: z.string().meta({ description: 'Id of the order that opened it.' }),
      attributes: z
        .strictObject({
          etag: z.string().meta({ description: 'Version of the subscription, for If-Match.' }),
          objectType: objectType('Subscription'),
        })
        .meta({ description: 'Metadata of the resource.' }),
    })
    .meta({ id: 'Subscription', description: 'A subscription of a customer.' }),
)
export type Subscription = Infer<typeof Subscription>
