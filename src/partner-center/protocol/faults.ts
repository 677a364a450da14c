import { STATUS_CODES } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FaultHit, FaultRule, FaultSubject } from '../../accounts/faults.ts'
import { WireResponse } from '../../transport/response.ts'
import { documentedErrors, type ErrorName } from './error-catalog.ts'
import { answerError, PartnerCenterError } from './errors.ts'
import { answerAsGateway, answerGatewayThrottled } from './gateway.ts'
import { idsInPath, journal, operationOf } from './journal.ts'

/** What of a request the rules of faults look at. */
export function faultSubject(request: FastifyRequest): FaultSubject {
  return { operation: operationOf(request), requestId: request.id, headers: request.headers, ...idsInPath(request) }
}

/** Lets a fault happen, after its delay. A fault that is a delay and no more lets the request go on. */
export function injectFault(request: FastifyRequest, reply: FastifyReply, hit: FaultHit, goOn: () => void): void {
  const happen = () => {
    if (reply.raw.destroyed) return
    reply.header('X-Emulator-Fault', hit.place)
    request.log.info({ reqId: request.id }, `${request.method} ${request.url}: fault ${hit.place} happens`)
    failAs(hit.rule, request, reply, goOn)
  }
  if (hit.wait === 0) happen()
  else if (typeof hit.wait === 'number') setTimeout(happen, hit.wait)
  else void hit.wait.then(happen)
}

function failAs(rule: FaultRule, request: FastifyRequest, reply: FastifyReply, goOn: () => void): void {
  const { connection, body, code, status } = rule
  if (connection === 'truncate') {
    if (reply.raw instanceof WireResponse) reply.raw.breakOff()
    // An answer that breaks off never finishes, so Fastify does not tell of it.
    reply.raw.once('close', () => journal(request, reply))
    goOn()
  } else if (connection !== undefined) breakConnection(connection, request, reply)
  else if (body !== undefined) sendBody(request, reply, status ?? 200, body)
  else if (code !== undefined) answerError(errorOf(code), request, reply)
  else if (status !== undefined) answerStatus(status, rule.retryAfter, request, reply)
  else goOn()
}

function breakConnection(how: 'reset' | 'empty', request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  journal(request, reply)
  if (how === 'reset') request.raw.socket.resetAndDestroy()
  else request.raw.socket.end()
}

function sendBody(request: FastifyRequest, reply: FastifyReply, status: number, body: string): void {
  request.answer = body
  reply.code(status).type('application/json; charset=utf-8').send(body)
}

const names = Object.keys(documentedErrors).filter((name): name is ErrorName => name in documentedErrors)

function errorOf(code: number | string): PartnerCenterError {
  const name = names.find((candidate) => documentedErrors[candidate].code === code) ?? 'unexpected'
  return new PartnerCenterError(name)
}

/** A status alone is answered by the gateway, and a 500 by the service. */
function answerStatus(
  status: number,
  retryAfter: number | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (status === 429) answerGatewayThrottled(request, reply, retryAfter ?? 60)
  else if (status === 500) answerError(new PartnerCenterError('unexpected'), request, reply)
  else {
    if (retryAfter !== undefined) reply.header('Retry-After', retryAfter)
    answerAsGateway(request, reply, status, STATUS_CODES[status] ?? 'Fault')
  }
}
