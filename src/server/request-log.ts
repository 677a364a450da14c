import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { methodOf } from '../transport/head-as-get.ts'

/** Logs one line for each request, at its own level. */
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
    // pino formats the line, and only when the level is logged.
    else request.log[this.#level]({ reqId, ms: Math.round(elapsedTime * 10) / 10 }, '%s %s %s', statusCode, method, url)
  }
}
