import * as z from 'zod'
import { attributesOf } from '../attributes.ts'
import { type Infer, lazy } from '../lazy.ts'
import { limits } from '../limits.ts'
import { Links, linkTo } from '../links.ts'
import { productTraits } from './product-traits.ts'
import type { Product } from './schema.ts'

/** https://learn.microsoft.com/partner-center/developer/offer-resources */
export const Offer = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Offer id, a GUID or MS-AZR-...' }),
      name: z.string().meta({ description: 'Name of the offer.' }),
      description: z.string().meta({ description: 'Description of the offer.' }),
      minimumQuantity: z.int().meta({ description: 'Smallest quantity of a line.' }),
      maximumQuantity: z.int().meta({ description: 'Largest quantity of a line.' }),
      rank: z.int().meta({ description: 'Place in the list of a category.' }),
      uri: z.string().meta({ description: 'Place of the offer in the catalog.' }),
      locale: z.string().meta({ description: 'Locale of the texts: X-Locale, en-US without it.' }),
      country: z.string().meta({ description: 'ISO 3166 code of the country.' }),
      category: z
        .strictObject({
          id: z.string().meta({ description: 'Id of the category.' }),
          name: z.string().meta({ description: 'Name of the category.' }),
          rank: z.int().meta({ description: 'Place of the category.' }),
          locale: z.string().meta({ description: 'Locale of the name.' }),
          country: z.string().meta({ description: 'ISO 3166 code of the country.' }),
          attributes: attributesOf('OfferCategory'),
        })
        .meta({ description: 'Category of the offer.' }),
      prerequisiteOffers: z
        .array(z.string())
        .meta({ description: 'Offers of which the customer needs one. Empty except for an add-on.' }),
      isAddOn: z.boolean().meta({ description: 'Whether it extends another subscription.' }),
      isAvailableForPurchase: z.boolean().meta({ description: 'Whether it can be ordered.' }),
      billing: z.enum(['license', 'usage']).meta({ description: 'Whether licenses or usage are billed.' }),
      isAutoRenewable: z.boolean().meta({ description: 'Whether its subscriptions can renew by themselves.' }),
      isTrial: z.boolean().meta({ description: 'Whether it is a trial.' }),
      supportedBillingCycles: z.array(z.string()).meta({ description: 'Billing cycles that an order may ask for.' }),
      salesGroupId: z.string().meta({ description: 'Id of the sales group.' }),
      product: z
        .strictObject({
          id: z.string().meta({ description: 'Id of the product.' }),
          name: z.string().meta({ description: 'Name of the product.' }),
          unit: z.string().meta({ description: 'Unit of the quantity.' }),
        })
        .meta({ description: 'Product of the offer.' }),
      unitType: z.string().meta({ description: 'Unit of the quantity.' }),
      links: Links(),
      attributes: attributesOf('Offer'),
    })
    .meta({ id: 'Offer', description: 'A legacy offer.' }),
)
export type Offer = Infer<typeof Offer>

/** The catalog in the printed `uri` of offers. */
const catalogId = '3c95518e-8c37-41e3-9627-0ca339200f53'

/** The legacy offers of a catalog. */
export function offersOf(products: readonly Product[]): Product[] {
  return products.filter(({ productType }) => productTraits[productType].legacy)
}

/** The offers that an add-on extends. Without a list: every paid license (a guess). */
export function prerequisitesOf(product: Product, products: readonly Product[]): readonly string[] {
  if (product.productType !== 'legacyAddOn') return []
  const licenses = products.filter(({ productType }) => productType === 'legacyLicense')
  return (
    product.prerequisiteOffers ??
    licenses.filter(({ billingCycles }) => !billingCycles.includes('none')).map(({ offerId }) => offerId)
  )
}

/** Writes an offer as its page prints it. `country`: as the request wrote it. */
export function writeOffer(product: Product, products: readonly Product[], country: string, locale: string): Offer {
  const { offerId, title, productType, billingCycles, minimumQuantity = 1, maximumQuantity = limits.quantity } = product
  const isTrial = billingCycles.includes('none')
  const unit = productType === 'legacyAzure' ? 'Usage-based' : 'Licenses'
  const market = { locale: locale.toLowerCase(), country: country.toUpperCase() }
  return {
    id: offerId,
    name: title,
    description: product.description ?? title,
    minimumQuantity,
    maximumQuantity,
    rank: 200,
    uri: `/${catalogId}/Offers/${offerId}`,
    locale,
    country: market.country,
    category: { id: '', name: '', rank: 0, ...market, attributes: { objectType: 'OfferCategory' } },
    prerequisiteOffers: [...prerequisitesOf(product, products)],
    isAddOn: productType === 'legacyAddOn',
    isAvailableForPurchase: product.inventory === undefined,
    billing: productType === 'legacyAzure' ? 'usage' : 'license',
    isAutoRenewable: !isTrial && productType !== 'legacyAzure',
    isTrial,
    supportedBillingCycles: billingCycles,
    salesGroupId: '1',
    product: { id: product.productId ?? offerId, name: title, unit },
    unitType: unit,
    links: {
      learnMore: linkTo('http://g.microsoftonline.com/0BXPS00en-us/1302'),
      self: linkTo(`/offers/${offerId}?country=${country}`),
    },
    attributes: { objectType: 'Offer' },
  }
}
