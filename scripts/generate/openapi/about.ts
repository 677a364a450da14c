import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { pageUrl } from '../../../src/model/sources.ts'
import { version } from '../../../src/version.ts'

/** The parts of an OpenAPI document that do not depend on routes. */
export type About = NonNullable<FastifyDynamicSwaggerOptions['openapi']>

const info = {
  version,
  license: { name: 'MIT', identifier: 'MIT' },
  contact: { name: 'Contributors of the Partner Center orders emulator' },
}
const emulator = { url: 'http://127.0.0.1:8080', description: 'The emulator.' }

function tag(name: string, description: string, page: string) {
  return { name, description, externalDocs: { url: pageUrl(page) } }
}

export const aboutApi: About = {
  openapi: '3.1.0',
  info: {
    title: 'Partner Center orders',
    description:
      'The orders API of Partner Center as the emulator has it. Examples are replies of an emulator with `--id-seed docs`, to the requests of this document in their order. A page of another site, and a host name that is not one of the emulator, get 403 with the body of the gateway. A request whose account is reset, restored, replaced or deleted while it is under way gets 409 with the same body. Every reply has `X-Content-Type-Options: nosniff`. Replies of carts and the catalog repeat `X-Locale`, en-US without it.',
    ...info,
  },
  servers: [emulator, { url: 'https://api.partnercenter.microsoft.com', description: 'Partner Center.' }],
  tags: [
    tag('Orders', 'Create, read, cancel and change orders.', 'order-resources'),
    tag('Carts', 'Buy several items at once.', 'cart-resources'),
    tag('Subscriptions', 'The subscriptions that order lines open.', 'subscription-resources'),
    tag('Customers', 'The customers of the partner.', 'customer-resources'),
    tag('Catalog', 'The items that orders name.', 'product-resources'),
  ],
  security: [{ bearer: [] }, {}],
  components: {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        description: 'Not needed unless the emulator runs with auth=required or auth=strict.',
      },
    },
  },
}

export const aboutControl: About = {
  openapi: '3.1.0',
  info: {
    title: 'Control plane of the Partner Center orders emulator',
    description:
      'Each request is for one account: that of the path prefix /accounts/{name}, of the header X-Emulator-Account, of the tenant of a token, or the default one. Every reply has `X-Content-Type-Options: nosniff`.',
    ...info,
  },
  servers: [emulator],
  tags: [
    { name: 'Health', description: 'Whether the emulator is ready.' },
    { name: 'Accounts', description: 'Accounts, their settings and their reset.' },
    { name: 'State', description: 'The content of an account, and named copies of it.' },
    { name: 'Clock', description: 'The time of an account.' },
    { name: 'Faults', description: 'Errors, delays and broken connections on purpose.' },
    { name: 'Requests', description: 'The journal of an account.' },
    { name: 'Orders', description: 'Changes of orders that no client can make.' },
  ],
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
