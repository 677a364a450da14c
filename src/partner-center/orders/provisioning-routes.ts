import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { productWorlds } from '../../model/catalog/product-traits.ts'
import { provisioningStatusOf } from '../../model/orders/fulfil.ts'
import { linkTo } from '../../model/orders/links.ts'
import { Link, type Order } from '../../model/orders/schema.ts'
import { readOrder } from '../../storage/orders/ledger.ts'
import { refuseAppOnly } from '../protocol/authorization.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { findOrder } from '../protocol/lookup.ts'
import { describe } from '../protocol/operations.ts'
import { OrderLinePath, OrderPath } from '../protocol/parameters.ts'
import { collectionOf, sendCollection, sendDocument } from '../protocol/reply.ts'

/** https://learn.microsoft.com/partner-center/developer/order-resources */
const LineItemProvisioningStatus = z
  .strictObject({
    lineItemNumber: z.int().nonnegative(),
    status: z.enum(['Fulfilled', 'Unfulfilled', 'PrefulfillmentPending']),
    quantityProvisioningInformation: z.array(
      z.strictObject({
        quantity: z.int().nonnegative(),
        status: z.string(),
        attributes: z.strictObject({ objectType: z.literal('QuantityProvisioningStatus') }),
      }),
    ),
    attributes: z.strictObject({ objectType: z.literal('OrderLineItemProvisioningStatus') }),
  })
  .meta({ id: 'OrderLineItemProvisioningStatus' })

const LineItemActivationLink = z
  .strictObject({ lineItemNumber: z.int().nonnegative(), link: Link })
  .meta({ id: 'OrderLineItemActivationLink' })

const DummyActivation = z.strictObject({ message: z.string() }).meta({ id: 'DummyActivation' })

/** How far the lines of an order are provisioned, and the links by which customers activate them. */
export const provisioningRoutes: FastifyPluginCallbackZod = (app, _options, done) => {
  const orderUrl = '/customers/:customerTenantId/orders/:orderId'

  app.get(
    `${orderUrl}/provisioningstatus`,
    { schema: describe('getProvisioningStatus', { params: OrderPath }, 200, collectionOf(LineItemProvisioningStatus)) },
    (request, reply) => {
      const { account, params } = request
      refuseAppOnly(request)
      const order = readOrder(findOrder(account, params.customerTenantId, params.orderId))
      const legacy = order.lineItems.some(({ offerId }) => productWorlds[account.products.typeOf(offerId)].legacy)
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
  done()
}

function uriOf({ referenceCustomerId, id }: Order): string {
  return `/customers/${referenceCustomerId}/orders/${id}`
}

function requireLine(order: Order, number: number): number {
  if (order.lineItems[number] === undefined) throw new PartnerCenterError('lineItemNumberOutOfRange')
  return number
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

/** Only marketplace lines are activated. In a sandbox their links are dummies. */
function activationLinksOf(account: Account, order: Order, only?: number): string[] {
  return order.lineItems
    .filter(({ offerId, lineItemNumber }) => {
      return productWorlds[account.products.typeOf(offerId)].activated && (only ?? lineItemNumber) === lineItemNumber
    })
    .map(({ lineItemNumber }) =>
      JSON.stringify({ lineItemNumber, link: linkTo(`${uriOf(order)}/lineitems/${lineItemNumber}/activation`) }),
    )
}
