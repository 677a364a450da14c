import type { FastifyPluginCallback } from 'fastify'
import { type AccountRouteOptions, accountRoutes } from './account-routes.ts'
import { clockRoutes } from './clock-routes.ts'
import { answerControlError, ControlError } from './control-error.ts'
import { type FaultRouteOptions, faultRoutes } from './fault-routes.ts'
import { type HealthOptions, healthRoute } from './health.ts'
import { type OpenApiOptions, openApiRoutes } from './openapi.ts'
import { orderStatusRoutes } from './order-routes.ts'
import { requestRoutes } from './request-routes.ts'
import { refuseStrangers, type SafetyOptions } from './safety.ts'
import { type StateRouteOptions, stateRoutes } from './state-routes.ts'

export interface ControlOptions
  extends HealthOptions,
    OpenApiOptions,
    AccountRouteOptions,
    StateRouteOptions,
    FaultRouteOptions {
  safety: SafetyOptions
}

/** The emulator's own routes, below `/_emulator`. */
export const controlRoutes: FastifyPluginCallback<ControlOptions> = (app, options, done) => {
  const { version, url, describe, accounts, snapshots, operationNames, errorCodes, safety } = options
  app.setErrorHandler(answerControlError)
  app.setNotFoundHandler((request) => {
    const hint = 'GET /_emulator/control.json describes every control request'
    throw new ControlError(404, `There is no ${request.method} ${request.url}.`, hint)
  })
  app.addHook('onRequest', (request, _reply, next) => {
    refuseStrangers(request, safety)
    next()
  })
  app.register(healthRoute, { version, url })
  app.register(openApiRoutes, { describe })
  app.register(accountRoutes, { accounts })
  app.register(stateRoutes, { accounts, snapshots })
  app.register(clockRoutes)
  app.register(faultRoutes, { operationNames, errorCodes })
  app.register(requestRoutes)
  app.register(orderStatusRoutes)
  done()
}
