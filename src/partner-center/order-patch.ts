import { z } from 'zod'
import { type Order, OrderStatus } from '../orders/order.ts'
import { PartnerCenterError } from './errors.ts'
import { anyCase, readBody } from './json.ts'

const LineItemPatch = anyCase({
  lineItemNumber: z.int(),
  offerId: z.string().nullish(),
  quantity: z.number().nullish(),
})

/**
 * The members of a PATCH that say what is asked for. SDKs send the whole order with them; the rest is read-only.
 * https://learn.microsoft.com/partner-center/developer/cancel-software-purchases
 */
export const OrderPatch = anyCase({
  id: z.string().nullish().meta({ description: "The order's own id or alternateId, if given." }),
  status: z.string().nullish().meta({ description: '`cancelled`, in any case, to cancel.' }),
  lineItems: z.array(LineItemPatch).nullish().meta({
    description: 'The lines to cancel. Without them, or with all of the order sent back, the whole order is cancelled.',
  }),
}).meta({
  id: 'OrderPatch',
  description: 'A cancellation. Member names match in any case; unknown and read-only members are accepted.',
  examples: [
    { id: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1', status: 'cancelled' },
    {
      id: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1',
      status: 'cancelled',
      lineItems: [{ lineItemNumber: 0, offerId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS' }],
    },
  ],
})
export type OrderPatch = z.infer<typeof OrderPatch>

/**
 * Reads what a PATCH asks of an order, and refuses what is not a cancellation of it:
 * `invalidInput`, `invalidOrderStatus`, `notSupported`.
 */
export function readCancellation(body: unknown, order: Order): OrderPatch {
  const patch = readBody(body, OrderPatch)
  const { status, id } = patch
  if (status != null && !OrderStatus.safeParse(status.toLowerCase()).success) {
    throw new PartnerCenterError('invalidOrderStatus', { values: [status] })
  }
  if (id != null && !isIdOf(order, id)) {
    throw new PartnerCenterError('invalidInput', { data: [`id: the order in the path has the id ${order.id}`] })
  }
  if (status?.toLowerCase() !== 'cancelled') {
    throw new PartnerCenterError('notSupported', {
      hint: 'only cancellations are emulated: a PATCH needs the member "status": "cancelled"',
    })
  }
  return patch
}

function isIdOf(order: Order, id: string): boolean {
  return [order.id, order.alternateId].some((own) => own?.toLowerCase() === id.toLowerCase())
}
