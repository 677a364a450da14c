import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from 'node:http'

/**
 * Headers in the case and order of the service. HTTP ignores their case, but clients compare replies with
 * recorded ones, and Fastify writes every name in lower case.
 */
const headerNames = [
  'Content-Length',
  'Content-Type',
  'MS-CorrelationId',
  'MS-RequestId',
  'X-Locale',
  'MS-CV',
  'MS-ServerId',
  'WWW-Authenticate',
  'Retry-After',
  'Allow',
  'X-Content-Type-Options',
  'X-Emulator-Replayed',
  'X-Emulator-Hint',
  'X-Emulator-Fault',
  'Date',
]

const placeOf = new Map(headerNames.map((name, place) => [name.toLowerCase(), place]))

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined

/** The response class of the server. */
export class WireResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  #isTruncated = false
  #isEmpty = false
  /** The Content-Length of the reply. */
  #bodyBytes = 0

  /** Makes the reply stop in the middle of its body, and then closes the connection. */
  truncate(): void {
    this.#isTruncated = true
  }

  /** Makes a reply without a body say so with a Content-Length, as the service does. HTTP itself does not need it with 204. */
  declareEmpty(): void {
    this.#isEmpty = true
  }

  override setHeader(name: string, value: OutgoingHttpHeader | readonly string[]): this {
    return super.setHeader(headerNames[placeOf.get(name.toLowerCase()) ?? -1] ?? name, value)
  }

  override writeHead(statusCode: number, reason?: string | Headers, headers?: Headers): this {
    const given = typeof reason === 'string' ? headers : reason
    const named = given === undefined || Array.isArray(given) ? undefined : given
    if (this.#isEmpty && named !== undefined) named['content-length'] = 0
    const ordered = named === undefined ? given : inServiceOrder(named)
    this.#bodyBytes = Number(named?.['content-length'])
    return typeof reason === 'string'
      ? super.writeHead(statusCode, reason, ordered)
      : super.writeHead(statusCode, ordered)
  }

  override end(callback?: () => void): this
  override end(chunk: unknown, callback?: () => void): this
  override end(chunk: unknown, encoding: BufferEncoding, callback?: () => void): this
  override end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
    if (this.#isTruncated && (typeof chunk === 'string' || Buffer.isBuffer(chunk))) {
      const bytes = Buffer.from(chunk)
      super.write(bytes.subarray(0, bytes.length / 2), () => this.destroy())
      return this
    }
    if (typeof chunk !== 'string') return Reflect.apply(super.end, this, [chunk, encoding, callback])
    // Node writes head and text in one piece, in the encoding of the text, and header values are Latin-1. A text of ASCII
    // has the same bytes in Latin-1 as in UTF-8. Sending every text as a buffer costs 18 % more for each GET.
    const done = typeof callback === 'function' ? callback : encoding
    const isAscii = chunk.length === this.#bodyBytes
    return Reflect.apply(super.end, this, isAscii ? [chunk, 'latin1', done] : [Buffer.from(chunk), done])
  }
}

/** Names and values in turn. Node writes such a list as it is. */
function inServiceOrder(headers: OutgoingHttpHeaders): OutgoingHttpHeader[] {
  const values: (OutgoingHttpHeader | undefined)[] = headerNames.map(() => undefined)
  const others: OutgoingHttpHeader[] = []
  for (const name in headers) {
    const place = placeOf.get(name)
    const value = headers[name]
    if (value === undefined) continue
    if (place === undefined) others.push(name, value)
    else values[place] = value
  }
  const ordered: OutgoingHttpHeader[] = []
  for (let place = 0; place < values.length; place++) {
    const value = values[place]
    if (value !== undefined) ordered.push(headerNames[place] ?? '', value)
  }
  return others.length === 0 ? ordered : [...ordered, ...others]
}
