import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { WireRequest } from '../../transport/request.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route takes multipart bodies, so that its Content-Type matters. */
    multipart?: boolean
  }
}

/** The Content-Type of a body that WireRequest collects. */
const collected = 'application/x-collected'

/** In bytes. Fastify reads a longer body, or one of unknown length, and refuses a body over the limit. */
const collectedAtMost = 64 * 1024

/**
 * Reads every body as a text, whatever its Content-Type says. Handlers parse it: the service checks the customer and the
 * order before it looks at the body.
 */
export function acceptAnyBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addContentTypeParser(collected, (request, _payload, done) => {
    // A client may send this Content-Type where the hook below does not run.
    if (isCollectable(request)) request.raw.collect((body) => done(null, body))
    else done(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
  })
}

/** A hook that hides the Content-Type from Fastify, which would refuse a malformed one. */
export function ignoreContentType(request: FastifyRequest, _reply: FastifyReply, next: () => void): void {
  const { headers } = request
  if (request.routeOptions.config.multipart !== true) {
    // Deleting the member would make the headers a slow object.
    if (isCollectable(request)) headers['content-type'] = collected
    else if (headers['content-type'] !== undefined) headers['content-type'] = undefined
  }
  next()
}

function isCollectable(request: FastifyRequest): request is FastifyRequest & { raw: WireRequest } {
  const { raw, headers } = request
  const length = Number(headers['content-length'])
  return length > 0 && length <= collectedAtMost && raw instanceof WireRequest && raw.isUnread
}
