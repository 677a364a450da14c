import type { FastifyReply, FastifyRequest } from 'fastify'
import { replyGatewayNotFound } from './gateway.ts'

/**
 * Resources that Partner Center documents and the emulator lacks, as paths below `/v1`.
 * https://learn.microsoft.com/partner-center/developer/partner-center-rest-resources
 */
const notEmulated: readonly RegExp[] = [
  /^customers\/[^/]+\/(entitlements|profiles|transfers|usagesummary|users|validationcodes)(\/|$)/i,
  /^(auditrecords|invoices|offercategories|offers|productupgrades|profiles|ratecards|relationships|usagesummary)(\/|$)/i,
]

/** The methods of each route of the API, by its path. */
export type RouteMethods = Map<string, string[]>

/**
 * Replies to an unknown route as the gateway in front of the service does, with a hint at the nearest route. The gateway has
 * no 405, so a wrong method is an unknown route as well; OPTIONS lists the methods of a route.
 */
export function replyToUnknownRoute(request: FastifyRequest, reply: FastifyReply, methods: RouteMethods): void {
  const path = pathOf(request)
  const allowed = [...methods].find(([route]) => isOnRoute(path, route))?.[1]
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
