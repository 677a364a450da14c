import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { giveHint } from './errors.ts'

/** Body of the errors that the gateway in front of the service answers. */
export const GatewayErrorBody = z
  .strictObject({ statusCode: z.int(), message: z.string() })
  .meta({ id: 'GatewayError', examples: [{ statusCode: 404, message: 'Resource not found' }] })

/** The gateway's answer to what is no route of the service. */
export function answerGatewayNotFound(request: FastifyRequest, reply: FastifyReply, hint: string): void {
  giveHint(request, reply, hint)
  answerAsGateway(request, reply, 404, 'Resource not found')
}

/** The gateway's answer to a client that asks too often. `wait`: in seconds. */
export function answerGatewayThrottled(request: FastifyRequest, reply: FastifyReply, wait: number): void {
  reply.header('Retry-After', wait)
  answerAsGateway(request, reply, 429, `Rate limit is exceeded. Try again in ${wait} seconds.`)
}

/** An answer of the gateway. */
export function answerAsGateway(request: FastifyRequest, reply: FastifyReply, status: number, message: string): void {
  request.answer = gatewayBody(status, message)
  // Bytes, since Fastify adds a charset to the type of a text, and the gateway has none.
  reply.code(status).type('application/json').send(Buffer.from(request.answer))
}

/**
 * The gateway's body, with its spaces.
 * https://learn.microsoft.com/partner-center/developer/api-throttling-guidance shows the form.
 */
export function gatewayBody(status: number, message: string): string {
  return `{ "statusCode": ${status}, "message": ${JSON.stringify(message)} }`
}
