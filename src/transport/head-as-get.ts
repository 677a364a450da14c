import type { IncomingMessage } from 'node:http'

const heads = new WeakSet<IncomingMessage>()

/**
 * Lets a HEAD request be routed as the GET that it asks about; Node has noted by then that the answer has no body. A HEAD
 * route beside each GET route, which Fastify would add, makes a start longer.
 */
export function routeHeadAsGet(request: IncomingMessage): void {
  if (request.method !== 'HEAD') return
  heads.add(request)
  request.method = 'GET'
}

/** The method that a request came with. */
export function methodOf(request: IncomingMessage): string {
  return heads.has(request) ? 'HEAD' : (request.method ?? '')
}
