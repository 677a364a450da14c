import type { FastifyReply, FastifyRequest } from 'fastify'
import { isOnRoute, partsOf, routeKey } from '../../model/documentation/routes.ts'
import { lazy } from '../../model/lazy.ts'
import { pageUrl } from '../../model/sources.ts'
import { findRoute, hintOf, notEmulated } from './documented-routes.ts'
import { replyGatewayNotFound } from './gateway.ts'

/**
 * Resources that Partner Center documents outside the area of orders, as paths below `/v1`. The routes of the area itself
 * are in model/documentation/routes.ts. https://learn.microsoft.com/partner-center/developer/partner-center-rest-resources
 */
const outside =
  /^(customers\/[^/]+\/(users|usagesummary|servicerequests)|invoices|productupgrades|profiles|ratecards|servicerequests|usagesummary)(\/|$)/i

/** The routes of the API: the methods of each path, and the documented routes that are not emulated, read on first use. */
export class ApiRoutes {
  readonly methods = new Map<string, string[]>()
  readonly notEmulated = lazy(() => notEmulated(this.keys))

  add({ url, method }: { url: string; method: string | string[] }): void {
    this.methods.set(url, (this.methods.get(url) ?? []).concat(method))
  }

  /** The routes as `routeKey` writes them. */
  get keys(): ReadonlySet<string> {
    return new Set([...this.methods].flatMap(([url, methods]) => methods.map((method) => routeKey(method, url))))
  }
}

/**
 * Replies to an unknown route as the gateway in front of the service does, with a hint at the nearest route, or at the page
 * of a documented route that is not emulated. The gateway has no 405, so a wrong method is an unknown route as well; OPTIONS
 * lists the methods of a route.
 */
export function replyToUnknownRoute(request: FastifyRequest, reply: FastifyReply, routes: ApiRoutes): void {
  const path = pathOf(request)
  const documented = findRoute(routes.notEmulated(), request, path)
  if (documented !== undefined) {
    replyGatewayNotFound(request, reply, hintOf(documented))
    return
  }
  const parts = path.split('/')
  const allowed = [...routes.methods].find(([route]) => isOnRoute(parts, partsOf(route)))?.[1]
  if (allowed === undefined) replyGatewayNotFound(request, reply, hintFor(path))
  else replyToWrongMethod(request, reply, allowed)
}

function replyToWrongMethod(request: FastifyRequest, reply: FastifyReply, methods: readonly string[]): void {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ')
  reply.header('Allow', allow)
  if (request.method === 'OPTIONS') reply.code(204).send()
  else replyGatewayNotFound(request, reply, `the method ${request.method} is not one of ${allow}`)
}

/** The path of a request, with the router's tolerance for slashes. */
function pathOf({ url }: FastifyRequest): string {
  return url
    .replace(/[?#].*$/, '')
    .replace(/\/+/g, '/')
    .replace(/^\/|\/$/g, '')
}

function hintFor(path: string): string {
  const versioned = /^v1\//i.test(path) ? path.slice('v1/'.length) : undefined
  if (versioned !== undefined && outside.test(versioned)) {
    return `/v1/${versioned} is documented and not emulated: ${pageUrl('partner-center-rest-resources')}`
  }
  if (versioned === undefined && /^(customers|products|subscriptions)\b/i.test(path)) {
    return `paths of the API start with /v1: try /v1/${path}`
  }
  return 'the API starts with /v1/customers/{customer-tenant-id}/orders; GET /_emulator/openapi.yaml lists its routes'
}
