import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import type { Snapshots } from '../accounts/snapshots.ts'
import { replyWithControlError } from '../control/errors.ts'
import { controlPlane, replyToUnknownControlRoute } from '../control/plane.ts'
import { acceptAnyBody, ignoreContentType } from '../partner-center/hooks/any-body.ts'
import { authorizeWith } from '../partner-center/hooks/authorization.ts'
import { injectFault } from '../partner-center/hooks/faults.ts'
import { recordRequest } from '../partner-center/hooks/journal.ts'
import { throttleRequest } from '../partner-center/hooks/throttle.ts'
import { stampIds } from '../partner-center/hooks/tracing-headers.ts'
import { newTracingId } from '../partner-center/hooks/tracing-ids.ts'
import { besideIds } from '../partner-center/protocol/documented-routes.ts'
import { replyWithError } from '../partner-center/protocol/errors.ts'
import { operations } from '../partner-center/protocol/operations.ts'
import { ApiRoutes, replyToUnknownRoute } from '../partner-center/protocol/unknown-route.ts'
import { resources } from '../partner-center/resources.ts'
import { TokenIssuer } from '../partner-center/tokens/issuer.ts'
import { tokenRoutes } from '../partner-center/tokens/routes.ts'
import { compileLazily } from '../routes.ts'
import { batch } from '../transport/batch.ts'
import { isControlPath } from '../transport/control-path.ts'
import { unifyEmptyBody } from '../transport/empty-body.ts'
import { routeHeadAsGet } from '../transport/head-as-get.ts'
import { WireRequest } from '../transport/request.ts'
import { WireResponse } from '../transport/response.ts'
import { RequestLog } from './request-log.ts'
import { selectAccountFrom, takeAccountFromPath } from './select-account.ts'
import { refuseStrangers, type StrangerOptions } from './strangers.ts'
import { replyToUnreadableRequest } from './unreadable-request.ts'

export interface ServerOptions {
  accounts: Accounts
  snapshots: Snapshots
  strangers: StrangerOptions
  logger: FastifyBaseLogger
  /** The level of the log line of each request. */
  requestLogLevel: 'info' | 'debug'
  /** The URL of the server, once it listens. */
  url: () => string
}

/** Creates the server of an emulator. From top to bottom it shows the way of a request. */
export function createServer({ accounts, snapshots, strangers, url, ...logging }: ServerOptions): FastifyInstance {
  const { controlToken } = strangers
  const issuer = new TokenIssuer()
  const app = createInstance(logging)

  // Every request.
  app.addHook('onRequest', stampIds)
  app.addHook('onRequest', refuseStrangers(strangers))
  app.addHook('onRequest', selectAccountFrom(accounts, issuer))
  // After the faults of the API, which may match a Content-Type.
  app.addHook('preParsing', (request, _reply, payload, done) => {
    unifyEmptyBody(request)
    done(null, payload)
  })
  if (accounts.areFiles) app.addHook('onSend', awaitCommit)
  app.addHook('onResponse', (request, reply, done) => {
    recordRequest(request, reply)
    done()
  })
  app.setErrorHandler(replyWithError)

  // The API of Partner Center.
  const routes = new ApiRoutes()
  app.register(
    (api, _options, done) => {
      api.addHook('onRequest', injectFault)
      api.addHook('onRequest', throttleRequest)
      api.addHook('onRequest', authorizeWith(issuer))
      api.addHook('onRequest', ignoreContentType)
      api.addHook('preHandler', (_request, _reply, next) => batch.handle(next))
      api.addHook('onRoute', (route) => routes.add(route))
      for (const addRoutes of resources) addRoutes(api)
      done()
    },
    { prefix: '/v1' },
  )
  for (const [method, url] of besideIds)
    app.route({ method, url, handler: (request, reply) => replyToUnknownRoute(request, reply, routes) })

  // Sign-in, and the control plane.
  app.register(tokenRoutes, { issuer, url })
  app.register(controlPlane, {
    prefix: '/_emulator',
    accounts,
    snapshots,
    controlToken,
    operationNames: Object.keys(operations),
    url,
  })

  app.setNotFoundHandler((request, reply) => {
    if (isControlPath(request.url)) replyToUnknownControlRoute(request, reply, controlToken)
    else replyToUnknownRoute(request, reply, routes)
  })
  return app
}

function createInstance({ logger, requestLogLevel }: Pick<ServerOptions, 'logger' | 'requestLogLevel'>) {
  const app = fastify({
    loggerInstance: logger,
    logController: new RequestLog(requestLogLevel),
    // A child logger for each request costs as much as the journal, and few requests are logged.
    childLoggerFactory: (parent) => parent,
    http: { IncomingMessage: WireRequest, ServerResponse: WireResponse, optimizeEmptyRequests: true },
    clientErrorHandler: replyToUnreadableRequest,
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      // An order id of any length is an unknown order, not an unknown route. Node limits the whole head to 16 KiB.
      maxParamLength: 16 * 1024,
    },
    requestIdHeader: 'ms-requestid',
    genReqId: newTracingId,
    exposeHeadRoutes: false,
    rewriteUrl(request) {
      routeHeadAsGet(request)
      return takeAccountFromPath(request)
    },
    frameworkErrors: (error, request, reply) => {
      stampIds(request, reply)
      if (isControlPath(request.url)) replyWithControlError(error, request, reply)
      else replyWithError(error, request, reply)
    },
    bodyLimit: 1024 * 1024,
    // Keeps Fastify from loading Ajv and fast-json-stringify, which the lazy validators replace.
    schemaController: { compilersFactory: { buildValidator: refuseCompiler, buildSerializer: refuseCompiler } },
    requestTimeout: 60_000,
    return503OnClosing: false,
  })
  app.setValidatorCompiler(compileLazily)
  app.decorateRequest('account')
  app.decorateRequest('replyText', null)
  app.decorateRequest('unknownMembers', null)
  app.decorateRequest('fault', null)
  app.decorateRequest('decision', null)
  acceptAnyBody(app)
  return app
}

function refuseCompiler(): never {
  throw new Error('every schema is a lazy zod schema')
}

/** A hook that holds a reply until the changes before it are in the file. */
function awaitCommit(
  { account }: FastifyRequest,
  _reply: FastifyReply,
  payload: unknown,
  done: (error: Error | null, payload?: unknown) => void,
): void {
  if (account === undefined) done(null, payload)
  else account.whenCommitted((error) => (error === undefined ? done(null, payload) : done(error)))
}
