import { randomFillSync, randomUUID } from 'node:crypto'
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
  reply.header('MS-CV', headers['ms-cv'] || newVector())
  reply.header('MS-ServerId', serverId)
}

const vectorBytes = 12
const pool = Buffer.alloc(vectorBytes * 256)
let used = pool.length

/** A correlation vector, `xqqtn+OEVE2ridoS.0`. Random bytes are drawn for many at once: a draw costs more than the rest. */
function newVector(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += vectorBytes
  return `${pool.toString('base64', used - vectorBytes, used)}.0`
}
