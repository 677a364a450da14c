import type { IncomingMessage } from 'node:http'

/** Whether a request has a body of at least one byte, or of unknown length. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/**
 * Makes a request without a body look the same in all its forms: no Content-Type, and no length but 0. Fastify would wait
 * for the body of a Content-Type, and Node does not end such a body (`optimizeEmptyRequests`).
 */
export function unifyEmptyBody(request: Pick<IncomingMessage, 'headers'>): void {
  const { headers } = request
  if (headers['content-type'] === undefined && headers['content-length'] === undefined) return
  if (hasBody(request)) return
  headers['content-type'] = undefined
  headers['content-length'] = '0'
}
