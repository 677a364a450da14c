import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Account } from '../accounts/account.ts'
import type { StoredOrder } from '../accounts/orders.ts'
import { cancelOrder } from '../orders/cancellation.ts'
import { Order } from '../orders/order.ts'
import { errorResponses } from './error-responses.ts'
import { type ErrorName, PartnerCenterError } from './errors.ts'
import { anyCase } from './json.ts'
import { findOrder } from './order-lookup.ts'
import { OrderPatch, readCancellation } from './order-patch.ts'

const OrderPath = z.object({
  customerTenantId: z.guid().meta({
    description: "The customer's tenant id, in any case.",
    examples: ['bd59b416-37f9-4d8f-8df3-5750111fc615'],
  }),
  orderId: z.string().meta({
    description: "The order's id or alternateId.",
    examples: ['UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1'],
  }),
})

const OrderQuery = anyCase({
  include_price: z
    .stringbool({ truthy: ['true'], falsy: ['false'] })
    .optional()
    .meta({ description: '`true` or `false`, in any case.' }),
})

/** Echoed, whatever they are, on every answer. https://learn.microsoft.com/partner-center/developer/headers */
const OrderHeaders = z.object({
  'MS-RequestId': z.string().optional().meta({ description: 'Id of the request, and what makes a retry idempotent.' }),
  'MS-CorrelationId': z.string().optional().meta({ description: 'Id of the call.' }),
})

const errorsOfGet = [
  'invalidCustomerId',
  'invalidInput',
  'unauthenticated',
  'noRelationship',
  'orderNotFound',
  'unexpected',
] as const

/** What each operation can answer instead of an order. */
export const errorsOf = {
  getOrder: errorsOfGet,
  patchOrder: [
    ...errorsOfGet,
    'invalidOrderStatus',
    'notSupported',
    'lineItemNumberOutOfRange',
    'offerIdOfLineDiffers',
    'useSubscriptionToSuspend',
    'orderCannotBeCancelled',
    'adjustmentPending',
    'seatBasedSaasNotSupported',
    'onlySoftwareInProduction',
    'cancellationWindowPassed',
    'bodyTooLarge',
  ],
} as const satisfies Record<string, readonly ErrorName[]>

const OrderAnswer = { description: 'The order.', content: { 'application/json': { schema: Order } } }

/** Reading and cancelling one order. */
export const orderRoutes: FastifyPluginCallbackZod = (app, _options, done) => {
  const url = '/customers/:customerTenantId/orders/:orderId'

  app.get(
    url,
    {
      schema: {
        operationId: 'getOrder',
        summary: 'Get an order by id',
        description: 'https://learn.microsoft.com/partner-center/developer/get-an-order-by-id',
        tags: ['Orders'],
        params: OrderPath,
        querystring: OrderQuery,
        headers: OrderHeaders,
        response: { 200: OrderAnswer, ...errorResponses(errorsOf.getOrder) },
      },
    },
    (request, reply) => {
      const { account, params } = request
      const order = findOrder(account, params.customerTenantId, params.orderId)
      sendDocument(reply, account, order.document)
    },
  )

  app.patch(
    url,
    {
      schema: {
        operationId: 'patchOrder',
        summary: 'Cancel an order, whole or by its lines',
        description:
          'https://learn.microsoft.com/partner-center/developer/cancel-an-order-from-the-integration-sandbox, and by lines https://learn.microsoft.com/partner-center/developer/cancel-software-purchases. A repeated MS-RequestId is answered with the first success, marked by the header X-Emulator-Replayed.',
        tags: ['Orders'],
        params: OrderPath,
        headers: OrderHeaders,
        body: OrderPatch,
        response: { 200: OrderAnswer, ...errorResponses(errorsOf.patchOrder) },
      },
    },
    (request, reply) => {
      const { account, params } = request
      const order = findOrder(account, params.customerTenantId, params.orderId)
      const answered = account.answers.find(request.id, routeOf(order), account.clock.now())
      if (answered === undefined) {
        sendDocument(reply, account, patchOrder(account, order, request))
      } else {
        reply.header('X-Emulator-Replayed', 'true')
        sendDocument(reply, account, answered)
      }
    },
  )
  done()
}

/** Names PATCH of an order among the answers that are kept. */
function routeOf(order: StoredOrder): string {
  return `PATCH order ${order.orderNumber}`
}

/** Cancels as the body asks, and gives the changed document. Throws the documented refusal, and then changes nothing. */
function patchOrder(account: Account, stored: StoredOrder, request: FastifyRequest): string {
  const order: Order = JSON.parse(stored.document)
  const { lineItems } = readCancellation(request.body, order)
  const { kind, rules } = account.settings
  const now = account.clock.now()
  const cancellation = cancelOrder(order, lineItems, {
    kind,
    rules,
    now,
    adjustmentPending: stored.adjustmentPending === 1,
    productTypeOf: account.products.typeOf,
  })
  if ('refused' in cancellation) throw new PartnerCenterError(cancellation.refused, cancellation)
  const document = JSON.stringify(cancellation.cancelled)
  account.transaction(() => {
    account.orders.replace(stored.orderNumber, document)
    account.answers.keep(request.id, routeOf(stored), now, document)
  })
  return document
}

/** Sends an order's text as it is, behind a byte order mark where the account has one. */
function sendDocument(reply: FastifyReply, account: Account, document: string): void {
  reply.type('application/json; charset=utf-8').send(account.settings.bom ? `\uFEFF${document}` : document)
}
