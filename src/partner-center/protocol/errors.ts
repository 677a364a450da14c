import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { AccountReplacedError } from '../../accounts/account-replaced-error.ts'
import type { DocumentedError } from '../../model/documented-error.ts'
import { type Infer, lazy } from '../../model/lazy.ts'
import { isRefusal, type Refusal } from '../../model/refusals.ts'
import { noteRefusal } from './decision.ts'
import { type ErrorName, errorCatalog } from './error-catalog.ts'
import { replyAsGateway } from './gateway.ts'
import { giveHint } from './hint.ts'

/** The body of every error of the API itself. */
export const ErrorBody = lazy(() =>
  z
    .strictObject({
      code: z.union([z.int(), z.string()]).meta({
        description: 'A number, except 900420. https://learn.microsoft.com/partner-center/developer/error-codes',
      }),
      description: z.string().max(1024).meta({ description: 'Text of the error.' }),
      data: z.array(z.string()).meta({ description: "The exact mistake, in the emulator's words; empty without one." }),
      source: z.string().meta({ description: 'PartnerFD, the front door, or PartnerApiServiceControllers.' }),
    })
    .meta({ id: 'Error', description: 'An error of the API.' }),
)
export type ErrorBody = Infer<typeof ErrorBody>

export interface ErrorDetails {
  /** The values of `{0}`, `{1}` in the description. */
  values?: readonly (string | number)[]
  /** The exact mistake, in the emulator's words. */
  data?: string[]
  /** The set-up mistake that may have caused the error, sent as X-Emulator-Hint. */
  hint?: string | undefined
}

/** The parts of a documented error that its reply has. */
type WireError = Pick<DocumentedError, 'status' | 'code' | 'description' | 'component'>

/** Thrown wherever a request is refused. `replyWithError` sends it. */
export class PartnerCenterError extends Error {
  override name = 'PartnerCenterError'
  readonly status: number
  readonly body: ErrorBody
  readonly hint: string | undefined
  /** The name of the error, unless only a fault has it. */
  readonly error: ErrorName | undefined

  /** `error`: a name, or an error that only a fault has. */
  constructor(error: ErrorName | WireError, { values = [], data = [], hint }: ErrorDetails = {}) {
    const wire: WireError = typeof error === 'string' ? errorCatalog[error] : error
    const { status, code, description, component = 'PartnerFD' } = wire
    const filled = description
      .replace(/\{(\d)\}/g, (placeholder, index) => String(values[index] ?? placeholder))
      .slice(0, 1024)
    super(filled)
    this.status = status
    this.body = { code, description: filled, data, source: component }
    this.hint = hint
    this.error = typeof error === 'string' ? error : undefined
  }
}

/** Returns a result, or throws its refusal as the documented error. */
export function orThrow<Result extends object>(result: Result | Refusal): Result {
  if (isRefusal(result)) throw new PartnerCenterError(result.refused, result)
  return result
}

/** Fastify's error handler: sends a PartnerCenterError, and every other error as the documented error that fits it. */
export function replyWithError(
  error: FastifyError | PartnerCenterError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error instanceof AccountReplacedError) {
    giveHint(request, reply, 'send the request again')
    replyAsGateway(request, reply, 409, error.message)
    return
  }
  const documented = error instanceof PartnerCenterError ? error : documentedErrorFor(error)
  if (documented.status === 500) request.log.error({ reqId: request.id, err: error }, 'an unexpected error')
  if (documented.status === 401)
    reply.header('WWW-Authenticate', `OAuth realm=urn:cpsvc:cpid:${request.account.partnerId}`)
  if (documented.hint !== undefined) giveHint(request, reply, documented.hint)
  // A fault refuses without a rule.
  if (documented.error !== undefined && request.fault === null) noteRefusal(request, documented.error)
  request.replyText = JSON.stringify(documented.body)
  reply.code(documented.status).type('application/json; charset=utf-8').send(request.replyText)
}

function documentedErrorFor(error: FastifyError): PartnerCenterError {
  const data = [error.message]
  if (error.validationContext === 'params') return errorOfPath(error)
  if (error.statusCode === 413) return new PartnerCenterError('bodyTooLarge', { data })
  if (error.statusCode !== undefined && error.statusCode < 500) return new PartnerCenterError('invalidInput', { data })
  return new PartnerCenterError('unexpected')
}

/** The customer id comes first in a path, so a mistake in it decides the reply. */
function errorOfPath({ message }: FastifyError): PartnerCenterError {
  const inCustomerId = message.includes('customerTenantId')
  return new PartnerCenterError(inCustomerId ? 'invalidCustomerId' : 'lineItemNumberOutOfRange')
}
