import * as z from 'zod'
import { BillingCycle, TermDuration } from '../catalog/schema.ts'
import { type Infer, lazy } from '../lazy.ts'
import { Link } from '../links.ts'

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
export const SubscriptionStatus = lazy(() => z.enum(subscriptionStatuses))

/**
 * The subscription of an order line: members in the documented order.
 * https://learn.microsoft.com/partner-center/developer/subscription-resources
 */
export const Subscription = lazy(() =>
  z
    .strictObject({
      id: z.string(),
      offerId: z.string(),
      offerName: z.string(),
      friendlyName: z.string(),
      quantity: z.int().nonnegative(),
      unitType: z.string(),
      parentSubscriptionId: z.string().optional(),
      hasPurchasableAddons: z.boolean(),
      creationDate: z.string(),
      effectiveStartDate: z.string(),
      commitmentEndDate: z.string(),
      status: SubscriptionStatus(),
      autoRenewEnabled: z.boolean(),
      isTrial: z.boolean(),
      billingType: z.enum(['none', 'usage', 'license']),
      billingCycle: BillingCycle(),
      termDuration: TermDuration().optional(),
      isMicrosoftProduct: z.boolean(),
      partnerId: z.string(),
      contractType: z.literal('subscription'),
      links: z.record(z.string(), Link()),
      publisherName: z.string(),
      orderId: z.string(),
      attributes: z.strictObject({ etag: z.string(), objectType: z.literal('Subscription') }),
    })
    .meta({ id: 'Subscription' }),
)
export type Subscription = Infer<typeof Subscription>
