import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { version } from '../../../src/version.ts'

/** The parts of an OpenAPI document that do not depend on routes. */
export type About = NonNullable<FastifyDynamicSwaggerOptions['openapi']>

const info = { version, license: { name: 'MIT', identifier: 'MIT' } }
const emulator = { url: 'http://127.0.0.1:8080', description: 'The emulator' }
const documentation = 'https://learn.microsoft.com/partner-center/developer'

export const aboutApi: About = {
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

export const aboutControl: About = {
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
