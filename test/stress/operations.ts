import { readFileSync } from 'node:fs'
import { packageRoot } from '../../src/version.ts'
import type { Schema, Schemas } from './bodies.ts'

interface Parameter {
  name: string
  in: string
  schema: Schema
  example?: unknown
}

interface Content {
  schema?: Schema
  example?: unknown
  examples?: Record<string, { value?: unknown }>
}

interface Described {
  operationId: string
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: { content: Record<string, Content> }
}

interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Schemas; parameters: Record<string, Parameter> }
}

/** An operation of one of the two documents. */
export interface Operation {
  name: string
  method: string
  /** With placeholders such as `{orderId}`. */
  path: string
  parameters: readonly Parameter[]
  body: { type: string; schema: Schema; example: unknown } | undefined
  schemas: Schemas
}

/** The operations of a document, such as `docs/api/openapi.json`. */
export function readOperations(file: string): Operation[] {
  const document: Document = JSON.parse(readFileSync(new URL(file, packageRoot), 'utf8'))
  const { schemas, parameters: shared } = document.components
  const resolve = (parameter: Parameter | { $ref: string }) =>
    '$ref' in parameter ? (shared[parameter.$ref.replace('#/components/parameters/', '')] ?? []) : parameter
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== 'parameters')
      .map(([method, { operationId, parameters = [], requestBody }]) => ({
        name: operationId,
        method: method.toUpperCase(),
        path,
        parameters: parameters.flatMap(resolve),
        body: bodyOf(requestBody?.content ?? {}),
        schemas,
      })),
  )
}

function bodyOf(content: Record<string, Content>): Operation['body'] {
  for (const [type, { schema = {}, example, examples = {} }] of Object.entries(content))
    return { type, schema, example: example ?? Object.values(examples)[0]?.value }
  return undefined
}
