import type { FastifyError, FastifyPluginCallback } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type HealthOptions, healthRoute } from './health.ts'
import { type OpenApiOptions, openApiRoutes } from './openapi.ts'

/** Body of every error of the control plane. */
const ControlError = z.strictObject({ error: z.string(), hint: z.string() })
type ControlError = z.infer<typeof ControlError>

/** The emulator's own routes, below `/_emulator`. */
export const controlRoutes: FastifyPluginCallback<HealthOptions & OpenApiOptions> = (
  app,
  { version, url, describe },
  done,
) => {
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setNotFoundHandler((request, reply) => {
    const hint = 'the control plane has GET /_emulator/health, /_emulator/openapi.json and /_emulator/openapi.yaml'
    const body: ControlError = { error: `There is no ${request.method} ${request.url}.`, hint }
    reply.code(404).send(body)
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) request.log.error(error)
    const body: ControlError = {
      error: status < 500 ? error.message : 'The emulator has failed.',
      hint: status < 500 ? 'see the README for the form of a request' : 'its log has the cause',
    }
    reply.code(status).send(body)
  })
  app.register(healthRoute, { version, url })
  app.register(openApiRoutes, { describe })
  done()
}
