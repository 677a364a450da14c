import type { FastifyReply, FastifyRequest } from 'fastify'
import { operations } from '../protocol/operations.ts'
import { operationOf } from './journal.ts'
import { newTracingId, newVector } from './tracing-ids.ts'

/** Eight hexadecimal digits, as the service's own server ids. */
const serverId = '0000112D'

/** The tags of the services that repeat the language of a request, as their printed replies show. */
const repeatingLanguage: readonly string[] = ['Catalog', 'Carts']

const operationsWithLanguage = new Set(
  Object.entries(operations)
    .filter(([, { tag }]) => repeatingLanguage.includes(tag))
    .map(([name]) => name),
)

/**
 * A hook that sets the headers of every reply, for tracing and `nosniff`: MS-RequestId and MS-CorrelationId as received,
 * whatever they are, or new ones. Fastify has made the former the id of the request (`requestIdHeader`), and WireResponse
 * writes the names in their case. https://learn.microsoft.com/partner-center/developer/headers
 */
export function stampIds(request: FastifyRequest, reply: FastifyReply, next?: () => void): void {
  const { headers } = request
  reply.header('ms-correlationid', headers['ms-correlationid'] || newTracingId())
  reply.header('ms-requestid', request.id)
  if (operationsWithLanguage.has(operationOf(request) ?? '')) reply.header('x-locale', headers['x-locale'] || 'en-US')
  reply.header('ms-cv', headers['ms-cv'] || newVector())
  reply.header('ms-serverid', serverId)
  // A browser must not read an uploaded file as a page.
  reply.header('x-content-type-options', 'nosniff')
  next?.()
}
