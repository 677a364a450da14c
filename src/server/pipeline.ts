import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Account } from '../accounts/account.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { answerError } from '../partner-center/protocol/errors.ts'
import { gatewayBody } from '../partner-center/protocol/gateway.ts'
import { journal } from '../partner-center/protocol/journal.ts'
import { stampIds } from '../partner-center/protocol/tracing-headers.ts'
import type { TokenIssuer } from '../partner-center/tokens/issuer.ts'
import { routeHeadAsGet } from '../transport/head-as-get.ts'
import { WireRequest } from '../transport/request.ts'
import { WireResponse } from '../transport/response.ts'
import { RequestLog } from './request-log.ts'
import { chooseAccount, refuseAccount, takeAccountFromPath } from './select-account.ts'
import { compileWithZod, noOtherCompilers } from './zod.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The account a request is for. */
    account: Account
    /** The body that was answered, where it is a text. */
    answer: string | null
  }
}

export interface PipelineOptions {
  accounts: Accounts
  issuer: TokenIssuer
  logger: FastifyBaseLogger
  /** The level at which each request is logged. */
  requestLogLevel: 'info' | 'debug'
  /** Answers what is no route of the instance. Nothing of such a request has been read or noted by then. */
  elsewhere?: (request: IncomingMessage, response: ServerResponse) => void
}

/** What every request goes through before it comes to its route, and after. It reads top to bottom as a request travels. */
export function createPipeline({
  accounts,
  issuer,
  logger,
  requestLogLevel,
  elsewhere,
}: PipelineOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: logger,
    logController: new RequestLog(requestLogLevel, elsewhere !== undefined),
    // A logger of its own for each request costs as much as the journal, and few requests are logged.
    childLoggerFactory: (parent) => parent,
    // A request without a body has nothing to be read, and most have none.
    http: { IncomingMessage: WireRequest, ServerResponse: WireResponse, optimizeEmptyRequests: true },
    clientErrorHandler: answerUnreadable,
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      // An order id of any length is an unknown order, not an unknown route; Node limits the whole head to 16 KiB.
      maxParamLength: 16 * 1024,
    },
    requestIdHeader: 'ms-requestid',
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    rewriteUrl(request) {
      routeHeadAsGet(request)
      return takeAccountFromPath(request)
    },
    frameworkErrors: (error, request, reply) => {
      stampIds(request, reply)
      answerError(error, request, reply)
    },
    bodyLimit: 1024 * 1024,
    schemaController: noOtherCompilers,
    requestTimeout: 60_000,
    return503OnClosing: false,
  })

  if (elsewhere !== undefined) {
    app.setNotFoundHandler(() => {})
    app.addHook('onRequest', (request, reply, done) => {
      if (!request.is404) {
        done()
        return
      }
      reply.hijack()
      elsewhere(request.raw, reply.raw)
    })
  }

  app.addHook('onRequest', (request, reply, done) => {
    stampIds(request, reply)
    done()
  })

  app.decorateRequest('account')
  app.addHook('onRequest', (request, reply, done) => {
    const account = chooseAccount(accounts, request, issuer)
    if ('error' in account) {
      refuseAccount(reply, account)
      return
    }
    request.account = account
    if (!account.clock.untouched) reply.header('Date', new Date(account.clock.now()).toUTCString())
    done()
  })

  if (accounts.areFiles) {
    app.addHook('onSend', ({ account }, _reply, payload, done) => {
      if (account === undefined) done(null, payload)
      else account.whenCommitted((error) => (error === undefined ? done(null, payload) : done(error)))
    })
  }

  app.decorateRequest('answer', null)
  app.addHook('onResponse', (request, reply, done) => {
    journal(request, reply)
    done()
  })

  compileWithZod(app)
  app.setErrorHandler(answerError)
  return app
}

const unreadable: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
}

/** Answers what is no HTTP request, in the gateway's form. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const [status, message] = unreadable[error.code ?? ''] ?? [400, 'Bad Request']
  const body = gatewayBody(status, message)
  socket.end(
    `HTTP/1.1 ${status} ${message}\r\nContent-Length: ${body.length}\r\nContent-Type: application/json\r\nMS-CorrelationId: ${randomUUID()}\r\nMS-RequestId: ${randomUUID()}\r\nConnection: close\r\n\r\n${body}`,
  )
}
