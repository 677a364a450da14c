import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { pino } from 'pino'
import { Snapshots } from '../../../src/accounts/snapshots.ts'
import { controlRoutes } from '../../../src/control/plane.ts'
import { buildEmulator } from '../../../src/emulator.ts'
import { lazy } from '../../../src/model/lazy.ts'
import { readOptions } from '../../../src/options.ts'
import { resources } from '../../../src/partner-center/resources.ts'
import { type About, aboutApi, aboutControl } from './about.ts'
import { addControlErrorExamples } from './control-errors.ts'
import { addErrorExamples } from './error-responses.ts'
import { apiRequests, controlRequests } from './example-requests.ts'
import { addExamples, shareExamples } from './examples.ts'
import { addApiHeaders, addControlHeaders } from './headers.ts'
import { shareParameters } from './parameters.ts'
import { shareResponses } from './responses.ts'
import { apiRouteSchema, controlRouteSchema, type RouteSchema } from './route-schemas.ts'
import { readDocument } from './schemas.ts'
import type { ApiDocument } from './types.ts'
import { yamlOf } from './yaml.ts'

/** An OpenAPI document in both forms. */
export interface OpenApiTexts {
  json: string
  yaml: string
}

/** Describes the Partner Center routes as OpenAPI 3.1. */
export const describeApi = lazy(async () => {
  const document = await describeRoutes(aboutApi, apiRouteSchema, '/v1', (app) => {
    for (const addRoutes of resources) addRoutes(app)
  })
  await addExamples(document, apiRequests)
  addErrorExamples(document)
  shareExamples(document)
  addApiHeaders(document)
  shareResponses(document)
  shareParameters(document)
  return textsOf(document)
})

/** Describes the control routes as OpenAPI 3.1. */
export const describeControlPlane = lazy(async () => {
  const { accounts } = buildEmulator(readOptions({}, {}), {
    logger: pino({ level: 'silent' }),
    requestLogLevel: 'debug',
  })
  const snapshots = new Snapshots(accounts, undefined)
  const options = { accounts, snapshots, operationNames: [], url: () => '' }
  const document = await describeRoutes(aboutControl, controlRouteSchema, '/_emulator', (app) =>
    controlRoutes(app, options),
  )
  await addExamples(document, controlRequests)
  addControlErrorExamples(document)
  shareExamples(document)
  addControlHeaders(document)
  shareResponses(document)
  shareParameters(document)
  return textsOf(document)
})

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
  const document = readDocument(JSON.stringify(app.swagger()))
  await app.close()
  return document
}

function isRouteSchema(schema: object | undefined): schema is RouteSchema {
  return schema !== undefined && 'documented' in schema
}

function textsOf(document: ApiDocument): OpenApiTexts {
  return { json: `${JSON.stringify(document, null, 2)}\n`, yaml: yamlOf(document) }
}
