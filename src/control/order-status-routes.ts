import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { Order, OrderStatus } from '../model/orders/schema.ts'
import { complete, readOrder, saveOrder } from '../storage/orders/ledger.ts'
import { describeControl } from './describe.ts'
import { ControlError } from './errors.ts'

const StatusPath = z.object({ customerTenantId: z.string(), orderId: z.string() })

export const StatusChange = z
  .strictObject({
    status: OrderStatus.optional().meta({ description: 'completed provisions a pending order; error fails it.' }),
    adjustmentPending: z.boolean().optional().meta({
      description: 'Whether an earlier change counts as still running: every further one answers 409 / 800014.',
    }),
  })
  .refine(
    ({ status, adjustmentPending }) => status !== undefined || adjustmentPending !== undefined,
    'give status or adjustmentPending',
  )
  .meta({ id: 'OrderStatusChange' })

export type StatusChange = z.infer<typeof StatusChange>

/** Takes an order through its life by hand. */
export const orderStatusRoutes: FastifyPluginCallbackZod = (app, _options, done) => {
  app.put(
    '/customers/:customerTenantId/orders/:orderId/status',
    {
      schema: describeControl(
        'setOrderStatus',
        'Set the status of an order, as the service itself would',
        { params: StatusPath, body: StatusChange },
        { 200: Order },
      ),
    },
    ({ account, params, body }) => {
      account.settle()
      const stored = account.orders.find(params.orderId)
      if (stored?.customerId !== params.customerTenantId.toLowerCase()) {
        throw new ControlError(
          404,
          `The customer has no order ${params.orderId}.`,
          'GET /v1/customers/{id}/orders lists them',
        )
      }
      const { orderNumber } = stored
      account.transaction(() => {
        if (body.adjustmentPending !== undefined)
          account.orders.setAdjustmentPending(orderNumber, body.adjustmentPending)
        const order = readOrder(stored)
        if (body.status === 'completed' && order.status === 'pending') complete(account, stored)
        else if (body.status !== undefined) {
          account.orders.settle(orderNumber)
          saveOrder(account, orderNumber, { ...order, status: body.status })
        }
      })
      return readOrder(account.orders.get(orderNumber) ?? stored)
    },
  )
  done()
}
