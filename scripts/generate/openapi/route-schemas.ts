import * as z from 'zod'
import { ControlErrorBody } from '../../../src/control/errors.ts'
import type { LazySchema } from '../../../src/model/lazy.ts'
import { pageUrl } from '../../../src/model/sources.ts'
import { GatewayErrorBody } from '../../../src/partner-center/protocol/gateway.ts'
import { type OperationName, operations } from '../../../src/partner-center/protocol/operations.ts'
import type { Documented, RequestSchemas } from '../../../src/routes.ts'
import { errorResponses } from './error-responses.ts'

/** The schema that a route of the program registers. */
export interface RouteSchema extends RequestSchemas {
  operationId: string
  summary?: string
  documented: Documented
}

/** https://learn.microsoft.com/partner-center/developer/headers */
const TracingHeaders = z.object({
  'MS-RequestId': z.string().optional().meta({ description: 'Id of the request. It makes a retry idempotent.' }),
  'MS-CorrelationId': z.string().optional().meta({ description: 'Id of the call.' }),
})

function requestSchemas({ params, querystring, body, documented }: RouteSchema) {
  const requestBody = documented.body ?? body
  return {
    ...(params === undefined ? {} : { params: params() }),
    ...(querystring === undefined ? {} : { querystring: querystring() }),
    ...(requestBody === undefined ? {} : { body: requestBody() }),
  }
}

/** A reply of a route. Without a schema, it has no body. */
function replySchema(schema: LazySchema | undefined) {
  if (schema === undefined) return z.undefined().meta({ description: 'Success, without a body.' })
  const built = schema()
  const mediaType = String(z.globalRegistry.get(built)?.['mediaType'] ?? 'application/json')
  return { description: 'Success.', content: { [mediaType]: { schema: built } } }
}

function replySchemas({ documented }: RouteSchema) {
  return Object.fromEntries(Object.entries(documented.replies).map(([status, schema]) => [status, replySchema(schema)]))
}

function gatewayResponse(description: string) {
  return { description, content: { 'application/json': { schema: GatewayErrorBody() } } }
}

function isOperation(name: string): name is OperationName {
  return name in operations
}

/** The schema of an API route, with zod schemas for the transform of fastify-type-provider-zod. */
export function apiRouteSchema(route: RouteSchema) {
  const { operationId } = route
  if (!isOperation(operationId)) throw new Error(`${operationId} is not in the table of operations`)
  const { tag, summary, page, errors } = operations[operationId]
  return {
    operationId,
    summary,
    description: pageUrl(page),
    tags: [tag],
    headers: TracingHeaders,
    ...requestSchemas(route),
    response: {
      ...replySchemas(route),
      ...errorResponses(errors),
      ...(operationId === 'deleteCustomer' ? { 404: gatewayResponse('The account is a production account.') } : {}),
      429: gatewayResponse('More requests than `--throttle` allows; `Retry-After` has the seconds to wait.'),
    },
  }
}

/** The schema of a control route. */
export function controlRouteSchema(route: RouteSchema) {
  const { operationId, summary } = route
  const errors = Object.fromEntries([400, 401, 403, 404, 409, 507].map((status) => [status, ControlErrorBody()]))
  return { operationId, summary, ...requestSchemas(route), response: { ...errors, ...replySchemas(route) } }
}
