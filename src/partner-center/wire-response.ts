import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'

/**
 * Headers in the case and order in which the service writes them. HTTP does not care, but recorded answers are compared
 * with these, and Fastify lowers every name.
 */
const writtenNames = [
  'Content-Length',
  'Content-Type',
  'MS-CorrelationId',
  'MS-RequestId',
  'MS-CV',
  'MS-ServerId',
  'WWW-Authenticate',
  'Allow',
  'X-Emulator-Replayed',
  'X-Emulator-Hint',
]

const writtenNameOf = new Map(writtenNames.map((name) => [name.toLowerCase(), name]))

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined

/** The response class of the server. */
export class WireResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  override setHeader(name: string, value: OutgoingHttpHeader | readonly string[]): this {
    return super.setHeader(writtenNameOf.get(name.toLowerCase()) ?? name, value)
  }

  override writeHead(statusCode: number, reason?: string | Headers, headers?: Headers): this {
    return typeof reason === 'string'
      ? super.writeHead(statusCode, reason, asWritten(headers))
      : super.writeHead(statusCode, asWritten(reason))
  }
}

function asWritten(headers: Headers): Headers {
  if (headers === undefined || Array.isArray(headers)) return headers
  const written: OutgoingHttpHeaders = {}
  for (const [lower, name] of writtenNameOf) {
    if (headers[lower] !== undefined) written[name] = headers[lower]
  }
  for (const name in headers) {
    if (!writtenNameOf.has(name)) written[name] = headers[name]
  }
  return written
}
