import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { attributesOf } from '../../model/attributes.ts'
import { productTraits } from '../../model/catalog/product-traits.ts'
import { editions } from '../../model/editions.ts'
import { lazy } from '../../model/lazy.ts'
import { Link, linkTo } from '../../model/links.ts'
import { provisioningStatusOf } from '../../model/orders/fulfil.ts'
import type { Order } from '../../model/orders/schema.ts'
import type { Routes } from '../../routes.ts'
import { readOrder } from '../../storage/orders/row.ts'
import { refuseAppOnly } from '../hooks/authorization.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { findOrder } from '../protocol/lookup.ts'
import { OrderLinePath, OrderPath } from '../protocol/parameters.ts'
import { collectionOf, looseCollectionOf, sendBareCollection, sendCollection, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'

/** The words of the later example. It has the first one; the others are a guess. */
const laterWords = {
  Fulfilled: 'fulfilled',
  Unfulfilled: 'unfulfilled',
  PrefulfillmentPending: 'prefulfillmentPending',
} as const

/** https://learn.microsoft.com/partner-center/developer/order-resources */
const LineItemProvisioningStatus = lazy(() =>
  z
    .strictObject({
      orderLineItemId: z.int().nonnegative().optional().meta({ description: 'Number of the line, from 2021.' }),
      lineItemNumber: z.int().nonnegative().meta({ description: 'Number of the line.' }),
      status: z.enum(Object.entries(laterWords).flat()).meta({ description: 'Whether the line is provisioned.' }),
      quantityProvisioningInformation: z
        .array(
          z.strictObject({
            quantity: z.int().nonnegative().meta({ description: 'Part of the quantity.' }),
            status: z.string().meta({ description: 'Whether this part is provisioned.' }),
            attributes: attributesOf('QuantityProvisioningStatus').optional(),
          }),
        )
        .meta({ description: 'The status by quantity.' }),
      attributes: attributesOf('OrderLineItemProvisioningStatus').optional(),
    })
    .meta({ id: 'OrderLineItemProvisioningStatus', description: 'Provisioning status of a line.' }),
)

const LineItemActivationLink = lazy(() =>
  z
    .strictObject({
      lineItemNumber: z.int().nonnegative().meta({ description: 'Number of the line.' }),
      link: Link().meta({ description: 'Link with which the customer activates the line.' }),
    })
    .meta({ id: 'OrderLineItemActivationLink', description: 'Activation link of a marketplace line.' }),
)

const DummyActivation = lazy(() =>
  z
    .strictObject({ message: z.string().meta({ description: 'How to activate the subscription instead.' }) })
    .meta({ id: 'DummyActivation', description: 'The place that a dummy activation link leads to.' }),
)

/** The provisioning status of an order's lines, and the links with which customers activate them. */
export const provisioningRoutes: Routes = (app) => {
  const orderUrl = '/customers/:customerTenantId/orders/:orderId'

  app.get(
    `${orderUrl}/provisioningstatus`,
    {
      schema: describe(
        'getProvisioningStatus',
        { params: OrderPath },
        200,
        looseCollectionOf(LineItemProvisioningStatus),
      ),
    },
    (request, reply) => {
      const { account, params } = request
      refuseAppOnly(request)
      const order = readOrder(findOrder(account, params.customerTenantId, params.orderId))
      if (editions[account.settings.rules].provisioningWords === 'fulfilled') {
        sendBareCollection(request, reply, laterProvisioningOf(order))
        return
      }
      const legacy = order.lineItems.some(({ offerId }) => productTraits[account.products.typeOf(offerId)].legacy)
      if (legacy) throw new PartnerCenterError('provisioningNotFound')
      const items = provisioningOf(order)
      sendCollection(request, reply, `${uriOf(order)}/provisioningstatus`, items.length, (place) => items[place] ?? '')
    },
  )

  app.get(
    `${orderUrl}/activationlinks`,
    { schema: describe('getActivationLinks', { params: OrderPath }, 200, collectionOf(LineItemActivationLink)) },
    (request, reply) => {
      const { account, params } = request
      const order = readOrder(findOrder(account, params.customerTenantId, params.orderId))
      const items = activationLinksOf(account, order)
      sendCollection(request, reply, `${uriOf(order)}/activationlinks`, items.length, (place) => items[place] ?? '')
    },
  )

  app.get(
    `${orderUrl}/lineitems/:lineItemNumber/activationlinks`,
    {
      schema: describe(
        'getActivationLinksOfLine',
        { params: OrderLinePath },
        200,
        collectionOf(LineItemActivationLink),
      ),
    },
    (request, reply) => {
      const { account, params } = request
      const order = readOrder(findOrder(account, params.customerTenantId, params.orderId))
      const number = requireLine(order, params.lineItemNumber)
      const items = activationLinksOf(account, order, number)
      const self = `${uriOf(order)}/lineitems/${number}/activationlinks`
      sendCollection(request, reply, self, items.length, (place) => items[place] ?? '')
    },
  )

  app.get(
    `${orderUrl}/lineitems/:lineItemNumber/activation`,
    { schema: describe('followActivationLink', { params: OrderLinePath }, 200, DummyActivation) },
    (request, reply) => {
      const { account, params } = request
      const order = readOrder(findOrder(account, params.customerTenantId, params.orderId))
      requireLine(order, params.lineItemNumber)
      const message = 'A sandbox has dummy links. Activate by POST /customers/{id}/subscriptions/{id}/activate.'
      sendDocument(request, reply, JSON.stringify({ message }))
    },
  )
}

function uriOf({ referenceCustomerId, id }: Order): string {
  return `/customers/${referenceCustomerId}/orders/${id}`
}

function requireLine(order: Order, number: number): number {
  if (order.lineItems[number] === undefined) throw new PartnerCenterError('lineItemNumberOutOfRange')
  return number
}

/** https://learn.microsoft.com/partner-center/developer/get-order-provisioning-status */
function laterProvisioningOf(order: Order): object[] {
  return order.lineItems.map((line) => {
    const status = laterWords[provisioningStatusOf(order, line)]
    const { lineItemNumber, quantity } = line
    const quantityProvisioningInformation = [{ quantity, status }]
    return { orderLineItemId: lineItemNumber, lineItemNumber, status, quantityProvisioningInformation }
  })
}

function provisioningOf(order: Order): string[] {
  return order.lineItems.map((line) => {
    const status = provisioningStatusOf(order, line)
    const { lineItemNumber, quantity } = line
    const attributes = { objectType: 'QuantityProvisioningStatus' }
    return JSON.stringify({
      lineItemNumber,
      status,
      quantityProvisioningInformation: [{ quantity, status, attributes }],
      attributes: { objectType: 'OrderLineItemProvisioningStatus' },
    })
  })
}

/** Only marketplace lines have activation links. In a sandbox the links are dummies. */
function activationLinksOf(account: Account, order: Order, only?: number): string[] {
  return order.lineItems
    .filter(({ offerId, lineItemNumber }) => {
      return productTraits[account.products.typeOf(offerId)].activated && (only ?? lineItemNumber) === lineItemNumber
    })
    .map(({ lineItemNumber }) =>
      JSON.stringify({ lineItemNumber, link: linkTo(`${uriOf(order)}/lineitems/${lineItemNumber}/activation`) }),
    )
}
