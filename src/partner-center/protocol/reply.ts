import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { StoredReply } from '../../accounts/idempotency/replay-cache.ts'
import { attributesOf } from '../../model/attributes.ts'
import { type LazySchema, lazy } from '../../model/lazy.ts'
import { Link, linkTo } from '../../model/links.ts'
import { listMistakes } from '../../model/mistakes.ts'
import { batch } from '../../transport/batch.ts'
import { WireResponse } from '../../transport/response.ts'
import { giveHint } from './hint.ts'

const json = 'application/json; charset=utf-8'

/** Sends a success with a JSON text, after a byte order mark when the account has one and the route is `marked`. */
export function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  document: string,
  status = 200,
  marked = true,
): void {
  const bom = marked && request.account.settings.bom
  request.replyText = document
  reply.code(status).type(json)
  batch.reply(() => reply.send(bom ? `\uFEFF${document}` : document))
}

/** Sends a success without a body. Its Content-Length is 0, though Fastify drops it. */
export function sendNothing(reply: FastifyReply): void {
  if (reply.raw instanceof WireResponse) reply.raw.declareEmpty()
  reply.code(204).send()
}

/**
 * Runs a change once and sends its reply: a repeated MS-RequestId on the same route gets the first success again. `route`:
 * method and resource. `change` runs completely or not at all; an exception is not stored. `marked`: whether the reply can have
 * a byte order mark.
 */
export function sendChange(
  request: FastifyRequest,
  reply: FastifyReply,
  route: string,
  change: () => StoredReply,
  marked = true,
): void {
  const { document, status } = runOnce(request, reply, route, change)
  sendDocument(request, reply, document, status, marked)
}

/**
 * Runs a change once, as `sendChange`, and accepts it without a body. `location`: where its progress can be read.
 */
export function sendAccepted(
  request: FastifyRequest,
  reply: FastifyReply,
  route: string,
  location: string,
  change: () => void,
): void {
  runOnce(request, reply, route, () => {
    change()
    return { status: 202, document: '' }
  })
  reply.code(202).header('Location', location).header('Content-Length', '0')
  batch.reply(() => reply.send())
}

/** Runs a change or finds the reply of its first run, and sets the headers that say so. */
function runOnce(request: FastifyRequest, reply: FastifyReply, route: string, change: () => StoredReply): StoredReply {
  const { account, id, headers, body } = request
  const text = typeof body === 'string' ? body : ''
  const replayable = headers['ms-requestid'] ? { requestId: id, route, body: text } : undefined
  const { document, status, replayed, sameBody } = account.write(replayable, change)
  if (replayed) reply.header('X-Emulator-Replayed', 'true')
  const { unknownMembers } = request
  if (unknownMembers?.length)
    giveHint(
      request,
      reply,
      `these members of the body are not known and have no effect: ${listMistakes(unknownMembers, String).join(', ')}`,
    )
  if (!sameBody)
    giveHint(request, reply, 'this MS-RequestId came before with another body; the reply is the one to that')
  return { document, status }
}

const CollectionLinks = lazy(() =>
  z
    .strictObject({ self: Link().meta({ description: 'Link to the collection, without a query.' }) })
    .meta({ id: 'CollectionLinks', description: 'Links of the collection.' }),
)

export const CollectionAttributes = lazy(() => attributesOf('Collection').meta({ id: 'CollectionAttributes' }))

/** The schema of a collection. https://learn.microsoft.com/partner-center/developer/utility-resources */
export function collectionOf(item: LazySchema) {
  return lazy(() =>
    z.strictObject({
      totalCount: z.int().nonnegative().meta({ description: 'Number of items.' }),
      items: z.array(item()).meta({ description: 'The items.' }),
      links: CollectionLinks(),
      attributes: CollectionAttributes(),
    }),
  )
}

/** The schema of a collection without links, as some services send it. */
export function bareCollectionOf(item: LazySchema) {
  return lazy(() => collectionOf(item)().omit({ links: true }))
}

/** The schema of a collection that has links in some editions. */
export function looseCollectionOf(item: LazySchema) {
  return lazy(() => collectionOf(item)().extend({ links: CollectionLinks().optional() }))
}

/** A collection without links. */
export function bareCollection(items: readonly object[]): object {
  return { totalCount: items.length, items, attributes: { objectType: 'Collection' } }
}

/** Sends a collection without links. */
export function sendBareCollection(request: FastifyRequest, reply: FastifyReply, items: readonly object[]): void {
  sendDocument(request, reply, JSON.stringify(bareCollection(items)))
}

/** A longer list is streamed in pieces, so that it is never in memory as a whole. */
export const itemsAtOnce = 1000
const itemsPerPiece = 100

/**
 * Sends a collection. `itemAt` is called with the place of each of `count` items when it is about to be sent.
 * `self`: the link to the collection, without a query, as the service has it. `close`: called after the last item of a
 * streamed list, and when its connection breaks.
 */
export function sendCollection(
  request: FastifyRequest,
  reply: FastifyReply,
  self: string,
  count: number,
  itemAt: (place: number) => string,
  close: () => void = () => {},
): void {
  const head = `{"totalCount":${count},"items":[`
  const tail = `],"links":${JSON.stringify({ self: linkTo(self) })},"attributes":{"objectType":"Collection"}}`
  const items = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => itemAt(from + index)).join()
  if (count <= itemsAtOnce) {
    sendDocument(request, reply, head + items(0, count) + tail)
    return
  }
  function* pieces() {
    yield request.account.settings.bom ? `\uFEFF${head}` : head
    for (let from = 0; from < count; from += itemsPerPiece) {
      yield (from === 0 ? '' : ',') + items(from, Math.min(from + itemsPerPiece, count))
    }
    yield tail
  }
  reply.type(json).send(Readable.from(pieces()).once('close', close))
}
