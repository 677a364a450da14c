import * as z from 'zod'

/**
 * What the catalog knows a product as, with the words a person reads. The rules decide by these, never by the form of an
 * offer id.
 */
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
  legacyLicense: 'legacy license',
  legacyAddOn: 'legacy add-on',
  legacyAzure: 'legacy Azure subscription',
} as const

export type ProductType = keyof typeof productTypes

export const ProductType = z.enum(Object.keys(productTypes) as [ProductType, ...ProductType[]])

/** The billing cycles an order can have. https://learn.microsoft.com/partner-center/developer/order-resources */
export const BillingCycle = z.enum(['unknown', 'monthly', 'annual', 'triennial', 'one_time', 'none'])

/** `P1M`, `P1Y`, `P3Y`; the empty string is what perpetual software has. */
export const TermDuration = z.union([z.literal(''), z.iso.duration()])

/** One item of the catalog: what an order line's `offerId` can name. */
export const Product = z
  .strictObject({
    offerId: z
      .string()
      .regex(
        /^([A-Z0-9]{12}:[A-Z0-9]{4}:[A-Z0-9]{12}|[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}|MS-AZR-[A-Z0-9-]+)$/,
        'an offer id is PRODUCT:SKU:AVAILABILITY, an upper-case GUID, or MS-AZR-...',
      )
      .meta({ description: 'PRODUCT:SKU:AVAILABILITY, an upper-case GUID, or MS-AZR-...' }),
    title: z.string().min(1),
    productType: ProductType,
    billingCycles: z.array(BillingCycle).min(1),
    termDuration: TermDuration.optional(),
    productId: z.string().optional().meta({ description: 'The product a legacy offer belongs to.' }),
    minimumQuantity: z.int().positive().optional(),
    maximumQuantity: z.int().positive().optional(),
    listPrice: z.number().nonnegative().optional().meta({ description: 'Of one unit, in US dollars. 0 without it.' }),
    inventory: z
      .enum(['none', 'withdrawn'])
      .optional()
      .meta({ description: 'none: nothing left to buy (800010); withdrawn: not eligible any more (800020).' }),
  })
  .meta({ description: 'An item of the catalog.' })

export type Product = z.infer<typeof Product>
