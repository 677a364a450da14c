import { STATUS_CODES } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FaultHit, FaultRule, FaultSubject } from '../../accounts/faults.ts'
import type { FaultNote } from '../../accounts/journal.ts'
import { WireResponse } from '../../transport/response.ts'
import { PartnerCenterError, replyWithError } from '../protocol/errors.ts'
import { replyAsGateway, replyGatewayThrottled } from '../protocol/gateway.ts'
import { idsInPath, operationOf, recordRequest } from './journal.ts'

/** A hook that injects the fault of the account that hits a request, if there is one. */
export function injectFault(request: FastifyRequest, reply: FastifyReply, next: () => void): void {
  const { faults } = request.account
  const hit = faults.any ? faults.hit(faultSubject(request)) : undefined
  if (hit === undefined) next()
  else waitFor(hit, () => fail(hit, request, reply, next))
}

function faultSubject(request: FastifyRequest): FaultSubject {
  return { operation: operationOf(request), requestId: request.id, headers: request.headers, ...idsInPath(request) }
}

/** Calls back after the delay of a fault, or when the fault is released. */
function waitFor({ delay, released }: FaultHit, callback: () => void): void {
  if (delay === 0) {
    callback()
    return
  }
  const timer = Number.isFinite(delay) ? setTimeout(end, delay) : undefined
  let hasEnded = false
  function end(): void {
    if (hasEnded) return
    hasEnded = true
    clearTimeout(timer)
    callback()
  }
  void released.then(end)
}

function fail({ place, rule }: FaultHit, request: FastifyRequest, reply: FastifyReply, next: () => void): void {
  if (reply.raw.destroyed) return
  reply.header('X-Emulator-Fault', place)
  request.fault = noteOf(place, rule)
  request.log.info({ reqId: request.id }, `${request.method} ${request.url}: fault ${place} happens`)
  const { connection, body, error, status } = rule
  if (connection === 'truncate') truncateReply(request, reply, next)
  else if (connection !== undefined) breakConnection(connection, request, reply)
  else if (body !== undefined) sendBody(request, reply, status ?? 200, body)
  else if (error !== undefined) replyWithError(new PartnerCenterError(error), request, reply)
  else if (status !== undefined) sendStatus(status, rule, request, reply)
  // A fault that is only a delay lets the request pass.
  else next()
}

/** The fault as the journal keeps it. */
function noteOf(place: number, { operation, status, code, connection, delay }: FaultRule): string {
  const note: FaultNote = { place, operation, connection, status, code, delay }
  return JSON.stringify(note)
}

function truncateReply(request: FastifyRequest, reply: FastifyReply, next: () => void): void {
  if (reply.raw instanceof WireResponse) reply.raw.truncate()
  // A truncated reply never finishes, so Fastify does not call its onResponse hooks.
  reply.raw.once('close', () => recordRequest(request, reply))
  next()
}

function breakConnection(how: 'reset' | 'empty', request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  recordRequest(request, reply, null)
  if (how === 'reset') request.raw.socket.resetAndDestroy()
  else request.raw.socket.end()
}

function sendBody(request: FastifyRequest, reply: FastifyReply, status: number, body: string): void {
  request.replyText = body
  reply.code(status).type('application/json; charset=utf-8').send(body)
}

/** The gateway replies with a status alone, except 500, which comes from the service. */
function sendStatus(status: number, { retryAfter }: FaultRule, request: FastifyRequest, reply: FastifyReply): void {
  if (status === 429) replyGatewayThrottled(request, reply, retryAfter ?? 60)
  else if (status === 500) replyWithError(new PartnerCenterError('unexpected'), request, reply)
  else {
    if (retryAfter !== undefined) reply.header('Retry-After', retryAfter)
    replyAsGateway(request, reply, status, STATUS_CODES[status] ?? 'Fault')
  }
}
