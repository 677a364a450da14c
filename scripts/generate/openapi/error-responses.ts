import { type ErrorName, errorCatalog } from '../../../src/partner-center/protocol/error-catalog.ts'
import { ErrorBody } from '../../../src/partner-center/protocol/errors.ts'

interface ErrorResponse {
  description: string
  content: { 'application/json': { schema: ReturnType<typeof ErrorBody> } }
}

/** The response schemas of an operation's errors: one for each status, with its codes and their causes. */
export function errorResponses(names: readonly ErrorName[]): Record<number, ErrorResponse> {
  const responses: Record<number, ErrorResponse> = {}
  for (const name of names) {
    const { status, code, description, when } = errorCatalog[name]
    const line = `- \`${code}\` ${description}: ${when}.`
    const earlier = responses[status]?.description
    responses[status] = {
      description: earlier === undefined ? line : `${earlier}\n${line}`,
      content: { 'application/json': { schema: ErrorBody() } },
    }
  }
  return responses
}
