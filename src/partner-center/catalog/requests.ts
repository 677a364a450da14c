import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { type Item, itemOf } from '../../model/catalog/item.ts'
import { type CatalogQuery, catalogFilter } from '../../model/catalog/target-views.ts'
import { type Infer, lazy } from '../../model/lazy.ts'
import { orThrow, PartnerCenterError } from '../protocol/errors.ts'
import { giveHint } from '../protocol/hint.ts'
import { CustomerPath } from '../protocol/parameters.ts'
import { anyCase } from '../protocol/unknown-members.ts'

const productId = lazy(() => ({ productId: z.string().meta({ description: 'Product id, in any case.' }) }))
const skuId = lazy(() => ({ ...productId(), skuId: z.string().meta({ description: 'SKU id, in any case.' }) }))
const availabilityId = lazy(() => ({
  ...skuId(),
  availabilityId: z.string().meta({ description: 'Availability id, in any case.' }),
}))

export const ProductPath = lazy(() => z.object(productId()))
export const SkuPath = lazy(() => z.object(skuId()))
export const AvailabilityPath = lazy(() => z.object(availabilityId()))
export const OfferPath = lazy(() => z.object({ offerId: z.string().meta({ description: 'Offer id, in any case.' }) }))

export const ProductOfCustomerPath = lazy(() => CustomerPath().extend(productId()))
export const SkuOfCustomerPath = lazy(() => CustomerPath().extend(skuId()))
export const AvailabilityOfCustomerPath = lazy(() => CustomerPath().extend(availabilityId()))

export const countryMember = lazy(() => ({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/i, 'country has two letters')
    .optional()
    .meta({ description: 'ISO 3166 code of two letters. The service demands it; `US` without it, with a hint.' }),
}))

const viewMember = lazy(() => ({
  targetView: z
    .string()
    .meta({ description: 'Azure, OnlineServices, Software, ... Another word than the edition has is refused.' }),
}))

const scopeMembers = lazy(() => ({
  targetSegment: z
    .string()
    .optional()
    .meta({ description: '`commercial` (all items), `education`, `government` or `nonprofit` (no items).' }),
  reservationScope: z
    .string()
    .regex(/^AzurePlan$/i, 'the reservationScope is AzurePlan')
    .optional()
    .meta({
      description: '`AzurePlan`: reservations for the subscriptions of an Azure plan, which are the same items.',
    }),
}))

export const CountryQuery = lazy(() => anyCase(countryMember()))
export const ProductListQuery = lazy(() => anyCase({ ...countryMember(), ...viewMember(), ...scopeMembers() }))
export const ScopedQuery = lazy(() => anyCase({ ...countryMember(), ...scopeMembers() }))
export const ProductsOfCustomerQuery = lazy(() => anyCase({ ...viewMember(), ...scopeMembers() }))
export const ScopeOfCustomerQuery = lazy(() =>
  anyCase({ targetView: viewMember().targetView.optional(), ...scopeMembers() }),
)

/** The country of a request, as it wrote it. */
export function countryOf(request: FastifyRequest, reply: FastifyReply, country: string | undefined): string {
  if (country === undefined) giveHint(request, reply, 'the service demands ?country=, such as country=US')
  return country ?? 'US'
}

/** The items of the catalog that a query shows. Throws `segmentNotAllowed` or `viewNotAllowed`. */
export function itemsIn(account: Account, query: Omit<CatalogQuery, 'rules'>): Item[] {
  const { rules } = account.settings
  const { shows } = orThrow(catalogFilter({ ...query, rules }))
  return account.products.all().filter(shows).map(itemOf)
}

/** The items of a product, at least one, before the filter of the query. Throws `productNotFound`. */
export function itemsOf(account: Account, productId: string): [Item, ...Item[]] {
  const wanted = productId.toUpperCase()
  const [first, ...rest] = account.products
    .all()
    .map(itemOf)
    .filter((item) => item.productId.toUpperCase() === wanted)
  if (first === undefined) throw new PartnerCenterError('productNotFound')
  return [first, ...rest]
}

/** The items of a SKU, at least one. Throws `productNotFound` or `skuNotFound`. */
export function itemsOfSku(account: Account, { productId, skuId }: Infer<typeof SkuPath>): [Item, ...Item[]] {
  const wanted = skuId.toUpperCase()
  const [first, ...rest] = itemsOf(account, productId).filter((item) => item.skuId.toUpperCase() === wanted)
  if (first === undefined) throw new PartnerCenterError('skuNotFound')
  return [first, ...rest]
}

/** An availability. Throws `productNotFound`, `skuNotFound` or `availabilityNotFound`. */
export function itemOfAvailability(account: Account, path: Infer<typeof AvailabilityPath>): Item {
  const wanted = path.availabilityId.toUpperCase()
  const item = itemsOfSku(account, path).find(({ availabilityId }) => availabilityId.toUpperCase() === wanted)
  if (item === undefined) throw new PartnerCenterError('availabilityNotFound')
  return item
}
