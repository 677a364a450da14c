import type { FastifyReply, FastifyRequest } from 'fastify'
import { methodOf } from '../../transport/head-as-get.ts'

/** Ids that the path of a request names. */
export function idsInPath({ params }: FastifyRequest): { customerId: string | undefined; orderId: string | undefined } {
  const named = Object(params)
  return { customerId: named.customerTenantId, orderId: named.orderId }
}

/** The operation of openapi.yaml that a request is for. */
export function operationOf({ routeOptions }: FastifyRequest): string | undefined {
  const schema: object = routeOptions.schema ?? {}
  return 'operationId' in schema && typeof schema.operationId === 'string' ? schema.operationId : undefined
}

/** Records a request and its answer in the journal of its account. The control plane's own are not recorded. */
export function journal(request: FastifyRequest, reply: FastifyReply): void {
  const { account, url } = request
  // Requests that were refused before an account was chosen are nobody's.
  if (account === undefined || url.startsWith('/_emulator')) return
  const { customerId = null, orderId = null } = idsInPath(request)
  account.journal.record({
    time: account.clock.now(),
    method: methodOf(request.raw),
    url,
    operation: operationOf(request) ?? null,
    rawHeaders: request.raw.rawHeaders,
    requestId: request.id,
    correlationId: String(reply.getHeader('ms-correlationid') ?? ''),
    customerId,
    orderId,
    body: typeof request.body === 'string' ? request.body : null,
    status: reply.statusCode,
    answer: request.answer,
    duration: reply.elapsedTime,
  })
}
