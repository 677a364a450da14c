import * as z from 'zod'
import { type Infer, lazy } from '../../model/lazy.ts'
import type { OrderChange } from '../../model/orders/change.ts'
import type { NewOrder } from '../../model/orders/place.ts'
import { type Order, orderStatuses } from '../../model/orders/schema.ts'
import { anyCase, readBody } from '../protocol/body.ts'
import { readBillingCycle } from '../protocol/enums.ts'
import { PartnerCenterError } from '../protocol/errors.ts'

const Text = lazy(() => z.string().nullish())

const lineMembers = lazy(() => ({
  offerId: Text(),
  quantity: z.number().nullish(),
  friendlyName: Text(),
  parentSubscriptionId: Text(),
  partnerIdOnRecord: Text(),
  renewsTo: anyCase({ termDuration: Text() }).nullish(),
}))

const LineItemPatch = lazy(() => anyCase({ lineItemNumber: z.int(), ...lineMembers() }))
const NewLineItem = lazy(() => anyCase({ lineItemNumber: z.int().nullish(), termDuration: Text(), ...lineMembers() }))

const orderMembers = lazy(() => ({
  status: Text().meta({ description: '`cancelled`, in any case, to cancel.' }),
  billingCycle: Text(),
}))

/**
 * The members of a PATCH that change something. SDKs send the whole order; the other members are read-only.
 * https://learn.microsoft.com/partner-center/developer/cancel-software-purchases
 */
export const OrderPatch = lazy(() =>
  anyCase({
    id: Text().meta({ description: "The order's own id or alternateId, if given." }),
    ...orderMembers(),
    lineItems: z.array(LineItemPatch()).nullish().meta({
      description:
        'To cancel: the lines; without them, or with all of the order sent back, the whole order is cancelled. Else the add-ons to buy, each with its parentSubscriptionId, or the lines whose quantity changes.',
    }),
  }).meta({
    id: 'OrderPatch',
    description: 'Member names match in any case; unknown and read-only members are accepted.',
    examples: [
      { id: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1', status: 'cancelled' },
      {
        id: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1',
        status: 'cancelled',
        lineItems: [{ lineItemNumber: 0, offerId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS' }],
      },
    ],
  }),
)

/** https://learn.microsoft.com/partner-center/developer/create-an-order */
export const OrderRequest = lazy(() =>
  anyCase({
    ...orderMembers(),
    currencyCode: z.string().length(3).nullish(),
    lineItems: z.array(NewLineItem()).min(1).max(1000),
  }).meta({
    id: 'OrderRequest',
    description: 'Member names match in any case; unknown and read-only members are accepted.',
    examples: [
      {
        billingCycle: 'one_time',
        currencyCode: 'USD',
        lineItems: [
          {
            lineItemNumber: 0,
            provisioningContext: {
              subscriptionId: '3D5ECED6-1151-44C7-AEE6-70A4BB725666',
              scope: 'shared',
              duration: '1Year',
            },
            offerId: 'DZH318Z0BQ4B:0047:DZH318Z0DSM8',
            friendlyName: 'A_sample_Azure_RI',
            quantity: 1,
          },
        ],
      },
    ],
  }),
)

/** The change that a PATCH of an order asks for. */
export type OrderPatch = OrderChange & {
  cancels: boolean
  lineItems?: Infer<typeof LineItemPatch>[] | null | undefined
}

/** Reads the body of a PATCH of an order. Throws `invalidInput`, `invalidOrderStatus`, `unparsableEnum`. */
export function readOrderPatch(body: unknown, order: Order): OrderPatch {
  const { id, status, billingCycle, lineItems } = readBody(body, OrderPatch)
  refuseUnknownStatus(status)
  if (id != null && !isIdOf(order, id)) {
    throw new PartnerCenterError('invalidInput', { data: [`id: the order in the path has the id ${order.id}`] })
  }
  const cancels = status?.toLowerCase() === 'cancelled'
  return { cancels, billingCycle: cancels || !billingCycle ? undefined : readBillingCycle(billingCycle), lineItems }
}

/** Reads the body of a new order. Throws `invalidInput`, `invalidOrderStatus`, `unparsableEnum`. */
export function readOrderRequest(body: unknown): NewOrder {
  const { status, billingCycle, ...rest } = readBody(body, OrderRequest)
  refuseUnknownStatus(status)
  return { ...rest, billingCycle: billingCycle ? readBillingCycle(billingCycle) : undefined }
}

function refuseUnknownStatus(status: string | null | undefined): void {
  if (status != null && !orderStatuses.some((known) => known === status.toLowerCase())) {
    throw new PartnerCenterError('invalidOrderStatus', { values: [status] })
  }
}

function isIdOf(order: Order, id: string): boolean {
  return [order.id, order.alternateId].some((own) => own?.toLowerCase() === id.toLowerCase())
}
