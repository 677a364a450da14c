import type { FastifyPluginCallback } from 'fastify'

/** An OpenAPI document as text. */
export interface OpenApiTexts {
  json: string
  yaml: string
}

/** `describe`: makes the document of the API, or of the control plane. */
export interface OpenApiOptions {
  describe: (what: 'api' | 'control') => Promise<OpenApiTexts>
}

/** Where each document is served. */
const documents = [
  { path: '/openapi.json', what: 'api', form: 'json', type: 'application/json; charset=utf-8' },
  { path: '/openapi.yaml', what: 'api', form: 'yaml', type: 'application/yaml; charset=utf-8' },
  { path: '/control.json', what: 'control', form: 'json', type: 'application/json; charset=utf-8' },
] as const

/** Serves the documents. Each is made when first asked for, since making it costs more than starting. */
export const openApiRoutes: FastifyPluginCallback<OpenApiOptions> = (app, { describe }, done) => {
  const made = new Map<string, Promise<OpenApiTexts>>()
  for (const { path, what, form, type } of documents) {
    app.get(path, { schema: { hide: true } }, async (_request, reply) => {
      const texts = made.get(what) ?? describe(what)
      made.set(what, texts)
      reply.type(type)
      return (await texts)[form]
    })
  }
  done()
}
