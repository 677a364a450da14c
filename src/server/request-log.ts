import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { methodOf } from '../transport/head-as-get.ts'

/** One line a request, at a level of its own. */
export class RequestLog extends LogController {
  readonly #level: 'info' | 'debug'
  readonly #handsOver: boolean

  /** `handsOver`: what is no route of the server is answered by another, which logs it. */
  constructor(level: 'info' | 'debug', handsOver: boolean) {
    super()
    this.#level = level
    this.#handsOver = handsOver
  }

  override incomingRequest(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    if (this.#handsOver && request.is404) return
    const { id: reqId, url } = request
    const method = methodOf(request.raw)
    const { statusCode, elapsedTime } = reply
    if (error) request.log.warn({ reqId, err: error, method, url }, 'not answered')
    // Put together by pino, which does not do so where the level is not logged.
    else request.log[this.#level]({ reqId, ms: Math.round(elapsedTime * 10) / 10 }, '%s %s %s', statusCode, method, url)
  }
}
