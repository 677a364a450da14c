import * as z from 'zod'
import { type Infer, lazy } from '../../model/lazy.ts'
import type { OrderChange } from '../../model/orders/change.ts'
import { Order, OrderLineItem, orderStatuses } from '../../model/orders/schema.ts'
import type { NewOrder } from '../../model/purchases/request.ts'
import { type BodyRequest, readBody } from '../protocol/body.ts'
import { readBillingCycle } from '../protocol/enums.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { anyCaseOf } from '../protocol/unknown-members.ts'
import { partnerAttestation, purchaseMembers } from './purchase-members.ts'

const lineMembers = lazy(() => ({
  offerId: z.string().nullish().meta({ description: 'Offer id of the catalog item.' }),
  quantity: z.number().nullish().meta({ description: 'Number of licenses or instances.' }),
  parentSubscriptionId: z.string().nullish().meta({ description: 'Id of the subscription that an add-on extends.' }),
  ...purchaseMembers(),
  additionalPartnerIdsOnRecord: z
    .array(z.string())
    .nullish()
    .meta({ description: 'PartnerIDs of at most 5 further partners.' }),
}))

const LineItemPatch = lazy(() =>
  anyCaseOf(OrderLineItem, {
    lineItemNumber: z.int().meta({ description: 'Number of the line, from 0.' }),
    ...lineMembers(),
  }),
)

const NewLineItem = lazy(() =>
  anyCaseOf(OrderLineItem, {
    lineItemNumber: z.int().nullish().meta({ description: 'Number of the line, from 0.' }),
    ...lineMembers(),
  }),
)

const orderMembers = lazy(() => ({
  status: z.string().nullish().meta({ description: '`cancelled`, in any case, to cancel.' }),
  billingCycle: z.string().nullish().meta({ description: 'Billing cycle in any spelling, or its number.' }),
}))

/**
 * The members of a PATCH that change something. SDKs send the whole order; the other members are read-only.
 * https://learn.microsoft.com/partner-center/developer/cancel-software-purchases
 */
export const OrderPatch = lazy(() =>
  anyCaseOf(Order, {
    id: z.string().nullish().meta({ description: "The order's own id or alternateId, if given." }),
    ...orderMembers(),
    lineItems: z.array(LineItemPatch()).nullish().meta({
      description:
        'To cancel: the lines; without them, or with all of the order sent back, the whole order is cancelled. Else the add-ons to buy, each with its parentSubscriptionId, or the lines whose quantity changes.',
    }),
  }).meta({
    id: 'OrderPatch',
    description: 'Member names match in any case; unknown and read-only members are accepted.',
  }),
)

/** https://learn.microsoft.com/partner-center/developer/create-an-order */
export const OrderRequest = lazy(() =>
  anyCaseOf(Order, {
    ...orderMembers(),
    currencyCode: z.string().nullish().meta({ description: 'ISO 4217 code of the currency. USD without it.' }),
    partnerOnRecordAttestationAccepted: partnerAttestation(),
    lineItems: z.array(NewLineItem()).min(1).max(1000).meta({ description: 'Lines of the order.' }),
  }).meta({
    id: 'OrderRequest',
    description: 'Member names match in any case; unknown and read-only members are accepted.',
  }),
)

/** The change that a PATCH of an order asks for. */
export type OrderPatch = OrderChange & {
  cancels: boolean
  lineItems?: Infer<typeof LineItemPatch>[] | null | undefined
}

/** Reads the body of a PATCH of an order. Throws `invalidInput`, `invalidOrderStatus`, `unparsableEnum`. */
export function readOrderPatch(request: BodyRequest, order: Order): OrderPatch {
  const { id, status, billingCycle, lineItems } = readBody(request, OrderPatch)
  refuseUnknownStatus(status)
  if (id != null && !isIdOf(order, id)) {
    throw new PartnerCenterError('invalidInput', { data: [`id: the order in the path has the id ${order.id}`] })
  }
  const cancels = status?.toLowerCase() === 'cancelled'
  return { cancels, billingCycle: cancels || !billingCycle ? undefined : readBillingCycle(billingCycle), lineItems }
}

/** Reads the body of a new order. Throws `invalidInput`, `invalidOrderStatus`, `unparsableEnum`. */
export function readOrderRequest(request: BodyRequest): NewOrder {
  const { status, billingCycle, ...rest } = readBody(request, OrderRequest)
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
