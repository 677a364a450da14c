import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** Milliseconds from listening until it is made unasked, so that a first request does not have to wait for it. */
const idle = 50

/** A Fastify instance that is made when it is first asked, and answers what another one, which listens, hands over. */
export class LaterServer {
  readonly #make: () => Promise<FastifyInstance>
  #made: Promise<FastifyInstance> | undefined

  constructor(make: () => Promise<FastifyInstance>) {
    this.#make = make
  }

  #ready(): Promise<FastifyInstance> {
    this.#made ??= this.#make().then(async (app) => {
      await app.ready()
      return app
    })
    return this.#made
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    this.#ready().then(
      (app) => app.routing(request, response),
      (error) => response.destroy(error),
    )
  }

  /** Is made once a server listens, and ends with it. */
  follow(app: FastifyInstance): void {
    app.addHook('onListen', (done) => {
      setTimeout(() => void this.#ready().catch(() => {}), idle).unref()
      done()
    })
    app.addHook('preClose', async () => {
      await (await this.#made)?.close()
    })
  }
}
