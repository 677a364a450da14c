import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { Routes } from '../routes.ts'
import { type AccountRouteOptions, accountRoutes } from './account-routes.ts'
import { clockRoutes } from './clock-routes.ts'
import { requireControlToken } from './control-token.ts'
import { documentRoutes } from './document-routes.ts'
import { ControlError, replyWithControlError, writeSchemaMistakes } from './errors.ts'
import { type FaultRouteOptions, faultRoutes } from './fault-routes.ts'
import { type HealthOptions, healthRoute } from './health-route.ts'
import { assumeJson, parseJsonBody } from './input/json-body.ts'
import { orderStatusRoutes } from './order-status-routes.ts'
import { type RequestRouteOptions, requestRoutes } from './request-routes.ts'
import { type StateRouteOptions, stateRoutes } from './state-routes.ts'

export interface ControlRouteOptions
  extends AccountRouteOptions,
    StateRouteOptions,
    FaultRouteOptions,
    RequestRouteOptions,
    HealthOptions {}

export interface ControlPlaneOptions extends ControlRouteOptions {
  /** The token that every control request has to send, if there is one. */
  controlToken: string | undefined
}

/** The emulator's own routes, below `/_emulator`. */
export const controlPlane: FastifyPluginCallback<ControlPlaneOptions> = (app, options, done) => {
  const { controlToken } = options
  app.setErrorHandler(replyWithControlError)
  app.setSchemaErrorFormatter(writeSchemaMistakes)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, parseJsonBody)
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, read) => read(null, body))
  app.addHook('onRequest', (request, _reply, next) => {
    requireControlToken(request, controlToken)
    next()
  })
  app.addHook('onRequest', assumeJson)
  controlRoutes(app, options)
  done()
}

/** The routes of the control plane. */
export const controlRoutes: Routes<ControlRouteOptions> = (app, options) => {
  healthRoute(app, options)
  documentRoutes(app)
  accountRoutes(app, options)
  stateRoutes(app, options)
  clockRoutes(app)
  faultRoutes(app, options)
  requestRoutes(app, options)
  orderStatusRoutes(app)
}

/** Replies to an unknown route of the control plane, after the same check as on the others. */
export function replyToUnknownControlRoute(
  request: FastifyRequest,
  reply: FastifyReply,
  controlToken: string | undefined,
): void {
  try {
    requireControlToken(request, controlToken)
    throw new ControlError(404, `There is no ${request.method} ${request.url}.`)
  } catch (error) {
    replyWithControlError(error instanceof Error ? error : new Error(String(error)), request, reply)
  }
}
