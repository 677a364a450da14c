import {
  errorCodes,
  type FastifyError,
  type FastifyReply,
  type FastifyRequest,
  type FastifySchemaValidationError,
} from 'fastify'
import * as z from 'zod'
import { AccountReplacedError } from '../accounts/account-replaced-error.ts'
import { SnapshotLimitError } from '../accounts/snapshots.ts'
import { FixtureError } from '../fixtures/fixture-order.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import { listMistakes } from '../model/mistakes.ts'
import { DatabaseError } from '../storage/database-error.ts'

/** The body of every error of the control plane. */
export const ControlErrorBody = lazy(() =>
  z
    .strictObject({
      error: z.string().meta({ description: 'The mistake.' }),
      hint: z.string().meta({ description: 'How to correct it.' }),
    })
    .meta({ id: 'ControlError', description: 'An error of the control plane. The request has changed nothing.' }),
)
export type ControlErrorBody = Infer<typeof ControlErrorBody>

const describedIn = 'GET /_emulator/control.json describes every control request'

/** Thrown when a control request cannot be carried out. It has changed nothing. */
export class ControlError extends Error {
  override name = 'ControlError'
  readonly statusCode: number
  readonly hint: string

  constructor(statusCode: number, error: string, hint: string = describedIn) {
    super(error)
    this.statusCode = statusCode
    this.hint = hint
  }
}

/** The error of a request that violates the schema of its route. `part`: of the request, such as `body`. */
export function writeSchemaMistakes(mistakes: readonly FastifySchemaValidationError[], part: string): ControlError {
  const texts = listMistakes(mistakes, ({ instancePath, message }) => {
    const place = instancePath === '/' ? '' : instancePath
    return `${part}${place}: ${message}`
  })
  return new ControlError(400, texts.join('; '))
}

/** The error handler of the control plane. */
export function replyWithControlError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = bodyOf(error)
  if (status >= 500 && status !== 507) request.log.error({ reqId: request.id, err: error }, 'an unexpected error')
  reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body))
}

function bodyOf(error: FastifyError | Error): { status: number; body: ControlErrorBody } {
  if (error instanceof ControlError)
    return { status: error.statusCode, body: { error: error.message, hint: error.hint } }
  if (error instanceof AccountReplacedError) {
    return { status: 409, body: { error: error.message, hint: 'send the request again' } }
  }
  if (error instanceof SnapshotLimitError) {
    return { status: 507, body: { error: error.message, hint: 'DELETE /_emulator/snapshots/{name} frees room' } }
  }
  if (error instanceof FixtureError) {
    return {
      status: 400,
      body: { error: error.message, hint: 'the README tells the form of fixtures and of the state' },
    }
  }
  if (error instanceof DatabaseError) {
    return { status: 409, body: { error: error.message, hint: 'take the snapshot again with this version' } }
  }
  if ('code' in error && error.code === errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE().code) {
    return { status: 415, body: { error: error.message, hint: "add the header 'Content-Type: application/json'" } }
  }
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
  if (status < 500) return { status, body: { error: error.message, hint: describedIn } }
  return { status: 500, body: { error: 'The emulator has failed.', hint: 'its log has the cause' } }
}
