import type { LazySchema } from '../../model/lazy.ts'
import type { Documented, RequestSchemas } from '../../routes.ts'
import type { OperationName } from './operations.ts'

/**
 * The schema of an operation's route: its request, and its successful reply, without `success` one without a body. The
 * table of operations has the errors. Fastify validates path and query; handlers read bodies themselves, since the service
 * checks the customer and the order before it looks at the body.
 */
export function describe<const Request extends RequestSchemas>(
  operationId: OperationName,
  { body, ...validated }: Request,
  status: number,
  success?: LazySchema,
): { operationId: OperationName; documented: Documented } & Omit<Request, 'body'> {
  return { operationId, documented: { body, replies: { [status]: success } }, ...validated }
}
