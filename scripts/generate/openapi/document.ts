import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { pino } from 'pino'
import { stringify } from 'yaml'
import { controlRoutes } from '../../../src/control/plane.ts'
import { Snapshots } from '../../../src/control/snapshots.ts'
import { buildEmulator } from '../../../src/emulator.ts'
import { builtInFixtures, readFixtures } from '../../../src/fixtures/fixtures.ts'
import type { OrderStatus } from '../../../src/model/orders/schema.ts'
import { readOptions } from '../../../src/options.ts'
import type { ErrorName } from '../../../src/partner-center/protocol/error-catalog.ts'
import { PartnerCenterError } from '../../../src/partner-center/protocol/errors.ts'
import { type OperationName, operations } from '../../../src/partner-center/protocol/operations.ts'
import { resources } from '../../../src/partner-center/resources.ts'
import { type About, aboutApi, aboutControl } from './about.ts'
import { apiRouteSchema, controlRouteSchema, type RouteSchema } from './route-schemas.ts'

/** An OpenAPI document in both forms. */
export interface OpenApiTexts {
  json: string
  yaml: string
}

/** The parts of an OpenAPI document that are completed here. */
interface ApiDocument {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; examples?: Record<string, Example> }
}

interface Example {
  value: unknown
}

interface Operation {
  operationId: OperationName
  responses: Record<string, { content?: Record<string, { examples?: Record<string, { $ref: string }> }> }>
}

/** Describes the Partner Center routes as OpenAPI 3.1. */
export async function describeApi(): Promise<OpenApiTexts> {
  const document = await describeRoutes(aboutApi, apiRouteSchema, '/v1', (app) => {
    for (const addRoutes of resources) addRoutes(app)
  })
  addExamples(document)
  dropUnusedSchemas(document)
  return textsOf(document)
}

/** Describes the control routes as OpenAPI 3.1. */
export async function describeControlPlane(): Promise<OpenApiTexts> {
  const { accounts } = buildEmulator(readOptions({}, {}), {
    logger: pino({ level: 'silent' }),
    requestLogLevel: 'debug',
  })
  const snapshots = new Snapshots(accounts, undefined)
  const options = { accounts, snapshots, operationNames: [], errorCodes: [], url: () => '' }
  const document = await describeRoutes(aboutControl, controlRouteSchema, '/_emulator', (app) =>
    controlRoutes(app, options),
  )
  dropUnusedSchemas(document)
  return textsOf(document)
}

/** Collects routes on an instance of their own. `schemaOf`: turns the schema of a route into one of zod. */
async function describeRoutes(
  about: About,
  schemaOf: (route: RouteSchema) => object,
  prefix: string,
  addRoutes: (app: FastifyInstance) => void,
): Promise<ApiDocument> {
  const app = fastify()
  app.setValidatorCompiler(() => () => true)
  await app.register(swagger, {
    openapi: about,
    transform: (route) => {
      const { schema } = route
      return jsonSchemaTransform(isRouteSchema(schema) ? { ...route, schema: schemaOf(schema) } : route)
    },
    transformObject: jsonSchemaTransformObject,
  })
  app.register(
    (scope, _options, done) => {
      addRoutes(scope)
      done()
    },
    { prefix },
  )
  await app.ready()
  const document: ApiDocument = JSON.parse(JSON.stringify(app.swagger()))
  await app.close()
  return document
}

function isRouteSchema(schema: object | undefined): schema is RouteSchema {
  return schema !== undefined && 'documented' in schema
}

function textsOf(document: ApiDocument): OpenApiTexts {
  return { json: `${JSON.stringify(document, null, 2)}\n`, yaml: stringify(document) }
}

/** The documentation's example of an order, as it stands when an operation has succeeded. */
const exampleOrderAfter: Partial<Readonly<Record<OperationName, OrderStatus>>> = {
  getOrder: 'completed',
  patchOrder: 'cancelled',
}

function addExamples({ paths, components }: ApiDocument): void {
  components.examples = {}
  const [documented] = readFixtures(builtInFixtures).orders
  for (const { operationId, responses } of Object.values(paths).flatMap((path) => Object.values(path))) {
    const status = exampleOrderAfter[operationId]
    if (status !== undefined) {
      components.examples[`${status}Order`] = { value: { ...documented?.order, status } }
      addExample(responses, 200, `${status}Order`)
    }
    const errors: readonly ErrorName[] = operations[operationId].errors
    for (const name of errors) {
      const error = new PartnerCenterError(name)
      components.examples[name] = { value: error.body }
      addExample(responses, error.status, name)
    }
  }
}

function addExample(responses: Operation['responses'], status: number, name: string): void {
  const media = responses[status]?.content?.['application/json']
  if (media !== undefined) media.examples = { ...media.examples, [name]: { $ref: `#/components/examples/${name}` } }
}

/**
 * Every schema with an id becomes two components, as it is read and as it is written; drops what nothing refers to. Sorts
 * the others, since they come in the order in which modules were loaded.
 */
function dropUnusedSchemas({ paths, components }: ApiDocument): void {
  const used = new Set<string>()
  const keepReferencesOf = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      keepReferencesOf(components.schemas[name])
    }
  }
  keepReferencesOf(paths)
  components.schemas = Object.fromEntries([...used].sort().map((name) => [name, components.schemas[name]]))
}
