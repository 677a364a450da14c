import * as z from 'zod'
import type { LazySchema } from '../../../src/model/lazy.ts'
import { pageUrl } from '../../../src/model/sources.ts'
import { operations } from '../../../src/partner-center/protocol/operations.ts'
import type { Documented, RequestSchemas } from '../../../src/routes.ts'
import { controlErrorResponses } from './control-errors.ts'
import { apiDescriptions, controlDescriptions } from './descriptions.ts'
import { errorResponses, isOperation } from './error-responses.ts'

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

const VersionHeaders = TracingHeaders.extend({
  'If-Match': z.string().optional().meta({ description: 'Etag that a legacy resource must have. `*` matches any.' }),
})

const AccountHeaders = z.object({
  'X-Emulator-Account': z.string().optional().meta({ description: 'Name of the account. `default` without it.' }),
})

/** Routes of the control plane that are not for one account. */
const withoutAccount: readonly string[] = ['listAccounts', 'getAccount', 'putAccount', 'deleteAccount']

function requestSchemas({ params, querystring, body, documented }: RouteSchema) {
  const requestBody = (documented.body ?? body)?.()
  return {
    ...(params === undefined ? {} : { params: params() }),
    ...(querystring === undefined ? {} : { querystring: querystring() }),
    ...(requestBody === undefined ? {} : { body: requestBody, consumes: [mediaTypeOf(requestBody)] }),
  }
}

function mediaTypeOf(schema: z.ZodType): string {
  return String(z.globalRegistry.get(schema)?.['mediaType'] ?? 'application/json')
}

/** A reply of a route. Without a schema, it has no body. */
function replySchema(schema: LazySchema | undefined, status: string) {
  if (schema === undefined) return z.undefined().meta({ description: 'Success, without a body.' })
  const built = schema()
  const description = status.startsWith('2') ? 'Success.' : (built.description ?? '')
  return { description, content: { [mediaTypeOf(built)]: { schema: built } } }
}

function replySchemas({ documented }: RouteSchema) {
  return Object.fromEntries(
    Object.entries(documented.replies).map(([status, schema]) => [status, replySchema(schema, status)]),
  )
}

/** The schema of an API route, with zod schemas for the transform of fastify-type-provider-zod. */
export function apiRouteSchema(route: RouteSchema) {
  const { operationId } = route
  if (!isOperation(operationId)) throw new Error(`${operationId} is not in the table of operations`)
  const { tag, summary, page } = operations[operationId]
  const versioned = operationId === 'patchOrder' || operationId === 'patchSubscription'
  return {
    operationId,
    summary,
    description: apiDescriptions[operationId],
    externalDocs: { url: pageUrl(page) },
    tags: [tag],
    headers: versioned ? VersionHeaders : TracingHeaders,
    ...requestSchemas(route),
    response: { ...replySchemas(route), ...errorResponses(operationId) },
  }
}

/** The schema of a control route. */
export function controlRouteSchema(route: RouteSchema) {
  const { operationId, summary } = route
  const described = controlDescriptions[operationId]
  if (described === undefined) throw new Error(`${operationId} has no description`)
  const { tag, description } = described
  return {
    operationId,
    summary,
    description,
    tags: [tag],
    ...(withoutAccount.includes(operationId) ? {} : { headers: AccountHeaders }),
    ...requestSchemas(route),
    response: { ...replySchemas(route), ...controlErrorResponses() },
  }
}
