import { limits } from '../limits.ts'
import { linkTo } from '../links.ts'
import { type Item, type Market, uriOf } from './item.ts'
import type { Availability, CatalogProduct, Sku } from './product-schema.ts'
import { productTraits, publisherOf, writeProductType } from './product-traits.ts'
import { skuTraits } from './sku-traits.ts'
import { writeTerms } from './terms.ts'

const dollars = { code: 'USD', symbol: '$' }

export function writeProduct(item: Item, { country }: Market): CatalogProduct {
  const { product, productId } = item
  const { catalogSubType } = productTraits[product.productType]
  const uri = uriOf(item)
  return {
    id: productId,
    title: product.productTitle ?? product.title,
    description: product.productDescription ?? product.description ?? product.title,
    productType: writeProductType(product.productType),
    isMicrosoftProduct: catalogSubType !== 'SaaS',
    publisherName: publisherOf(product.productType),
    links: { skus: linkTo(`${uri.skus}?country=${country}`), self: linkTo(`${uri.product}?country=${country}`) },
  }
}

export function writeSku(item: Item, { country, targetSegment }: Market): Sku {
  const { product, productId, skuId } = item
  const { title, description = title, billingCycles, minimumQuantity = 1, maximumQuantity = limits.quantity } = product
  const { minimumPurchaseCommitment, dynamicAttributes, ...lists } = skuTraits(product).members
  const uri = uriOf(item)
  const segment = targetSegment === undefined ? '' : `&targetSegment=${targetSegment}`
  return {
    id: skuId,
    productId,
    title,
    description,
    minimumQuantity,
    maximumQuantity,
    ...(minimumPurchaseCommitment === undefined ? {} : { minimumPurchaseCommitment }),
    isTrial: billingCycles.includes('none'),
    supportedBillingCycles: billingCycles,
    ...lists,
    dynamicAttributes,
    links: {
      availabilities: linkTo(`${uri.availabilities}?country=${country}${segment}`),
      self: linkTo(`${uri.sku}?country=${country}`),
    },
  }
}

export function writeAvailability(item: Item, market: Market): Availability {
  const { product, productId, skuId, availabilityId } = item
  const { country } = market
  const terms = writeTerms(product)
  const isRenewable = skuTraits(product).isRenewable
  const applicableTermIds = terms.flatMap(({ id }) => id ?? [])
  const renewal = {
    applicableTermIds,
    renewalOptions: [{ renewToId: `${productId}:${skuId}`, isAutoRenewable: true }],
  }
  return {
    id: availabilityId,
    productId,
    skuId,
    catalogItemId: product.offerId,
    defaultCurrency: dollars,
    segment: 'commercial',
    country: country.toUpperCase(),
    isPurchasable: product.inventory === undefined,
    isRenewable,
    renewalInstructions: isRenewable && applicableTermIds.length > 0 ? [renewal] : [],
    terms,
    links: { self: linkTo(`${uriOf(item).availabilities}/${availabilityId}?country=${country}`) },
    product: writeProduct(item, market),
    sku: writeSku(item, market),
  }
}
