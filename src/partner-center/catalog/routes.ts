import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { attributesOf } from '../../model/attributes.ts'
import { productTraits } from '../../model/catalog/product-traits.ts'
import type { Product } from '../../model/catalog/schema.ts'
import { type Infer, lazy } from '../../model/lazy.ts'
import { Links, linkTo } from '../../model/links.ts'
import type { Routes } from '../../routes.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { collectionOf, sendCollection, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'

const NamedType = lazy(() =>
  z.strictObject({
    id: z.string().meta({ description: 'Id of the type.' }),
    displayName: z.string().meta({ description: 'Name of the type.' }),
  }),
)

/** https://learn.microsoft.com/partner-center/developer/product-resources */
const CatalogProduct = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Product id, the first part of an offer id.' }),
      title: z.string().meta({ description: 'Name of the product.' }),
      productType: NamedType()
        .extend({ subType: NamedType().optional().meta({ description: 'A finer type, such as SaaS.' }) })
        .meta({ description: 'Type of the product.' }),
      isMicrosoftProduct: z.boolean().meta({ description: 'Whether the publisher is Microsoft.' }),
      publisherName: z.string().meta({ description: 'Name of the publisher.' }),
      links: Links(),
    })
    .meta({ id: 'Product', description: 'A product of the catalog.' }),
)

const Sku = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'SKU id, the second part of an offer id.' }),
      productId: z.string().meta({ description: 'Id of the product.' }),
      title: z.string().meta({ description: 'Name of the SKU.' }),
      minimumQuantity: z.int().meta({ description: 'Smallest quantity of a line.' }),
      maximumQuantity: z.int().meta({ description: 'Largest quantity of a line.' }),
      isTrial: z.boolean().meta({ description: 'Whether it is a trial.' }),
      supportedBillingCycles: z.array(z.string()).meta({ description: 'Billing cycles that an order may ask for.' }),
      links: Links(),
    })
    .meta({ id: 'Sku', description: 'A SKU of a product.' }),
)

const Availability = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Availability id, the third part of an offer id.' }),
      productId: z.string().meta({ description: 'Id of the product.' }),
      skuId: z.string().meta({ description: 'Id of the SKU.' }),
      catalogItemId: z.string().meta({ description: 'The offer id that carts and orders name.' }),
      defaultCurrency: z
        .strictObject({
          code: z.string().meta({ description: 'ISO 4217 code.' }),
          symbol: z.string().meta({ description: 'Symbol of the currency.' }),
        })
        .meta({ description: 'Currency of the prices.' }),
      segment: z.string().meta({ description: 'Customer segment.' }),
      country: z.string().meta({ description: 'ISO 3166 code of the country.' }),
      isPurchasable: z.boolean().meta({ description: 'Whether it can be ordered.' }),
      isRenewable: z.boolean().meta({ description: 'Whether its subscriptions renew.' }),
      terms: z
        .array(
          z.strictObject({
            duration: z.string().meta({ description: 'Length of the term, an ISO 8601 duration.' }),
            description: z.string().meta({ description: 'Text for people.' }),
          }),
        )
        .meta({ description: 'Terms that an order may ask for.' }),
      links: Links(),
    })
    .meta({ id: 'Availability', description: 'An availability of a SKU: the item that an order names.' }),
)

const Offer = lazy(() =>
  z
    .strictObject({
      id: z.string().meta({ description: 'Offer id, a GUID or MS-AZR-...' }),
      name: z.string().meta({ description: 'Name of the offer.' }),
      minimumQuantity: z.int().meta({ description: 'Smallest quantity of a line.' }),
      maximumQuantity: z.int().meta({ description: 'Largest quantity of a line.' }),
      country: z.string().meta({ description: 'ISO 3166 code of the country.' }),
      isAddOn: z.boolean().meta({ description: 'Whether it extends another subscription.' }),
      isTrial: z.boolean().meta({ description: 'Whether it is a trial.' }),
      supportedBillingCycles: z.array(z.string()).meta({ description: 'Billing cycles that an order may ask for.' }),
      links: Links(),
      attributes: attributesOf('Offer'),
    })
    .meta({ id: 'Offer', description: 'A legacy offer.' }),
)

const ProductPath = lazy(() => z.object({ productId: z.string().meta({ description: 'Product id, in any case.' }) }))
const SkuPath = lazy(() => ProductPath().extend({ skuId: z.string().meta({ description: 'SKU id, in any case.' }) }))
const AvailabilityPath = lazy(() =>
  SkuPath().extend({ availabilityId: z.string().meta({ description: 'Availability id, in any case.' }) }),
)
const OfferPath = lazy(() => z.object({ offerId: z.string().meta({ description: 'Offer id, in any case.' }) }))

/** The parts of an offer id. A legacy offer is its own SKU, below its product. */
interface Item {
  product: Product
  productId: string
  skuId: string
  availabilityId: string
}

/** The part of the catalog that the links of orders lead to. */
export const catalogRoutes: Routes = (app) => {
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

  app.get('/offers/:offerId', { schema: describe('getOffer', { params: OfferPath }, 200, Offer) }, (request, reply) => {
    const { offerId } = request.params
    const product = request.account.products.find(offerId)
    if (product === undefined || !productTraits[product.productType].legacy) {
      throw new PartnerCenterError('offerNotFound', { values: [offerId] })
    }
    sendDocument(request, reply, JSON.stringify(writeOffer(product)))
  })
}

function itemOf(product: Product): Item {
  const { offerId } = product
  const [productId = '', skuId = offerId, availabilityId = offerId] = offerId.split(':')
  return { product, productId: product.productId ?? productId, skuId, availabilityId }
}

/** Finds the items of a product, at least one. Throws `productNotFound`. */
function itemsOf(account: Account, productId: string): [Item, ...Item[]] {
  const wanted = productId.toUpperCase()
  const [first, ...rest] = account.products
    .all()
    .map(itemOf)
    .filter((item) => item.productId.toUpperCase() === wanted)
  if (first === undefined) throw new PartnerCenterError('productNotFound')
  return [first, ...rest]
}

/** Finds the items of a SKU, at least one. Throws `productNotFound` or `skuNotFound`. */
function itemsOfSku(account: Account, { productId, skuId }: Infer<typeof SkuPath>): [Item, ...Item[]] {
  const wanted = skuId.toUpperCase()
  const [first, ...rest] = itemsOf(account, productId).filter((item) => item.skuId.toUpperCase() === wanted)
  if (first === undefined) throw new PartnerCenterError('skuNotFound')
  return [first, ...rest]
}

function writeProduct({ product, productId }: Item): Infer<typeof CatalogProduct> {
  const { catalogType, catalogSubType } = productTraits[product.productType]
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

function writeSku({ product, productId, skuId }: Item): Infer<typeof Sku> {
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

function writeAvailability({ product, productId, skuId, availabilityId }: Item): Infer<typeof Availability> {
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
    isRenewable: productTraits[product.productType].subscription !== 'none',
    terms: termDuration ? [{ duration: termDuration, description: product.title }] : [],
    links: { self: linkTo(`/products/${productId}/skus/${skuId}/availabilities/${id}?country=US`) },
  }
}

function writeOffer(product: Product): Infer<typeof Offer> {
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
