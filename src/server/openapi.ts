import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { stringify } from 'yaml'
import type { OpenApiTexts } from '../control/document-routes.ts'
import { healthRoute } from '../control/health-route.ts'
import { type ControlOptions, controlRoutes } from '../control/routes.ts'
import { builtInFixtures, readFixtures } from '../fixtures/fixtures.ts'
import type { OrderStatus } from '../model/orders/schema.ts'
import { attachmentRoutes } from '../partner-center/orders/attachment-routes.ts'
import { orderRoutes } from '../partner-center/orders/routes.ts'
import type { ErrorName } from '../partner-center/protocol/error-catalog.ts'
import { PartnerCenterError } from '../partner-center/protocol/errors.ts'
import { type OperationName, operations } from '../partner-center/protocol/operations.ts'
import { jsonRoutes, partnerCenterRoutes } from '../partner-center/protocol/plugin.ts'
import { furtherJsonRoutes } from '../partner-center/resources.ts'
import { TokenIssuer } from '../partner-center/tokens/issuer.ts'
import { version } from '../version.ts'
import { compileWithZod, noOtherCompilers } from './zod.ts'

type About = NonNullable<FastifyDynamicSwaggerOptions['openapi']>

/** What of an OpenAPI document is completed here. */
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

/** Describes the Partner Center routes as OpenAPI 3.1, from their own schemas. */
export async function describeApi(): Promise<OpenApiTexts> {
  const document = await describeRoutes(aboutApi, (app) => {
    app.register(partnerCenterRoutes, {
      prefix: '/v1',
      issuer: new TokenIssuer(),
      methods: new Map(),
      routes: [jsonRoutes(orderRoutes, ...furtherJsonRoutes), attachmentRoutes],
    })
  })
  addExamples(document)
  dropUnusedSchemas(document)
  return textsOf(document)
}

/** Describes the control routes in the same way. `options` are those of the server; nothing of them is called. */
export async function describeControlPlane(options: ControlOptions): Promise<OpenApiTexts> {
  const document = await describeRoutes(aboutControl, (app) => {
    app.register(healthRoute, { prefix: '/_emulator', version, url: () => '' })
    app.register(controlRoutes, { ...options, prefix: '/_emulator' })
  })
  dropUnusedSchemas(document)
  return textsOf(document)
}

/**
 * A Fastify instance of its own is made for a document, so that a server neither loads nor runs @fastify/swagger until it is
 * asked for one.
 */
async function describeRoutes(about: About, register: (app: FastifyInstance) => void): Promise<ApiDocument> {
  const app = fastify({ schemaController: noOtherCompilers })
  compileWithZod(app)
  await app.register(swagger, {
    openapi: about,
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  register(app)
  await app.ready()
  const document: ApiDocument = JSON.parse(JSON.stringify(app.swagger()))
  await app.close()
  return document
}

function textsOf(document: ApiDocument): OpenApiTexts {
  return { json: `${JSON.stringify(document, null, 2)}\n`, yaml: stringify(document) }
}

const info = { version, license: { name: 'MIT', identifier: 'MIT' } }
const emulator = { url: 'http://127.0.0.1:8080', description: 'The emulator' }
const documentation = 'https://learn.microsoft.com/partner-center/developer'

const aboutApi: About = {
  openapi: '3.1.0',
  info: {
    ...info,
    title: 'Partner Center orders',
    description: 'The orders API of Partner Center as the emulator has it.',
  },
  servers: [emulator, { url: 'https://api.partnercenter.microsoft.com', description: 'Partner Center' }],
  tags: [
    { name: 'Orders', description: `${documentation}/order-resources` },
    { name: 'Subscriptions', description: `${documentation}/subscription-resources` },
    { name: 'Carts', description: `${documentation}/cart-resources` },
    { name: 'Customers', description: `${documentation}/customer-resources` },
    { name: 'Catalog', description: `${documentation}/product-resources` },
  ],
  security: [{ bearer: [] }, {}],
  components: {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        description: 'Not needed unless the emulator runs with auth=required.',
      },
    },
  },
}

const aboutControl: About = {
  openapi: '3.1.0',
  info: {
    ...info,
    title: 'Control plane of the Partner Center orders emulator',
    description:
      'Each request is for one account: that of the path prefix /accounts/{name}, of the header X-Emulator-Account, of the tenant of a token, or the default one.',
  },
  servers: [emulator],
  security: [{ controlToken: [] }, {}],
  components: {
    securitySchemes: {
      controlToken: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Emulator-Control-Token',
        description: 'Not needed unless the emulator runs with --control-token.',
      },
    },
  },
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
