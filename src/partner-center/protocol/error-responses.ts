import { documentedErrors, type ErrorName } from './error-catalog.ts'
import { ErrorBody } from './errors.ts'

interface ErrorResponse {
  description: string
  content: { 'application/json': { schema: typeof ErrorBody } }
}

/** The response schemas of a route's errors: one a status, with its codes and when they are answered. */
export function errorResponses(names: readonly ErrorName[]): Record<number, ErrorResponse> {
  const responses: Record<number, ErrorResponse> = {}
  for (const name of names) {
    const { status, code, description, when } = documentedErrors[name]
    const line = `- \`${code}\` ${description}: ${when}.`
    const earlier = responses[status]?.description
    responses[status] = {
      description: earlier === undefined ? line : `${earlier}\n${line}`,
      content: { 'application/json': { schema: ErrorBody } },
    }
  }
  return responses
}
