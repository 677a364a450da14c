import type { FastifyReply, FastifyRequest } from 'fastify'
import { replyGatewayThrottled } from '../protocol/gateway.ts'

/** A hook that refuses a request when its account exceeds the throttle. */
export function throttleRequest(request: FastifyRequest, reply: FastifyReply, next: () => void): void {
  const { throttle, clock } = request.account
  const wait = throttle?.count(clock.now()) ?? 0
  if (wait > 0) replyGatewayThrottled(request, reply, wait)
  else next()
}
