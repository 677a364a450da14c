import type { FastifyPluginCallback } from 'fastify'
import { type AccountRouteOptions, accountRoutes } from './account-routes.ts'
import { clockRoutes } from './clock-routes.ts'
import { type OpenApiOptions, openApiRoutes } from './document-routes.ts'
import { ControlError } from './errors.ts'
import { type FaultRouteOptions, faultRoutes } from './fault-routes.ts'
import { orderStatusRoutes } from './order-status-routes.ts'
import { requestRoutes } from './request-routes.ts'
import { type StateRouteOptions, stateRoutes } from './state-routes.ts'

export interface ControlOptions extends OpenApiOptions, AccountRouteOptions, StateRouteOptions, FaultRouteOptions {}

/** The routes of the control plane but for its health. */
export const controlRoutes: FastifyPluginCallback<ControlOptions> = (app, options, done) => {
  const { describe, accounts, snapshots, operationNames, errorCodes } = options
  app.setNotFoundHandler((request) => {
    const hint = 'GET /_emulator/control.json describes every control request'
    throw new ControlError(404, `There is no ${request.method} ${request.url}.`, hint)
  })
  app.register(openApiRoutes, { describe })
  app.register(accountRoutes, { accounts })
  app.register(stateRoutes, { accounts, snapshots })
  app.register(clockRoutes)
  app.register(faultRoutes, { operationNames, errorCodes })
  app.register(requestRoutes)
  app.register(orderStatusRoutes)
  done()
}
