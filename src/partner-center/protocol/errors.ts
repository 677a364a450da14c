import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { isRefusal, type Refusal } from '../../model/orders/refusal.ts'
import { type DocumentedError, documentedErrors, type ErrorName } from './error-catalog.ts'

/** Body of every error of the API itself. `data` is empty, or says in the emulator's words what exactly was wrong. */
export const ErrorBody = z
  .strictObject({
    code: z.union([z.int(), z.string()]).meta({
      description: 'A number, but for 900420. https://learn.microsoft.com/partner-center/developer/error-codes',
    }),
    description: z.string().max(1024),
    data: z.array(z.string()),
    source: z.string().meta({ description: 'PartnerFD, the front door, or PartnerApiServiceControllers.' }),
  })
  .meta({
    id: 'Error',
    examples: [{ code: 20000, description: 'Order Id not found', data: [], source: 'PartnerFD' }],
  })
export type ErrorBody = z.infer<typeof ErrorBody>

export interface ErrorDetails {
  /** Fill `{0}`, `{1}` of the description. */
  values?: readonly (string | number)[]
  data?: string[]
  /** Sent as X-Emulator-Hint: what a wrong set-up could have caused. */
  hint?: string | undefined
}

/** Thrown wherever a request is refused; answered by `answerError`. */
export class PartnerCenterError extends Error {
  override name = 'PartnerCenterError'
  readonly status: number
  readonly body: ErrorBody
  readonly hint: string | undefined

  constructor(error: ErrorName, { values = [], data = [], hint }: ErrorDetails = {}) {
    const { status, code, description, source = 'PartnerFD' }: DocumentedError = documentedErrors[error]
    const filled = description
      .replace(/\{(\d)\}/g, (placeholder, index) => String(values[index] ?? placeholder))
      .slice(0, 1024)
    // A refusal is no mistake of the program, and to note where it was made would take a tenth of its time.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(filled)
    Error.stackTraceLimit = stackTraceLimit
    this.status = status
    this.body = { code, description: filled, data, source }
    this.hint = hint
  }
}

/** What was made, or thrown as the documented error. */
export function orThrow<Result extends object>(result: Result | Refusal): Result {
  if (isRefusal(result)) throw new PartnerCenterError(result.refused, result)
  return result
}

/** Fastify's error handler: answers a refusal as it is, and all else as the documented error it amounts to. */
export function answerError(
  error: FastifyError | PartnerCenterError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const refusal = error instanceof PartnerCenterError ? error : refusalFor(error)
  if (refusal.status === 500) request.log.error({ reqId: request.id, err: error }, 'an unexpected error')
  if (refusal.status === 401)
    reply.header('WWW-Authenticate', `OAuth realm=urn:cpsvc:cpid:${request.account.partnerId}`)
  if (refusal.hint !== undefined) giveHint(request, reply, refusal.hint)
  request.answer = JSON.stringify(refusal.body)
  reply.code(refusal.status).type('application/json; charset=utf-8').send(request.answer)
}

function refusalFor(error: FastifyError): PartnerCenterError {
  const data = [error.message]
  if (error.validationContext === 'params') return refusalOfPath(error)
  if (error.statusCode === 413) return new PartnerCenterError('bodyTooLarge', { data })
  if (error.statusCode !== undefined && error.statusCode < 500) return new PartnerCenterError('invalidInput', { data })
  return new PartnerCenterError('unexpected')
}

/** The customer's id comes first in a path, so it is what is answered for. */
function refusalOfPath({ message }: FastifyError): PartnerCenterError {
  const ofCustomer = message.includes('customerTenantId')
  return ofCustomer ? new PartnerCenterError('invalidCustomerId') : new PartnerCenterError('lineItemNumberOutOfRange')
}

/** A hint is a header and a log line, never part of a body. Header values hold no control or non-Latin characters. */
export function giveHint(request: FastifyRequest, reply: FastifyReply, hint: string): void {
  request.log.info({ reqId: request.id }, `${request.method} ${request.url}: ${hint}`)
  reply.header(
    'X-Emulator-Hint',
    hint.replace(/[^\x20-\x7e]/gu, (character) => encodeURIComponent(character.toWellFormed())),
  )
}
