import type { FastifyPluginCallback } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { authorize } from './authorization.ts'
import { answerError } from './errors.ts'
import { orderRoutes } from './order-routes.ts'
import { otherMethods } from './unknown-route.ts'

/** The API as Partner Center speaks it, below `/v1`. */
export const partnerCenterRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.setErrorHandler(answerError)
  app.addHook('onRequest', (request, _reply, next) => {
    authorize(request)
    next()
  })

  // Every body is taken as text, whatever its Content-Type says, and read by the handler: the service answers for the
  // customer and the order before it looks at the body.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, read) => read(null, body))
  app.addHook('onRequest', (request, _reply, next) => {
    delete request.headers['content-type']
    next()
  })
  // The ids in the headers are echoed whatever they are.
  const readElsewhere = ['body', 'headers']
  app.setValidatorCompiler<z.ZodType>((route) =>
    readElsewhere.includes(route.httpPart ?? '') ? () => true : validatorCompiler(route),
  )

  const otherMethodsOfRoutes = otherMethods(app)
  app.register(orderRoutes)
  app.register(otherMethodsOfRoutes)
  done()
}
