import type { FastifyReply, FastifyRequest } from 'fastify'
import { isControlPath } from '../../transport/control-path.ts'
import { methodOf } from '../../transport/head-as-get.ts'

/** The ids in the path of a request. */
export function idsInPath({ params }: FastifyRequest): { customerId: string | undefined; orderId: string | undefined } {
  const named = Object(params)
  return { customerId: named.customerTenantId, orderId: named.orderId }
}

/** The operation of openapi.yaml that a request is for. */
export function operationOf({ routeOptions }: FastifyRequest): string | undefined {
  const schema: object = routeOptions.schema ?? {}
  return 'operationId' in schema && typeof schema.operationId === 'string' ? schema.operationId : undefined
}

/**
 * Records a request and its reply in the journal of its account. The journal leaves out the control plane. `status`: null
 * without a reply.
 */
export function recordRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number | null = reply.statusCode,
): void {
  const { account, url } = request
  // A request that was refused before it had an account belongs to no journal.
  if (account === undefined || isControlPath(url)) return
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
    status,
    reply: request.replyText,
    duration: reply.elapsedTime,
    fault: request.fault,
    decision: request.decision,
  })
}
