import type { FastifyRequest } from 'fastify'
import type { Item } from '../../model/catalog/item.ts'
import { writeAvailability, writeProduct, writeSku } from '../../model/catalog/product-documents.ts'
import { Availability, CatalogProduct, Sku } from '../../model/catalog/product-schema.ts'
import type { CatalogQuery } from '../../model/catalog/target-views.ts'
import type { Routes } from '../../routes.ts'
import { findCustomer } from '../protocol/lookup.ts'
import { CustomerPath } from '../protocol/parameters.ts'
import { collectionOf, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { availabilitiesIn, productsIn, queryOf, sendList, skusIn } from './lists.ts'
import {
  AvailabilityOfCustomerPath,
  itemOfAvailability,
  itemsIn,
  itemsOf,
  itemsOfSku,
  ProductOfCustomerPath,
  ProductsOfCustomerQuery,
  ScopeOfCustomerQuery,
  SkuOfCustomerPath,
} from './requests.ts'

const productsUrl = '/customers/:customerTenantId/products'

/** The catalog of a customer, in the customer's country. Its pages print GET in the examples, and POST in a table. */
export const productOfCustomerRoutes: Routes = (app) => {
  app.get(
    productsUrl,
    {
      schema: describe(
        'listProductsOfCustomer',
        { params: CustomerPath, querystring: ProductsOfCustomerQuery },
        200,
        collectionOf(CatalogProduct),
      ),
    },
    (request, reply) => {
      const { params, query } = request
      const { uri, market } = catalogOf(request, params.customerTenantId)
      const items = itemsIn(request.account, { ...query, ofCustomer: true })
      sendList(request, reply, `${uri}${queryOf(query)}`, productsIn(items, market))
    },
  )

  app.get(
    `${productsUrl}/:productId`,
    { schema: describe('getProductOfCustomer', { params: ProductOfCustomerPath }, 200, CatalogProduct) },
    (request, reply) => {
      const { market } = catalogOf(request, request.params.customerTenantId)
      const [item] = itemsOf(request.account, request.params.productId)
      sendDocument(request, reply, JSON.stringify(writeProduct(item, market)))
    },
  )

  app.get(
    `${productsUrl}/:productId/skus`,
    {
      schema: describe(
        'listSkusOfCustomer',
        { params: ProductOfCustomerPath, querystring: ScopeOfCustomerQuery },
        200,
        collectionOf(Sku),
      ),
    },
    (request, reply) => {
      const { params, query } = request
      const { uri, market } = catalogOf(request, params.customerTenantId)
      const items = itemsOfProductOrAll(request, params.productId, query)
      const self = `${uri}/${params.productId}/skus${queryOf(query)}`
      sendList(request, reply, self, skusIn(items, { ...market, targetSegment: query.targetSegment }))
    },
  )

  app.get(
    `${productsUrl}/:productId/skus/:skuId`,
    { schema: describe('getSkuOfCustomer', { params: SkuOfCustomerPath }, 200, Sku) },
    (request, reply) => {
      const { market } = catalogOf(request, request.params.customerTenantId)
      const [item] = itemsOfSku(request.account, request.params)
      sendDocument(request, reply, JSON.stringify(writeSku(item, market)))
    },
  )

  app.get(
    `${productsUrl}/:productId/skus/:skuId/availabilities`,
    {
      schema: describe(
        'listAvailabilitiesOfCustomer',
        { params: SkuOfCustomerPath, querystring: ScopeOfCustomerQuery },
        200,
        collectionOf(Availability),
      ),
    },
    (request, reply) => {
      const { account, params, query } = request
      const { uri, market } = catalogOf(request, params.customerTenantId)
      const shown = itemsIn(account, { ...query, ofCustomer: true })
      const [{ productId, skuId }] = itemsOfSku(account, params)
      const own = shown.filter((item) => item.productId === productId && item.skuId === skuId)
      const self = `${uri}/${productId}/skus/${skuId}/availabilities${queryOf(query)}`
      sendList(request, reply, self, availabilitiesIn(own, market))
    },
  )

  app.get(
    `${productsUrl}/:productId/skus/:skuId/availabilities/:availabilityId`,
    { schema: describe('getAvailabilityOfCustomer', { params: AvailabilityOfCustomerPath }, 200, Availability) },
    (request, reply) => {
      const { market } = catalogOf(request, request.params.customerTenantId)
      const item = itemOfAvailability(request.account, request.params)
      sendDocument(request, reply, JSON.stringify(writeAvailability(item, market)))
    },
  )
}

/** The place of the catalog of a customer, and its market. Throws `noRelationship`. */
function catalogOf({ account }: FastifyRequest, customerTenantId: string) {
  const { id, billingProfile } = findCustomer(account, customerTenantId)
  const { country = 'US' } = billingProfile?.defaultAddress ?? {}
  return { uri: `/customers/${id}/products`, market: { country } }
}

/**
 * The items of a product, or of all products of a view with `all`, as a printed link has it. Throws `productNotFound`,
 * `segmentNotAllowed` or `viewNotAllowed`.
 */
function itemsOfProductOrAll(
  { account }: FastifyRequest,
  productId: string,
  query: Pick<CatalogQuery, 'targetView' | 'targetSegment'>,
): Item[] {
  const shown = itemsIn(account, { ...query, ofCustomer: true })
  if (productId.toLowerCase() === 'all') return shown
  const [item] = itemsOf(account, productId)
  return shown.filter((other) => other.productId === item.productId)
}
