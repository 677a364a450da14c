import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Refusal } from '../orders/cancellation.ts'

/** An error the API documents. `{0}`, `{1}` in the description are filled with values. `when` is for readers. */
export interface DocumentedError {
  status: number
  code: number
  description: string
  when: string
}

/**
 * Every error that the API answers, except the gateway's.
 * Codes and texts: https://learn.microsoft.com/partner-center/developer/error-codes.
 * That of code 0 was seen in an answer of the service; 413 is a status of the emulator's own limit.
 */
export const documentedErrors = {
  unauthenticated: {
    status: 401,
    code: 800001,
    description: 'Partner Token missing in request context',
    when: 'there is no bearer token although one is required, or the Authorization header is malformed',
  },
  invalidCustomerId: {
    status: 400,
    code: 900118,
    description: 'Invalid Customer Id',
    when: 'the customer id in the path is no GUID',
  },
  noRelationship: {
    status: 403,
    code: 20002,
    description: 'The partner id {0} has no commerce relationship with the customer id {1}.',
    when: 'the partner has no such customer',
  },
  orderNotFound: {
    status: 404,
    code: 20000,
    description: 'Order Id not found',
    when: 'there is no such order, or it is of another customer',
  },
  invalidInput: {
    status: 400,
    code: 800002,
    description: 'Invalid request input',
    when: "the body is empty, no JSON or not of the documented form, its id is another order's, or a query value is invalid",
  },
  bodyTooLarge: {
    status: 413,
    code: 800002,
    description: 'Invalid request input',
    when: 'the body is larger than 1 MiB',
  },
  invalidOrderStatus: {
    status: 400,
    code: 0,
    description: "The provided value '{0}' is not a valid OrderStatus.",
    when: 'the status in the body is none of the documented ones (mind the two l in cancelled)',
  },
  notSupported: {
    status: 400,
    code: 900141,
    description: 'This operation is not supported',
    when: 'the body does not ask for a cancellation',
  },
  lineItemNumberOutOfRange: {
    status: 400,
    code: 800071,
    description: 'Line Item number should be from 0 to number of line items count',
    when: 'the body names a line that the order does not have',
  },
  offerIdOfLineDiffers: {
    status: 400,
    code: 800002,
    description: 'Invalid request input',
    when: 'the body names a line with the offer id of another',
  },
  useSubscriptionToSuspend: {
    status: 400,
    code: 800063,
    description:
      'This order {0} cannot be cancelled. Use PATCH /customers/{1}/subscriptions/<subscriptionId> to suspend subscriptions',
    when: 'the order is of the legacy system: licenses, add-ons, Azure subscriptions with a GUID as order id',
  },
  orderCannotBeCancelled: {
    status: 400,
    code: 800061,
    description: 'Order cannot be cancelled',
    when: 'the order or all the lines named are cancelled already, or the product is an Azure plan or a new-commerce license',
  },
  adjustmentPending: {
    status: 409,
    code: 800014,
    description: 'There is a pending adjustment requested for this order',
    when: 'an earlier change of the order is still running',
  },
  seatBasedSaasNotSupported: {
    status: 403,
    code: 800077,
    description: 'Cancelling of seat-based SaaS is not supported via patch order. Use patch subscription instead.',
    when: 'the product is seat-based SaaS (rules of 2021) or any marketplace SaaS (rules of 2022)',
  },
  onlySoftwareInProduction: {
    status: 403,
    code: 800019,
    description:
      'Non-Sandbox tenants are not allowed to cancel purchases other than software subscriptions and perpetual software',
    when: 'the account is a production account and the product is not software',
  },
  cancellationWindowPassed: {
    status: 400,
    code: 900117,
    description: 'You have passed your {0}-day cancellation window. We are unable to cancel your purchase',
    when: 'the order is older than the rules allow',
  },
  unexpected: {
    status: 500,
    code: 800003,
    description: 'Unexpected service error',
    when: 'the emulator has failed; its log has the cause',
  },
} as const satisfies Record<Refusal['refused'], DocumentedError> & Record<string, DocumentedError>

export type ErrorName = keyof typeof documentedErrors

/** Body of every error of the API itself. `data` is empty, or says in the emulator's words what exactly was wrong. */
export const ErrorBody = z
  .strictObject({
    code: z.int().meta({ description: 'https://learn.microsoft.com/partner-center/developer/error-codes' }),
    description: z.string().max(1024),
    data: z.array(z.string()),
    source: z.literal('PartnerFD'),
  })
  .meta({
    id: 'Error',
    examples: [{ code: 20000, description: 'Order Id not found', data: [], source: 'PartnerFD' }],
  })
export type ErrorBody = z.infer<typeof ErrorBody>

/** Body of the errors that the gateway in front of the service answers. */
export const GatewayErrorBody = z
  .strictObject({ statusCode: z.int(), message: z.string() })
  .meta({ id: 'GatewayError', examples: [{ statusCode: 404, message: 'Resource not found' }] })

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
    const { status, code, description } = documentedErrors[error]
    const filled = description
      .replace(/\{(\d)\}/g, (placeholder, index) => String(values[index] ?? placeholder))
      .slice(0, 1024)
    super(filled)
    this.status = status
    this.body = { code, description: filled, data, source: 'PartnerFD' }
    this.hint = hint
  }
}

/** Fastify's error handler: answers a refusal as it is, and all else as the documented error it amounts to. */
export function answerError(
  error: FastifyError | PartnerCenterError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const refusal = error instanceof PartnerCenterError ? error : refusalFor(error)
  if (refusal.status === 500) request.log.error(error)
  if (refusal.status === 401)
    reply.header('WWW-Authenticate', `OAuth realm=urn:cpsvc:cpid:${request.account.partnerId}`)
  if (refusal.hint !== undefined) giveHint(request, reply, refusal.hint)
  reply.code(refusal.status).type('application/json; charset=utf-8').send(JSON.stringify(refusal.body))
}

function refusalFor(error: FastifyError): PartnerCenterError {
  const data = [error.message]
  if (error.validationContext === 'params') return new PartnerCenterError('invalidCustomerId')
  if (error.statusCode === 413) return new PartnerCenterError('bodyTooLarge', { data })
  if (error.statusCode !== undefined && error.statusCode < 500) return new PartnerCenterError('invalidInput', { data })
  return new PartnerCenterError('unexpected')
}

/** The gateway's answer to what is no route of the service: spaces inside the braces, and no charset. */
export function answerGatewayNotFound(request: FastifyRequest, reply: FastifyReply, hint: string): void {
  giveHint(request, reply, hint)
  // Bytes, since Fastify adds a charset to the type of a text.
  reply
    .code(404)
    .type('application/json')
    .send(Buffer.from(gatewayBody(404, 'Resource not found')))
}

/** https://learn.microsoft.com/partner-center/developer/api-throttling-guidance shows the form. */
export function gatewayBody(status: number, message: string): string {
  return `{ "statusCode": ${status}, "message": ${JSON.stringify(message)} }`
}

/** A hint is a header and a log line, never part of a body. Header values hold no control or non-Latin characters. */
export function giveHint(request: FastifyRequest, reply: FastifyReply, hint: string): void {
  request.log.info(`${request.method} ${request.url}: ${hint}`)
  reply.header(
    'X-Emulator-Hint',
    hint.replace(/[^\x20-\x7e]/gu, (character) => encodeURIComponent(character.toWellFormed())),
  )
}
