/** An OpenAPI document, as far as the generator reads and completes it. */
export interface ApiDocument {
  openapi: string
  info: object
  servers?: object[]
  tags?: object[]
  security?: object[]
  paths: Record<string, PathItem>
  components: Components
}

export interface Components {
  securitySchemes?: Record<string, object>
  parameters?: Record<string, Parameter>
  headers?: Record<string, Header>
  responses?: Record<string, Response>
  examples?: Record<string, Example>
  schemas: Record<string, Schema>
}

export interface Reference {
  $ref: string
}

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** The operations of a path by their methods, in the order of the routes, and the parameters that they share. */
export type PathItem = Partial<Record<(typeof methods)[number], Operation>> & {
  parameters?: (Parameter | Reference)[]
}

export interface Operation {
  operationId: string
  summary: string
  description: string
  externalDocs?: { url: string }
  tags?: string[]
  parameters?: (Parameter | Reference)[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, Response | Reference>
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  description?: string
  example?: unknown
  schema: Schema
}

export interface Response {
  description: string
  headers?: Record<string, Reference>
  content?: Record<string, Media>
}

export interface Header {
  description: string
  schema: Schema
  example: unknown
}

export interface Media {
  schema: Schema
  example?: unknown
  examples?: Record<string, Example | Reference>
}

export interface Example {
  value: unknown
}

/** A JSON Schema. Its members are read by name, where a step knows them. */
export type Schema = Record<string, unknown>

export function isReference(value: object): value is Reference {
  return '$ref' in value
}

export function operationsOf({ paths }: ApiDocument): Operation[] {
  return Object.values(paths).flatMap(operationsIn)
}

export function operationsIn(item: PathItem): Operation[] {
  return callsIn(item).map(({ operation }) => operation)
}

/** The operations of a path with their methods, in the order of the routes. */
export function callsIn(item: PathItem): { method: string; operation: Operation }[] {
  return Object.keys(item).flatMap((key) => {
    const method = methods.find((known) => known === key)
    const operation = method === undefined ? undefined : item[method]
    return method === undefined || operation === undefined ? [] : [{ method, operation }]
  })
}
