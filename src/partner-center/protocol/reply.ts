import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { answerKey, type KeptAnswer } from '../../accounts/idempotency/replay-cache.ts'
import { linkTo } from '../../model/orders/links.ts'
import { Link } from '../../model/orders/schema.ts'
import { turn } from '../../transport/batch.ts'

const json = 'application/json; charset=utf-8'

/** Sends a success, a text of JSON as it is, behind a byte order mark where the account has one. */
export function sendDocument(request: FastifyRequest, reply: FastifyReply, document: string, status = 200): void {
  const { bom } = request.account.settings
  request.answer = document
  reply.code(status).type(json)
  turn.answer(() => reply.send(bom ? `\uFEFF${document}` : document))
}

/** Sends a success without a body. */
export function sendNothing(reply: FastifyReply): void {
  reply.code(204).send()
}

/**
 * Answers a request that changes something once: one that repeats the MS-RequestId of an earlier success on the same route
 * gets that success again. `change` is to change all or nothing, as one statement or a transaction does; what it throws is
 * not remembered.
 */
export function answerOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  route: string,
  change: () => KeptAnswer,
): void {
  const { account, id, headers } = request
  const now = account.clock.now()
  const key = headers['ms-requestid'] ? answerKey(id, route) : undefined
  const earlier = key === undefined ? undefined : account.answers.find(key, now)
  if (earlier !== undefined) {
    reply.header('X-Emulator-Replayed', 'true')
    sendDocument(request, reply, earlier.document, earlier.status)
    return
  }
  const answer = account.change(change)
  if (key !== undefined) account.answers.keep(key, now, answer)
  sendDocument(request, reply, answer.document, answer.status)
}

/** As `answerOnce`, with a transaction for a change of several rows. */
export function changeOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  route: string,
  change: () => KeptAnswer,
): void {
  answerOnce(request, reply, route, () => request.account.transaction(change))
}

/** The schema of a collection. https://learn.microsoft.com/partner-center/developer/utility-resources */
export function collectionOf(item: z.ZodType) {
  return z.strictObject({
    totalCount: z.int().nonnegative(),
    items: z.array(item),
    links: z.strictObject({ self: Link }),
    attributes: z.strictObject({ objectType: z.literal('Collection') }),
  })
}

/** Lists that are longer are sent in pieces, so that a long one is never in memory whole. */
const sentAtOnce = 1000
const piece = 100

/**
 * Sends a collection. `count` items are asked for by their place, as text, when they are about to be sent.
 * `self`: the link to the collection, without a query, as the service has it.
 */
export function sendCollection(
  request: FastifyRequest,
  reply: FastifyReply,
  self: string,
  count: number,
  itemAt: (place: number) => string,
): void {
  const head = `{"totalCount":${count},"items":[`
  const tail = `],"links":${JSON.stringify({ self: linkTo(self) })},"attributes":{"objectType":"Collection"}}`
  const items = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => itemAt(from + index)).join()
  if (count <= sentAtOnce) {
    sendDocument(request, reply, head + items(0, count) + tail)
    return
  }
  function* pieces() {
    yield request.account.settings.bom ? `\uFEFF${head}` : head
    for (let from = 0; from < count; from += piece) {
      yield (from === 0 ? '' : ',') + items(from, Math.min(from + piece, count))
    }
    yield tail
  }
  reply.type(json).send(Readable.from(pieces()))
}
