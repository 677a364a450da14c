import { writeAvailability, writeProduct, writeSku } from '../../model/catalog/product-documents.ts'
import { Availability, CatalogProduct, Sku } from '../../model/catalog/product-schema.ts'
import type { Routes } from '../../routes.ts'
import { collectionOf, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { availabilitiesIn, productsIn, queryOf, sendList, skusIn } from './lists.ts'
import {
  AvailabilityPath,
  CountryQuery,
  countryOf,
  itemOfAvailability,
  itemsIn,
  itemsOf,
  itemsOfSku,
  ProductListQuery,
  ProductPath,
  ScopedQuery,
  SkuPath,
} from './requests.ts'

/** The catalog of a country: products, SKUs and availabilities. */
export const productRoutes: Routes = (app) => {
  app.get(
    '/products',
    { schema: describe('listProducts', { querystring: ProductListQuery }, 200, collectionOf(CatalogProduct)) },
    (request, reply) => {
      const { account, query } = request
      const items = itemsIn(account, { ...query, ofCustomer: false })
      const country = countryOf(request, reply, query.country)
      sendList(request, reply, `/products${queryOf({ ...query, country })}`, productsIn(items, { country }))
    },
  )

  app.get(
    '/products/:productId',
    { schema: describe('getProduct', { params: ProductPath, querystring: CountryQuery }, 200, CatalogProduct) },
    (request, reply) => {
      const [item] = itemsOf(request.account, request.params.productId)
      const country = countryOf(request, reply, request.query.country)
      sendDocument(request, reply, JSON.stringify(writeProduct(item, { country })))
    },
  )

  app.get(
    '/products/:productId/skus',
    { schema: describe('listSkus', { params: ProductPath, querystring: ScopedQuery }, 200, collectionOf(Sku)) },
    (request, reply) => {
      const { account, params, query } = request
      const shown = itemsIn(account, { ...query, ofCustomer: true })
      const items = itemsOf(account, params.productId)
      const country = countryOf(request, reply, query.country)
      const own = shown.filter(({ productId }) => productId === items[0].productId)
      const self = `/products/${items[0].productId}/skus${queryOf({ ...query, country })}`
      sendList(request, reply, self, skusIn(own, { country, targetSegment: query.targetSegment }))
    },
  )

  app.get(
    '/products/:productId/skus/:skuId',
    { schema: describe('getSku', { params: SkuPath, querystring: CountryQuery }, 200, Sku) },
    (request, reply) => {
      const [item] = itemsOfSku(request.account, request.params)
      const country = countryOf(request, reply, request.query.country)
      sendDocument(request, reply, JSON.stringify(writeSku(item, { country })))
    },
  )

  app.get(
    '/products/:productId/skus/:skuId/availabilities',
    {
      schema: describe(
        'listAvailabilities',
        { params: SkuPath, querystring: ScopedQuery },
        200,
        collectionOf(Availability),
      ),
    },
    (request, reply) => {
      const { account, params, query } = request
      const shown = itemsIn(account, { ...query, ofCustomer: true })
      const items = itemsOfSku(account, params)
      const { productId, skuId } = items[0]
      const country = countryOf(request, reply, query.country)
      const own = shown.filter((item) => item.productId === productId && item.skuId === skuId)
      const self = `/products/${productId}/skus/${skuId}/availabilities${queryOf({ ...query, country })}`
      sendList(request, reply, self, availabilitiesIn(own, { country }))
    },
  )

  app.get(
    '/products/:productId/skus/:skuId/availabilities/:availabilityId',
    {
      schema: describe('getAvailability', { params: AvailabilityPath, querystring: CountryQuery }, 200, Availability),
    },
    (request, reply) => {
      const item = itemOfAvailability(request.account, request.params)
      const country = countryOf(request, reply, request.query.country)
      sendDocument(request, reply, JSON.stringify(writeAvailability(item, { country })))
    },
  )
}
