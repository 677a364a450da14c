import * as z from 'zod'
import { type Infer, lazy } from '../lazy.ts'
import { limits } from '../limits.ts'

/** The product types of the catalog, each with its name in prose. Rules depend on them, never on the form of an offer id. */
export const productTypes = {
  azureReservation: 'Azure reservation',
  perpetualSoftware: 'perpetual software',
  softwareSubscription: 'software subscription',
  saasFlatRate: 'marketplace SaaS, flat rate',
  saasMetered: 'marketplace SaaS, metered',
  saasSeatBased: 'marketplace SaaS, seat based',
  saasTrial: 'marketplace SaaS, trial',
  azurePlan: 'Azure plan',
  newCommerceLicense: 'new-commerce license',
  newCommerceTrial: 'new-commerce trial',
  savingsPlan: 'Azure savings plan',
  legacyLicense: 'legacy license',
  legacyAddOn: 'legacy add-on',
  legacyAzure: 'legacy Azure subscription',
} as const

export type ProductType = keyof typeof productTypes

/** The billing cycles of an order. https://learn.microsoft.com/partner-center/developer/order-resources */
export const billingCycles = ['unknown', 'monthly', 'annual', 'triennial', 'one_time', 'none'] as const
export type BillingCycle = (typeof billingCycles)[number]
export const BillingCycle = lazy(() =>
  z.enum(billingCycles).meta({ id: 'BillingCycle', description: 'How often the partner is billed.' }),
)

/** `P1M`, `P1Y`, `P3Y`; perpetual software has the empty string. */
export const TermDuration = lazy(() =>
  z.union([z.literal(''), z.iso.duration()]).meta({
    id: 'TermDuration',
    description: 'Length of a term, an ISO 8601 duration such as P1M, P1Y, P3Y; empty for perpetual software.',
  }),
)

/** A term of an item, with the billing cycles that it allows. */
const Term = lazy(() =>
  z
    .strictObject({
      termDuration: TermDuration(),
      billingCycles: z.array(BillingCycle()).min(1).meta({ description: 'Billing cycles of the term.' }),
    })
    .meta({ description: 'A term of an item.' }),
)
export type Term = Infer<typeof Term>

/** One item of the catalog, which the `offerId` of an order line names. */
export const Product = lazy(() =>
  z
    .strictObject({
      offerId: z
        .string()
        .regex(
          /^([A-Z0-9]{12}:[A-Z0-9]{4}:[A-Z0-9]{12}|[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}|MS-AZR-[A-Z0-9-]+)$/,
          'an offer id is PRODUCT:SKU:AVAILABILITY, an upper-case GUID, or MS-AZR-...',
        )
        .meta({ description: 'PRODUCT:SKU:AVAILABILITY, an upper-case GUID, or MS-AZR-...' }),
      title: z.string().min(1).meta({ description: 'Name of the item; orders repeat it as friendlyName.' }),
      productType: z
        .literal(Object.keys(productTypes) as ProductType[])
        .meta({ description: 'Product type, which decides the rules for the item.' }),
      billingCycles: z.array(BillingCycle()).min(1).meta({ description: 'Billing cycles that an order may ask for.' }),
      termDuration: TermDuration().optional(),
      terms: z.array(Term()).min(1).optional().meta({
        description: 'The terms to choose from, the default first. Without it: termDuration with billingCycles.',
      }),
      description: z.string().optional().meta({ description: 'Description in the catalog. The title without it.' }),
      productTitle: z.string().optional().meta({ description: 'Name of the product. The title without it.' }),
      productDescription: z.string().optional().meta({ description: 'Description of the product.' }),
      skuAttributes: z.record(z.string(), z.unknown()).optional().meta({
        description: 'Dynamic attributes of the SKU, beside those of its product type.',
      }),
      prerequisiteOffers: z.array(z.string()).optional().meta({
        description: 'The offers that a legacy add-on extends. Every paid legacy license without it.',
      }),
      productId: z.string().optional().meta({ description: 'The product a legacy offer belongs to.' }),
      minimumQuantity: z
        .int()
        .positive()
        .max(limits.quantity)
        .optional()
        .meta({ description: 'Smallest quantity of a line. 1 without it.' }),
      maximumQuantity: z
        .int()
        .positive()
        .max(limits.quantity)
        .optional()
        .meta({ description: 'Largest quantity of a line.' }),
      listPrice: z
        .number()
        .nonnegative()
        .max(limits.listPrice)
        .optional()
        .meta({ description: 'Of one unit, in US dollars. 0 without it.' }),
      promotionId: z
        .string()
        .optional()
        .meta({ description: 'Promotion that applies to the item. The service refuses any other one.' }),
      attestationRequired: z.boolean().optional().meta({ description: 'Whether a line needs attestationAccepted.' }),
      inventory: z
        .enum(['none', 'withdrawn'])
        .optional()
        .meta({ description: 'none: nothing left to buy (800010); withdrawn: not eligible any more (800020).' }),
    })
    .meta({ description: 'An item of the catalog.' }),
)
export type Product = Infer<typeof Product>

/** The terms of an item, the default first. An item without a term duration, such as a legacy offer, has the empty one. */
export function termsOf({ terms, termDuration = '', billingCycles }: Product): readonly Term[] {
  return terms ?? [{ termDuration, billingCycles }]
}
