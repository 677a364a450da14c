import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import { Offer, offersOf, prerequisitesOf, writeOffer } from '../../model/catalog/offer.ts'
import type { Product } from '../../model/catalog/schema.ts'
import { lazy } from '../../model/lazy.ts'
import type { Routes } from '../../routes.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { collectionOf, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { anyCase } from '../protocol/unknown-members.ts'
import { queryOf, sendList } from './lists.ts'
import { CountryQuery, countryMember, countryOf, OfferPath } from './requests.ts'

const Count = lazy(() =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'a number of offers')
    .transform(Number)
    .optional(),
)

const OfferListQuery = lazy(() =>
  anyCase({
    ...countryMember(),
    offer_category_id: z.string().optional().meta({ description: 'Only offers of this category.' }),
    offset: Count().meta({ description: 'Number of offers to pass over.' }),
    size: Count().meta({ description: 'Largest number of offers.' }),
  }),
)

/** Legacy offers, which exist beside the products of the modern catalog. */
export const offerRoutes: Routes = (app) => {
  app.get(
    '/offers',
    { schema: describe('listOffers', { querystring: OfferListQuery }, 200, collectionOf(Offer)) },
    (request, reply) => {
      const { account, query } = request
      const { offer_category_id: category, offset = 0, size = Number.POSITIVE_INFINITY } = query
      const country = countryOf(request, reply, query.country)
      const offers = offersOf(account.products.all())
        .map(writerFor(request, country))
        .filter((offer) => category === undefined || offer.category.id === category)
        .slice(offset, offset + size)
      sendList(request, reply, `/offers${queryOf({ country })}`, offers)
    },
  )

  app.get(
    '/offers/:offerId',
    { schema: describe('getOffer', { params: OfferPath, querystring: CountryQuery }, 200, Offer) },
    (request, reply) => {
      const offer = findOffer(request, request.params.offerId)
      const country = countryOf(request, reply, request.query.country)
      sendDocument(request, reply, JSON.stringify(writerFor(request, country)(offer)))
    },
  )

  app.get(
    '/offers/:offerId/addons',
    { schema: describe('listAddOns', { params: OfferPath, querystring: CountryQuery }, 200, collectionOf(Offer)) },
    (request, reply) => {
      const { offerId } = findOffer(request, request.params.offerId)
      const country = countryOf(request, reply, request.query.country)
      const products = request.account.products.all()
      const addOns = offersOf(products).filter((offer) => prerequisitesOf(offer, products).includes(offerId))
      const self = `/offers/${offerId}/addons${queryOf({ country })}`
      sendList(request, reply, self, addOns.map(writerFor(request, country)))
    },
  )
}

/** Finds a legacy offer. Throws `offerNotFound`. */
function findOffer({ account }: FastifyRequest, offerId: string): Product {
  const [offer] = offersOf([account.products.find(offerId)].filter((product) => product !== undefined))
  if (offer === undefined) throw new PartnerCenterError('offerNotFound', { values: [offerId] })
  return offer
}

function writerFor({ account, headers }: FastifyRequest, country: string) {
  const products = account.products.all()
  const locale = headers['x-locale']
  return (product: Product): Offer =>
    writeOffer(product, products, country, typeof locale === 'string' && locale !== '' ? locale : 'en-US')
}
