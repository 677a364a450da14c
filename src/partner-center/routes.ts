import type { FastifyPluginCallback } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type * as z from 'zod'
import { attachmentRoutes } from './attachment-routes.ts'
import { authorize } from './authorization.ts'
import { cartRoutes } from './cart-routes.ts'
import { catalogRoutes } from './catalog-routes.ts'
import { customerRoutes } from './customer-routes.ts'
import { answerError } from './errors.ts'
import { faultSubject, injectFault } from './faults.ts'
import { answerGatewayThrottled } from './gateway.ts'
import { orderRoutes } from './order-routes.ts'
import { provisioningRoutes } from './provisioning-routes.ts'
import { subscriptionRoutes } from './subscription-routes.ts'
import type { TokenIssuer } from './tokens.ts'
import type { RouteMethods } from './unknown-route.ts'

export interface PartnerCenterOptions {
  issuer: TokenIssuer
  /** Filled with the methods of the routes. */
  methods: RouteMethods
}

/** The API as Partner Center speaks it, below `/v1`. */
export const partnerCenterRoutes: FastifyPluginCallback<PartnerCenterOptions> = (app, { issuer, methods }, done) => {
  app.setErrorHandler(answerError)
  app.decorateRequest('appOnly', false)

  app.addHook('onRequest', (request, reply, next) => {
    const { faults } = request.account
    const hit = faults.any ? faults.hit(faultSubject(request)) : undefined
    if (hit === undefined) next()
    else injectFault(request, reply, hit, next)
  })
  app.addHook('onRequest', (request, reply, next) => {
    const { throttle, clock } = request.account
    const wait = throttle?.count(clock.now()) ?? 0
    if (wait > 0) answerGatewayThrottled(request, reply, wait)
    else next()
  })
  app.addHook('onRequest', (request, _reply, next) => {
    const checked = authorize(request, issuer)
    if (checked === undefined) next()
    else checked.then(() => next(), next)
  })
  app.addHook('onRequest', (request, _reply, next) => {
    request.account.settle()
    next()
  })

  // Bodies are read by the handlers: the service answers for the customer and the order before it looks at the body.
  // The ids in the headers are echoed whatever they are.
  const readElsewhere = ['body', 'headers']
  app.setValidatorCompiler<z.ZodType>((route) =>
    readElsewhere.includes(route.httpPart ?? '') ? () => true : validatorCompiler(route),
  )

  app.addHook('onRoute', ({ url, method }) => {
    methods.set(url, (methods.get(url) ?? []).concat(method))
  })
  app.register(jsonRoutes)
  app.register(attachmentRoutes)
  done()
}

/** The routes that take JSON: every body is, whatever its Content-Type says. */
const jsonRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, read) => read(null, body))
  app.addHook('onRequest', (request, _reply, next) => {
    // Deleting it would make a slow object of the headers.
    if (request.headers['content-type'] !== undefined) request.headers['content-type'] = undefined
    next()
  })
  app.register(orderRoutes)
  app.register(provisioningRoutes)
  app.register(subscriptionRoutes)
  app.register(cartRoutes)
  app.register(customerRoutes)
  app.register(catalogRoutes)
  done()
}
