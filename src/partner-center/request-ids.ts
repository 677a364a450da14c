import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The form that the service's own ids have: eight hexadecimal digits. */
const serverId = '0000112D'

/**
 * Puts the tracing headers on an answer: MS-RequestId and MS-CorrelationId as they came, whatever they are, or new ones.
 * Fastify has made the former the request's id (`requestIdHeader`).
 * https://learn.microsoft.com/partner-center/developer/headers
 */
export function stampIds(request: FastifyRequest, reply: FastifyReply): void {
  const { headers } = request
  reply.header('MS-CorrelationId', headers['ms-correlationid'] || randomUUID())
  reply.header('MS-RequestId', request.id)
  reply.header('MS-CV', headers['ms-cv'] || `${randomBytes(12).toString('base64')}.0`)
  reply.header('MS-ServerId', serverId)
}
