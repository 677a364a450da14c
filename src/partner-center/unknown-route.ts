import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { answerGatewayNotFound } from './gateway.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Resources that Partner Center documents and the emulator does not have, as paths below `/v1`.
 * https://learn.microsoft.com/partner-center/developer/partner-center-rest-resources
 */
const notEmulated: readonly RegExp[] = [
  /^customers\/[^/]+\/(entitlements|profiles|transfers|usagesummary|users|validationcodes)(\/|$)/i,
  /^(auditrecords|invoices|offercategories|offers|productupgrades|profiles|ratecards|relationships|usagesummary)(\/|$)/i,
]

/** Answers what is no route, as the gateway in front of the service does, and hints at what was meant. */
export function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): void {
  answerGatewayNotFound(request, reply, hintFor(request.url))
}

function hintFor(url: string): string {
  const path = url
    .replace(/[?#].*$/, '')
    .replace(/\/+/g, '/')
    .replace(/^\/|\/$/g, '')
  const versioned = /^v1\//i.test(path) ? path.slice('v1/'.length) : undefined
  if (versioned !== undefined && notEmulated.some((resource) => resource.test(versioned))) {
    return `/v1/${versioned} is documented by Partner Center but not emulated`
  }
  if (versioned === undefined && /^(customers|products|subscriptions)\b/i.test(path)) {
    return `paths of the API start with /v1: try /v1/${path}`
  }
  return 'the API starts with /v1/customers/{customer-tenant-id}/orders; GET /_emulator/openapi.yaml lists its routes'
}

/**
 * Watches the routes that are added to `app` from now on, and gives a plugin, to be registered last, that answers the
 * methods they do not have: OPTIONS with what is allowed, the others as the gateway does, which knows no 405.
 */
export function otherMethods(app: FastifyInstance): FastifyPluginCallback {
  const allowedOn = new Map<string, string[]>()
  app.addHook('onRoute', ({ routePath, method }) => {
    allowedOn.set(routePath, (allowedOn.get(routePath) ?? []).concat(method))
  })
  return (routes, _options, done) => {
    for (const [url, allowed] of [...allowedOn]) {
      const allow = [...allowed, 'OPTIONS'].sort().join(', ')
      const schema = { hide: true }
      routes.options(url, { schema }, (_request, reply) => {
        reply.code(204).header('Allow', allow).send()
      })
      routes.route({
        method: methods.filter((method) => !allowed.includes(method)),
        url,
        schema,
        handler: (request, reply) => {
          reply.header('Allow', allow)
          answerGatewayNotFound(request, reply, `the method ${request.method} is not one of ${allow}`)
        },
      })
    }
    done()
  }
}
