import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Eight hexadecimal digits, as the service's own server ids. */
const serverId = '0000112D'

/**
 * A hook that sets the tracing headers of a reply: MS-RequestId and MS-CorrelationId as received, whatever they are, or new
 * ones. Fastify has made the former the id of the request (`requestIdHeader`), and WireResponse writes the names in their
 * case. https://learn.microsoft.com/partner-center/developer/headers
 */
export function stampIds(request: FastifyRequest, reply: FastifyReply, next?: () => void): void {
  const { headers } = request
  reply.header('ms-correlationid', headers['ms-correlationid'] || randomUUID())
  reply.header('ms-requestid', request.id)
  reply.header('ms-cv', headers['ms-cv'] || newVector())
  reply.header('ms-serverid', serverId)
  next?.()
}

const vectorLength = 16
const vectorsPerDraw = 256
let drawn = ''
let used = 0

/** A correlation vector, `xqqtn+OEVE2ridoS.0`. One draw of random bytes serves many, since a draw is slow. */
function newVector(): string {
  if (used === drawn.length) {
    // Base64 has four characters for three bytes.
    drawn = randomBytes((vectorLength / 4) * 3 * vectorsPerDraw).toString('base64')
    used = 0
  }
  used += vectorLength
  return `${drawn.slice(used - vectorLength, used)}.0`
}
