import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { answerGatewayNotFound } from './gateway.ts'

/**
 * Resources that Partner Center documents and the emulator does not have, as paths below `/v1`.
 * https://learn.microsoft.com/partner-center/developer/partner-center-rest-resources
 */
const notEmulated: readonly RegExp[] = [
  /^customers\/[^/]+\/(entitlements|profiles|transfers|usagesummary|users|validationcodes)(\/|$)/i,
  /^(auditrecords|invoices|offercategories|offers|productupgrades|profiles|ratecards|relationships|usagesummary)(\/|$)/i,
]

/** The methods of the API's routes, by the path of the route. */
export type RouteMethods = Map<string, string[]>

/**
 * Answers what is no route, as the gateway in front of the service does, and hints at what was meant. A method that a route
 * does not have is no route either, since the gateway knows no 405; OPTIONS tells which there are.
 */
export const unknownRoutes: FastifyPluginCallback<{ methods: RouteMethods }> = (app, { methods }, done) => {
  // Whatever the body is, the route is what is wrong.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, read) => read(null, body))
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request)
    const allowed = [...methods].find(([route]) => isOnRoute(path, route))?.[1]
    if (allowed === undefined) answerGatewayNotFound(request, reply, hintFor(path))
    else
      answerOtherMethod(
        request,
        reply,
        [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', '),
      )
  })
  done()
}

function answerOtherMethod(request: FastifyRequest, reply: FastifyReply, allow: string): void {
  reply.header('Allow', allow)
  if (request.method === 'OPTIONS') reply.code(204).send()
  else answerGatewayNotFound(request, reply, `the method ${request.method} is not one of ${allow}`)
}

/** The path of a request, as lenient in its slashes as the router. */
function pathOf({ url }: FastifyRequest): string {
  return url
    .replace(/[?#].*$/, '')
    .replace(/\/+/g, '/')
    .replace(/^\/|\/$/g, '')
}

function isOnRoute(path: string, route: string): boolean {
  const parts = path.split('/')
  const patterns = route.slice(1).split('/')
  return (
    parts.length === patterns.length &&
    patterns.every((pattern, at) => pattern.startsWith(':') || pattern.toLowerCase() === parts[at]?.toLowerCase())
  )
}

function hintFor(path: string): string {
  const versioned = /^v1\//i.test(path) ? path.slice('v1/'.length) : undefined
  if (versioned !== undefined && notEmulated.some((resource) => resource.test(versioned))) {
    return `/v1/${versioned} is documented by Partner Center but not emulated`
  }
  if (versioned === undefined && /^(customers|products|subscriptions)\b/i.test(path)) {
    return `paths of the API start with /v1: try /v1/${path}`
  }
  return 'the API starts with /v1/customers/{customer-tenant-id}/orders; GET /_emulator/openapi.yaml lists its routes'
}
