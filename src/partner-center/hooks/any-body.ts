import type { FastifyInstance, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route takes multipart bodies, so that its Content-Type matters. */
    multipart?: boolean
  }
}

/**
 * Reads every body as a text, whatever its Content-Type says. Handlers parse it: the service checks the customer and the
 * order before it looks at the body.
 */
export function acceptAnyBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
}

/** A hook that hides the Content-Type from Fastify, which would refuse a malformed one. */
export function ignoreContentType({ headers, routeOptions }: FastifyRequest, _reply: unknown, next: () => void): void {
  // Deleting the member would make the headers a slow object.
  if (headers['content-type'] !== undefined && routeOptions.config.multipart !== true)
    headers['content-type'] = undefined
  next()
}
