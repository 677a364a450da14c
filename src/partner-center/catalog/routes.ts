import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { productWorlds } from '../../model/catalog/product-traits.ts'
import type { Product } from '../../model/catalog/schema.ts'
import { linkTo } from '../../model/orders/links.ts'
import { Link } from '../../model/orders/schema.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { describe } from '../protocol/operations.ts'
import { collectionOf, sendCollection, sendDocument } from '../protocol/reply.ts'

const Links = z.record(z.string(), Link)
const NamedType = z.strictObject({ id: z.string(), displayName: z.string() })

/** https://learn.microsoft.com/partner-center/developer/product-resources */
const CatalogProduct = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    productType: NamedType.extend({ subType: NamedType.optional() }),
    isMicrosoftProduct: z.boolean(),
    publisherName: z.string(),
    links: Links,
  })
  .meta({ id: 'Product' })

const Sku = z
  .strictObject({
    id: z.string(),
    productId: z.string(),
    title: z.string(),
    minimumQuantity: z.int(),
    maximumQuantity: z.int(),
    isTrial: z.boolean(),
    supportedBillingCycles: z.array(z.string()),
    links: Links,
  })
  .meta({ id: 'Sku' })

const Availability = z
  .strictObject({
    id: z.string(),
    productId: z.string(),
    skuId: z.string(),
    catalogItemId: z.string(),
    defaultCurrency: z.strictObject({ code: z.string(), symbol: z.string() }),
    segment: z.string(),
    country: z.string(),
    isPurchasable: z.boolean(),
    isRenewable: z.boolean(),
    terms: z.array(z.strictObject({ duration: z.string(), description: z.string() })),
    links: Links,
  })
  .meta({ id: 'Availability' })

const Offer = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    minimumQuantity: z.int(),
    maximumQuantity: z.int(),
    country: z.string(),
    isAddOn: z.boolean(),
    isTrial: z.boolean(),
    supportedBillingCycles: z.array(z.string()),
    links: Links,
    attributes: z.strictObject({ objectType: z.literal('Offer') }),
  })
  .meta({ id: 'Offer' })

const ProductPath = z.object({ productId: z.string() })
const SkuPath = ProductPath.extend({ skuId: z.string() })
const AvailabilityPath = SkuPath.extend({ availabilityId: z.string() })

/** The parts of an item's offer id: a legacy one is its own SKU, below the product it belongs to. */
interface Item {
  product: Product
  productId: string
  skuId: string
  availabilityId: string
}

/** The catalog, as far as the links of orders lead. */
export const catalogRoutes: FastifyPluginCallbackZod = (app, _options, done) => {
  app.get(
    '/products/:productId',
    { schema: describe('getProduct', { params: ProductPath }, 200, CatalogProduct) },
    (request, reply) => {
      const [item] = itemsOf(request.account, request.params.productId)
      sendDocument(request, reply, JSON.stringify(writeProduct(item)))
    },
  )

  app.get(
    '/products/:productId/skus',
    { schema: describe('listSkus', { params: ProductPath }, 200, collectionOf(Sku)) },
    (request, reply) => {
      const items = itemsOf(request.account, request.params.productId)
      const skus = [...new Map(items.map((item) => [item.skuId, JSON.stringify(writeSku(item))])).values()]
      sendCollection(request, reply, `/products/${items[0].productId}/skus`, skus.length, (place) => skus[place] ?? '')
    },
  )

  app.get(
    '/products/:productId/skus/:skuId',
    { schema: describe('getSku', { params: SkuPath }, 200, Sku) },
    (request, reply) => {
      const [item] = itemsOfSku(request.account, request.params)
      sendDocument(request, reply, JSON.stringify(writeSku(item)))
    },
  )

  app.get(
    '/products/:productId/skus/:skuId/availabilities',
    { schema: describe('listAvailabilities', { params: SkuPath }, 200, collectionOf(Availability)) },
    (request, reply) => {
      const items = itemsOfSku(request.account, request.params)
      const { productId, skuId } = items[0]
      const availabilities = items.map((item) => JSON.stringify(writeAvailability(item)))
      const self = `/products/${productId}/skus/${skuId}/availabilities`
      sendCollection(request, reply, self, availabilities.length, (place) => availabilities[place] ?? '')
    },
  )

  app.get(
    '/products/:productId/skus/:skuId/availabilities/:availabilityId',
    { schema: describe('getAvailability', { params: AvailabilityPath }, 200, Availability) },
    (request, reply) => {
      const wanted = request.params.availabilityId.toUpperCase()
      const item = itemsOfSku(request.account, request.params).find(({ availabilityId }) => availabilityId === wanted)
      if (item === undefined) throw new PartnerCenterError('availabilityNotFound')
      sendDocument(request, reply, JSON.stringify(writeAvailability(item)))
    },
  )

  app.get(
    '/offers/:offerId',
    { schema: describe('getOffer', { params: z.object({ offerId: z.string() }) }, 200, Offer) },
    (request, reply) => {
      const { offerId } = request.params
      const product = request.account.products.find(offerId)
      if (product === undefined || !productWorlds[product.productType].legacy) {
        throw new PartnerCenterError('offerNotFound', { values: [offerId] })
      }
      sendDocument(request, reply, JSON.stringify(writeOffer(product)))
    },
  )
  done()
}

function itemOf(product: Product): Item {
  const { offerId } = product
  const [productId = '', skuId = offerId, availabilityId = offerId] = offerId.split(':')
  return { product, productId: product.productId ?? productId, skuId, availabilityId }
}

/** The items of a product, at least one. Throws `productNotFound`. */
function itemsOf(account: Account, productId: string): [Item, ...Item[]] {
  const wanted = productId.toUpperCase()
  const [first, ...rest] = account.products
    .all()
    .map(itemOf)
    .filter((item) => item.productId.toUpperCase() === wanted)
  if (first === undefined) throw new PartnerCenterError('productNotFound')
  return [first, ...rest]
}

/** The items of a SKU, at least one. Throws `productNotFound` or `skuNotFound`. */
function itemsOfSku(account: Account, { productId, skuId }: z.infer<typeof SkuPath>): [Item, ...Item[]] {
  const wanted = skuId.toUpperCase()
  const [first, ...rest] = itemsOf(account, productId).filter((item) => item.skuId.toUpperCase() === wanted)
  if (first === undefined) throw new PartnerCenterError('skuNotFound')
  return [first, ...rest]
}

function writeProduct({ product, productId }: Item): z.infer<typeof CatalogProduct> {
  const { catalogType, catalogSubType } = productWorlds[product.productType]
  const uri = `/products/${productId}`
  return {
    id: productId,
    title: product.title,
    productType: {
      id: catalogType,
      displayName: catalogType,
      ...(catalogSubType === undefined ? {} : { subType: { id: catalogSubType, displayName: catalogSubType } }),
    },
    isMicrosoftProduct: catalogSubType !== 'SaaS',
    publisherName: catalogSubType === 'SaaS' ? 'SaaS publisher' : 'Microsoft',
    links: { skus: linkTo(`${uri}/skus?country=US`), self: linkTo(`${uri}?country=US`) },
  }
}

function writeSku({ product, productId, skuId }: Item): z.infer<typeof Sku> {
  const uri = `/products/${productId}/skus/${skuId}`
  return {
    id: skuId,
    productId,
    title: product.title,
    minimumQuantity: product.minimumQuantity ?? 1,
    maximumQuantity: product.maximumQuantity ?? 999_999_999,
    isTrial: product.billingCycles.includes('none'),
    supportedBillingCycles: product.billingCycles,
    links: { availabilities: linkTo(`${uri}/availabilities?country=US`), self: linkTo(`${uri}?country=US`) },
  }
}

function writeAvailability({ product, productId, skuId, availabilityId }: Item): z.infer<typeof Availability> {
  const { offerId, termDuration, inventory } = product
  const id = availabilityId
  return {
    id,
    productId,
    skuId,
    catalogItemId: offerId,
    defaultCurrency: { code: 'USD', symbol: '$' },
    segment: 'commercial',
    country: 'US',
    isPurchasable: inventory === undefined,
    isRenewable: productWorlds[product.productType].subscription !== 'none',
    terms: termDuration ? [{ duration: termDuration, description: product.title }] : [],
    links: { self: linkTo(`/products/${productId}/skus/${skuId}/availabilities/${id}?country=US`) },
  }
}

function writeOffer(product: Product): z.infer<typeof Offer> {
  return {
    id: product.offerId,
    name: product.title,
    minimumQuantity: product.minimumQuantity ?? 1,
    maximumQuantity: product.maximumQuantity ?? 999_999_999,
    country: 'US',
    isAddOn: product.productType === 'legacyAddOn',
    isTrial: product.billingCycles.includes('none'),
    supportedBillingCycles: product.billingCycles,
    links: { self: linkTo(`/offers/${product.offerId}?country=US`) },
    attributes: { objectType: 'Offer' },
  }
}
