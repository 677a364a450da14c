import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { lazy } from '../../model/lazy.ts'
import { giveHint } from './hint.ts'

/** The body of an error of the gateway in front of the service. */
export const GatewayErrorBody = lazy(() =>
  z
    .strictObject({
      statusCode: z.int().meta({ description: 'The HTTP status.' }),
      message: z.string().meta({ description: 'Text of the error.' }),
    })
    .meta({ id: 'GatewayError', description: 'An error of the gateway in front of the service.' }),
)

/** The gateway's reply to an unknown route. */
export function replyGatewayNotFound(request: FastifyRequest, reply: FastifyReply, hint: string): void {
  giveHint(request, reply, hint)
  replyAsGateway(request, reply, 404, 'Resource not found')
}

/** The gateway's reply to too many requests. `wait`: seconds. */
export function replyGatewayThrottled(request: FastifyRequest, reply: FastifyReply, wait: number): void {
  reply.header('Retry-After', wait)
  replyAsGateway(request, reply, 429, `Rate limit is exceeded. Try again in ${wait} seconds.`)
}

export function replyAsGateway(request: FastifyRequest, reply: FastifyReply, status: number, message: string): void {
  request.replyText = gatewayBody(status, message)
  // A buffer, since Fastify adds a charset to the type of a text, and the gateway sends none.
  reply.code(status).type('application/json').send(Buffer.from(request.replyText))
}

/**
 * The gateway's body, with its spaces.
 * https://learn.microsoft.com/partner-center/developer/api-throttling-guidance shows the form.
 */
export function gatewayBody(status: number, message: string): string {
  return `{ "statusCode": ${status}, "message": ${JSON.stringify(message)} }`
}
