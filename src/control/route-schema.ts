import type { LazySchema } from '../model/lazy.ts'
import type { Documented, RequestSchemas } from '../routes.ts'

/**
 * The schema of a control route: its name, a summary, its request, and its replies by status. `undefined`: a reply
 * without a body. Fastify validates the request; the generated documents show the rest.
 */
export function describeControl<const Request extends RequestSchemas>(
  operationId: string,
  summary: string,
  request: Request,
  replies: Readonly<Record<number, LazySchema | undefined>>,
): { operationId: string; summary: string; documented: Documented } & Request {
  return { operationId, summary, documented: { replies }, ...request }
}
