import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type DocumentedRoute, documentedRoutes, isOnRoute, routeKey } from '../../model/documentation/routes.ts'
import { methodOf } from '../../transport/head-as-get.ts'
import { replyGatewayNotFound } from './gateway.ts'

/** The documented routes that no registered route emulates. `emulated`: the keys of the registered routes. */
export function notEmulated(emulated: ReadonlySet<string>): DocumentedRoute[] {
  return documentedRoutes().filter(({ method, path }) => !emulated.has(routeKey(method, path)))
}

/** The first of the routes that a request is for. `path`: as `pathOf` in unknown-route.ts gives it. */
export function findRoute(
  routes: readonly DocumentedRoute[],
  request: FastifyRequest,
  path: string,
): DocumentedRoute | undefined {
  const method = methodOf(request.raw)
  const parts = path.split('/')
  return routes.find((route) => route.method === method && isOnRoute(parts, route.parts))
}

/**
 * Adds the documented routes that are not emulated and lie where a route of the emulator has an id, such as
 * `/customers/{c}/subscriptions/overage`: the router would take `overage` for the id of a subscription.
 */
export function addRoutesBesideIds(app: FastifyInstance, emulated: ReadonlySet<string>): void {
  // At the start: each pattern is split once, and compared only with paths of its length.
  const patterns = Map.groupBy(
    [...emulated].map((key) => key.split('/')),
    ([method = '', ...parts]) => `${method}${parts.length}`,
  )
  const known = new Set(emulated)
  for (const route of documentedRoutes()) {
    const { method, path, parts } = route
    const others = patterns.get(`${method} ${parts.length}`) ?? []
    if (!others.some((other) => isOnRoute(parts, other.slice(1)))) continue
    const key = routeKey(method, path)
    if (known.has(key)) continue
    known.add(key)
    app.route({
      method,
      url: path.replace('{c}', ':customerTenantId').replace(/\{(\w+)\}/g, ':$1'),
      handler: (request, reply) => replyGatewayNotFound(request, reply, hintOf(route)),
    })
  }
}

/** The hint at a documented route that is not emulated. */
export function hintOf({ method, path, source }: DocumentedRoute): string {
  return `${method} ${path} is documented and not emulated: ${source.page} (${source.date})`
}
