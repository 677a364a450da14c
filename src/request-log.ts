import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { methodOf } from './partner-center/head-requests.ts'

/** One line a request, at a level of its own. */
export class RequestLog extends LogController {
  readonly #level: 'info' | 'debug'

  constructor(level: 'info' | 'debug') {
    super()
    this.#level = level
  }

  override incomingRequest(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const { id: reqId, url } = request
    const method = methodOf(request.raw)
    const { statusCode, elapsedTime } = reply
    if (error) request.log.warn({ reqId, err: error, method, url }, 'not answered')
    // Put together by pino, which does not do so where the level is not logged.
    else request.log[this.#level]({ reqId, ms: Math.round(elapsedTime * 10) / 10 }, '%s %s %s', statusCode, method, url)
  }
}
