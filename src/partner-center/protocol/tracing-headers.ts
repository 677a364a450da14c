import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The form that the service's own ids have: eight hexadecimal digits. */
const serverId = '0000112D'

/**
 * Puts the tracing headers on an answer: MS-RequestId and MS-CorrelationId as they came, whatever they are, or new ones.
 * Fastify has made the former the request's id (`requestIdHeader`), and WireResponse writes the names in their case.
 * https://learn.microsoft.com/partner-center/developer/headers
 */
export function stampIds(request: FastifyRequest, reply: FastifyReply): void {
  const { headers } = request
  reply.header('ms-correlationid', headers['ms-correlationid'] || randomUUID())
  reply.header('ms-requestid', request.id)
  reply.header('ms-cv', headers['ms-cv'] || newVector())
  reply.header('ms-serverid', serverId)
}

const vectorLength = 16
const vectorsDrawn = 256
let drawn = ''
let used = 0

/** A correlation vector, `xqqtn+OEVE2ridoS.0`. Many are drawn at once: a draw costs more than all the rest. */
function newVector(): string {
  if (used === drawn.length) {
    // Base64 has four characters for three bytes.
    drawn = randomBytes((vectorLength / 4) * 3 * vectorsDrawn).toString('base64')
    used = 0
  }
  used += vectorLength
  return `${drawn.slice(used - vectorLength, used)}.0`
}
