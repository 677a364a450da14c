import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { answerControlError } from './errors.ts'
import { refuseStrangers, type SafetyOptions } from './safety.ts'

export interface ControlPlaneOptions {
  safety: SafetyOptions
  /** Registers the routes. */
  routes: (app: FastifyInstance) => void
}

/** Routes of the emulator's own, below `/_emulator`. */
export const controlPlane: FastifyPluginCallback<ControlPlaneOptions> = (app, { safety, routes }, done) => {
  app.setErrorHandler(answerControlError)
  app.addHook('onRequest', (request, _reply, next) => {
    refuseStrangers(request, safety)
    next()
  })
  routes(app)
  done()
}
