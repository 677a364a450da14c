import type { IncomingMessage } from 'node:http'

const heads = new WeakSet<IncomingMessage>()

/**
 * Routes a HEAD request as a GET. Node already knows that the reply must be empty. Fastify would register a HEAD route for
 * each GET route, which makes the start longer.
 */
export function routeHeadAsGet(request: IncomingMessage): void {
  if (request.method !== 'HEAD') return
  heads.add(request)
  request.method = 'GET'
}

/** The original method of a request. */
export function methodOf(request: IncomingMessage): string {
  return heads.has(request) ? 'HEAD' : (request.method ?? '')
}
