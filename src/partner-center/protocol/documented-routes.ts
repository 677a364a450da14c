import type { FastifyRequest } from 'fastify'
import { type DocumentedRoute, documentedRoutes, isOnRoute, routeKey } from '../../model/documentation/routes.ts'
import { methodOf } from '../../transport/head-as-get.ts'

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
 * The documented routes that are not emulated and lie where a route of the emulator has an id: the router would take
 * `overage` for the id of a subscription. A test derives them from the tables, which takes too long at the start.
 */
export const besideIds: readonly (readonly [method: 'GET', url: string])[] = [
  ['GET', '/v1/customers/:customerTenantId/subscriptions/customTermEndDates'],
  ['GET', '/v1/customers/:customerTenantId/subscriptions/overage'],
  ['GET', '/v1/customers/:customerTenantId/subscriptions/usagerecords'],
  ['GET', '/v1/customers/relationshiprequests'],
]

/** The hint at a documented route that is not emulated. */
export function hintOf({ method, path, source }: DocumentedRoute): string {
  return `${method} ${path} is documented and not emulated: ${source.page} (${source.date})`
}
