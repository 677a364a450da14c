import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Item, Market } from '../../model/catalog/item.ts'
import { writeAvailability, writeProduct, writeSku } from '../../model/catalog/product-documents.ts'
import { sendCollection } from '../protocol/reply.ts'

/** Sends a list of documents. `self`: the link to the list, with the query of the request as the catalog service has it. */
export function sendList(
  request: FastifyRequest,
  reply: FastifyReply,
  self: string,
  documents: readonly object[],
): void {
  sendCollection(request, reply, self, documents.length, (place) => JSON.stringify(documents[place]))
}

/** One document for each product of some items. */
export function productsIn(items: readonly Item[], market: Market): object[] {
  return firsts(items, ({ productId }) => productId).map((item) => writeProduct(item, market))
}

/** One document for each SKU of some items. */
export function skusIn(items: readonly Item[], market: Market): object[] {
  return firsts(items, ({ productId, skuId }) => `${productId}:${skuId}`).map((item) => writeSku(item, market))
}

export function availabilitiesIn(items: readonly Item[], market: Market): object[] {
  return items.map((item) => writeAvailability(item, market))
}

/** The first item of each key. */
function firsts(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const keys = new Set<string>()
  return items.filter((item) => {
    const key = keyOf(item).toUpperCase()
    return !keys.has(key) && keys.add(key)
  })
}

/** A query in the order of its members, without those that are absent: `?country=US&targetView=Software`. */
export function queryOf(members: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`))
  return given.length === 0 ? '' : `?${given.join('&')}`
}
