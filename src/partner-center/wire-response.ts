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
  'Retry-After',
  'Allow',
  'X-Emulator-Replayed',
  'X-Emulator-Hint',
  'X-Emulator-Fault',
  'Date',
]

const writtenNameOf = new Map(writtenNames.map((name) => [name.toLowerCase(), name]))

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined

/** The response class of the server. */
export class WireResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  #echoesMoreThanAscii = false
  #breaksOff = false

  /** The answer will stop half-way through its body, and the connection with it. */
  breakOff(): void {
    this.#breaksOff = true
  }

  override setHeader(name: string, value: OutgoingHttpHeader | readonly string[]): this {
    return super.setHeader(writtenNameOf.get(name.toLowerCase()) ?? name, value)
  }

  override writeHead(statusCode: number, reason?: string | Headers, headers?: Headers): this {
    this.#echoesMoreThanAscii = echoedNames.some((name) => moreThanAscii.test(this.req.headers[name]?.toString() ?? ''))
    return typeof reason === 'string'
      ? super.writeHead(statusCode, reason, asWritten(headers))
      : super.writeHead(statusCode, asWritten(reason))
  }

  // Node writes the head together with a body that is text, in the encoding of the body, and header values are Latin-1.
  override end(callback?: () => void): this
  override end(chunk: unknown, callback?: () => void): this
  override end(chunk: unknown, encoding: BufferEncoding, callback?: () => void): this
  override end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
    const body = this.#echoesMoreThanAscii && typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    if (this.#breaksOff && (typeof chunk === 'string' || Buffer.isBuffer(chunk))) {
      const bytes = Buffer.from(chunk)
      super.write(bytes.subarray(0, bytes.length / 2), () => this.destroy())
      return this
    }
    return Reflect.apply(super.end, this, [body, encoding, callback])
  }
}

/** What a client sends in these comes back as it was. */
const echoedNames = ['ms-requestid', 'ms-correlationid', 'ms-cv']

const moreThanAscii = /[\x80-\xff]/

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
