import type { FastifyPluginCallback } from 'fastify'

/** The Partner Center routes as an OpenAPI document, in JSON and in YAML text. */
export interface OpenApiTexts {
  json: string
  yaml: string
}

export interface OpenApiOptions {
  describe: () => Promise<OpenApiTexts>
}

/** Serves the document. It is made when first asked for, since making it costs more than starting. */
export const openApiRoutes: FastifyPluginCallback<OpenApiOptions> = (app, { describe }, done) => {
  let texts: Promise<OpenApiTexts> | undefined
  const once = () => {
    texts ??= describe()
    return texts
  }
  app.get('/openapi.json', async (_request, reply) => {
    reply.type('application/json; charset=utf-8')
    return (await once()).json
  })
  app.get('/openapi.yaml', async (_request, reply) => {
    reply.type('application/yaml; charset=utf-8')
    return (await once()).yaml
  })
  done()
}
