import type { IncomingMessage } from 'node:http'
import type { FastifyPluginCallback } from 'fastify'
import { type FastifyPluginCallbackZod, validatorCompiler } from 'fastify-type-provider-zod'
import type * as z from 'zod'
import { turn } from '../../transport/batch.ts'
import { WireRequest } from '../../transport/request.ts'
import type { TokenIssuer } from '../tokens/issuer.ts'
import { authorize } from './authorization.ts'
import { answerError } from './errors.ts'
import { faultSubject, injectFault } from './faults.ts'
import { answerGatewayThrottled } from './gateway.ts'
import type { RouteMethods } from './unknown-route.ts'

export interface PartnerCenterOptions {
  issuer: TokenIssuer
  /** Filled with the methods of the routes. */
  methods: RouteMethods
  routes: readonly FastifyPluginCallback[]
}

/** Routes of the API as Partner Center speaks it, below `/v1`. */
export const partnerCenterRoutes: FastifyPluginCallback<PartnerCenterOptions> = (
  app,
  { issuer, methods, routes },
  done,
) => {
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

  app.addHook('preHandler', (_request, _reply, next) => turn.handle(next))

  // Bodies are read by the handlers: the service answers for the customer and the order before it looks at the body.
  // The ids in the headers are echoed whatever they are.
  const readElsewhere = ['body', 'headers']
  app.setValidatorCompiler<z.ZodType>((route) =>
    readElsewhere.includes(route.httpPart ?? '') ? () => true : validatorCompiler(route),
  )

  app.addHook('onRoute', ({ url, method }) => {
    methods.set(url, (methods.get(url) ?? []).concat(method))
  })
  for (const plugin of routes) app.register(plugin)
  done()
}

/** Stands for the type of a body that is collected; what clients say of theirs does not matter. */
const collected = 'application/x-collected'

/** Bytes. Fastify reads what is longer, or of unknown length, and refuses what is too long. */
const collectedAtMost = 64 * 1024

/** Routes that take JSON: every body is, whatever its Content-Type says. */
export const jsonRoutes =
  (...routes: readonly FastifyPluginCallbackZod[]): FastifyPluginCallback =>
  (app, _options, done) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, read) => read(null, body))
    app.addContentTypeParser(collected, ({ raw }, _payload, read) => {
      if (raw instanceof WireRequest) raw.collect((body) => read(null, body))
    })
    app.addHook('onRequest', ({ raw, headers }, _reply, next) => {
      // Deleting it would make a slow object of the headers.
      if (isCollectable(raw)) headers['content-type'] = collected
      else if (headers['content-type'] !== undefined) headers['content-type'] = undefined
      next()
    })
    for (const plugin of routes) app.register(plugin)
    done()
  }

function isCollectable(request: IncomingMessage): boolean {
  const length = Number(request.headers['content-length'])
  return length > 0 && length <= collectedAtMost && request instanceof WireRequest && request.isUnread
}
