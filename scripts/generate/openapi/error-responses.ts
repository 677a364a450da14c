import { type ErrorName, errorCatalog } from '../../../src/partner-center/protocol/error-catalog.ts'
import { ErrorBody, PartnerCenterError } from '../../../src/partner-center/protocol/errors.ts'
import { GatewayErrorBody } from '../../../src/partner-center/protocol/gateway.ts'
import { type OperationName, operations } from '../../../src/partner-center/protocol/operations.ts'
import { type ApiDocument, type Example, isReference, type Operation, operationsOf } from './types.ts'

/** The errors of the gateway, with the operation that alone has them. */
const gatewayErrors = [
  {
    name: 'productionAccount',
    status: 404,
    message: 'Resource not found',
    description: 'The account is a production account.',
    only: 'deleteCustomer',
  },
  {
    name: 'throttled',
    status: 429,
    message: 'Rate limit is exceeded. Try again in 60 seconds.',
    description: 'More requests than `--throttle` allows; `Retry-After` has the seconds to wait.',
    only: undefined,
  },
] as const

/** The response schemas of an operation's errors: one for each status, with its codes and their causes. */
export function errorResponses(operationId: OperationName) {
  const lines = new Map<number, string[]>()
  for (const name of errorsOf(operationId)) {
    const { status, code, description, when } = errorCatalog[name]
    lines.set(status, [...(lines.get(status) ?? []), `\`${code}\` ${description.replace(/\.$/, '')}: ${when}.`])
  }
  const ofService = [...lines].map(([status, causes]) => [status, response(listOf(causes), ErrorBody())])
  const ofGateway = gatewayErrorsOf(operationId).map(({ status, description }) => [
    status,
    response(description, GatewayErrorBody()),
  ])
  return Object.fromEntries([...ofService, ...ofGateway])
}

function listOf(causes: readonly string[]): string {
  return causes.length === 1 ? causes.join('') : causes.map((cause) => `- ${cause}`).join('\n')
}

function response<Body>(description: string, schema: Body) {
  return { description, content: { 'application/json': { schema } } }
}

function errorsOf(operationId: OperationName): readonly ErrorName[] {
  return operations[operationId].errors
}

function gatewayErrorsOf(operationId: string) {
  return gatewayErrors.filter(({ only }) => only === undefined || only === operationId)
}

/** Gives each error response of the API an example of each of its errors. */
export function addErrorExamples(document: ApiDocument): void {
  const examples: Record<string, Example> = {}
  for (const operation of operationsOf(document)) {
    const { operationId } = operation
    if (!isOperation(operationId)) continue
    for (const name of errorsOf(operationId)) {
      const { status, body } = new PartnerCenterError(name)
      examples[name] = { value: body }
      addExample(operation, status, name)
    }
    for (const { status, name, message } of gatewayErrorsOf(operationId)) {
      examples[name] = { value: { statusCode: status, message } }
      addExample(operation, status, name)
    }
  }
  document.components.examples = examples
}

export function isOperation(name: string): name is OperationName {
  return name in operations
}

function addExample({ responses }: Operation, status: number, name: string): void {
  const response = responses[status]
  const media = response === undefined || isReference(response) ? undefined : response.content?.['application/json']
  if (media !== undefined) media.examples = { ...media.examples, [name]: { $ref: `#/components/examples/${name}` } }
}
