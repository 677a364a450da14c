import * as z from 'zod'
import type { Account } from '../accounts/account.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import { waitsForCompletion } from '../model/orders/fulfil.ts'
import { Order, OrderStatus } from '../model/orders/schema.ts'
import type { Routes } from '../routes.ts'
import { complete, dropCancellation, finishCancellation, saveOrder } from '../storage/orders/ledger.ts'
import { readOrder, type StoredOrder } from '../storage/orders/row.ts'
import { ControlError } from './errors.ts'
import { describeControl } from './route-schema.ts'

const StatusPath = lazy(() =>
  z.object({
    customerTenantId: z.string().meta({ description: "The customer's tenant id, in any case." }),
    orderId: z.string().meta({ description: "The order's id or alternateId." }),
  }),
)

export const StatusChange = lazy(() =>
  z
    .strictObject({
      status: OrderStatus().optional().meta({ description: 'completed provisions a pending order; error fails it.' }),
      adjustmentPending: z.boolean().optional().meta({
        description: 'Whether an earlier change still runs: every further one is refused with 409 / 800014.',
      }),
    })
    .refine(
      ({ status, adjustmentPending }) => status !== undefined || adjustmentPending !== undefined,
      'give status or adjustmentPending',
    )
    .meta({ id: 'OrderStatusChange', description: 'At least one of the members.' }),
)
export type StatusChange = Infer<typeof StatusChange>

/** Sets the status of an order by hand. */
export const orderStatusRoutes: Routes = (app) => {
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
      const stored = account.orders.find(params.orderId)
      if (stored?.customerId !== params.customerTenantId.toLowerCase()) {
        throw new ControlError(
          404,
          `The customer has no order ${params.orderId}.`,
          'GET /v1/customers/{id}/orders lists them',
        )
      }
      const { orderNumber } = stored
      const { document } = account.write(undefined, () => {
        if (body.adjustmentPending !== undefined)
          account.orders.setAdjustmentPending(orderNumber, body.adjustmentPending)
        if (body.status !== undefined) setStatus(account, stored, body.status)
        return { status: 200, document: account.orders.get(orderNumber)?.document ?? stored.document }
      })
      return readOrder({ document })
    },
  )
}

/** Ends a cancellation that is under way, or gives it up for another status than `cancelled`. */
function setStatus(account: Account, stored: StoredOrder, status: Order['status']): void {
  const { orderNumber } = stored
  const isBeingCancelled = account.orders.cancellationOf(orderNumber) !== undefined
  if (isBeingCancelled && status === 'cancelled') {
    finishCancellation(account, stored)
    return
  }
  if (isBeingCancelled) dropCancellation(account, orderNumber)
  const order = readOrder(stored)
  if (status === 'completed' && waitsForCompletion(order)) {
    complete(account, stored)
    return
  }
  account.orders.cancelCompletion(orderNumber)
  saveOrder(account, orderNumber, { ...order, status })
}
