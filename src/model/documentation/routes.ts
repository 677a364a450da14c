import { lazy } from '../lazy.ts'
import { documented, type Source } from '../sources.ts'
import { catalogRoutes } from './catalog-routes.ts'
import { commerceRoutes } from './commerce-routes.ts'
import { customerRoutes } from './customer-routes.ts'
import { hostRoutes } from './host-routes.ts'
import type { Rank, RouteRow } from './route-row.ts'

/** A route that the documentation describes, emulated or not. */
export interface DocumentedRoute {
  rank: Rank
  method: string
  /** From the root of the host. A parameter is a name in braces. */
  path: string
  /** The parts of the path between its slashes. */
  parts: readonly string[]
  /** Names of query parameters. */
  query: readonly string[]
  source: Source
}

/** The SDK with the models and URLs that some routes are known from. */
const sdk: Source = {
  page: 'https://github.com/microsoft/partner-center-sdk-for-dotNET',
  date: '2023-06-06',
  evidence: 'client',
}

/** Every documented route of orders and the resources around them. A route has a row for each page that describes it. */
export const documentedRoutes = lazy((): readonly DocumentedRoute[] => {
  const ofApi = [...commerceRoutes, ...customerRoutes, ...catalogRoutes]
  return [...ofApi.map((row) => readRow(row, '/v1')), ...hostRoutes.map((row) => readRow(row, ''))]
})

function readRow([rank, request, page, date]: RouteRow, prefix: string): DocumentedRoute {
  const [, method = '', path = '', query] = /^(\w+) ([^?]+)(?:\?(.*))?$/.exec(request) ?? []
  return {
    rank,
    method,
    path: prefix + path,
    parts: partsOf(prefix + path),
    query: query?.split('&') ?? [],
    source: page === '' ? sdk : documented(page, date),
  }
}

/** The parts of a path that starts with a slash. */
export function partsOf(path: string): string[] {
  return path.slice(1).split('/')
}

/** Whether the parts of a path match those of a route, whose parameters are in braces or follow a colon. */
export function isOnRoute(parts: readonly string[], route: readonly string[]): boolean {
  return (
    parts.length === route.length &&
    route.every((part, at) => /^[{:]/.test(part) || part.toLowerCase() === parts[at]?.toLowerCase())
  )
}

/** A method and path in which routes are equal whatever the names of their parameters are: `GET /v1/products/{}`. */
export function routeKey(method: string, path: string): string {
  return `${method} ${path.replace(/:\w+|\{[^}]*\}/g, '{}').toLowerCase()}`
}
