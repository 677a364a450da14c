import type { FastifyRequest } from 'fastify'
import type { Account } from '../../accounts/account.ts'
import { editions } from '../../model/editions.ts'
import { cancelOrder } from '../../model/orders/cancel.ts'
import { changeOrder } from '../../model/orders/change.ts'
import { placeOrder } from '../../model/orders/place.ts'
import { withPrices, withPurchasePrices } from '../../model/orders/pricing.ts'
import { Order } from '../../model/orders/schema.ts'
import type { Routes } from '../../routes.ts'
import { readSubscription, saveOrder } from '../../storage/orders/ledger.ts'
import { readOrder, type StoredOrder } from '../../storage/orders/row.ts'
import { noteCancellation } from '../protocol/decision.ts'
import { readBillingCycle } from '../protocol/enums.ts'
import { orThrow, PartnerCenterError } from '../protocol/errors.ts'
import { refuseStaleEtag } from '../protocol/etag.ts'
import { findCustomer, findOrder } from '../protocol/lookup.ts'
import { CustomerPath, OrderListQuery, OrderPath, OrderQuery } from '../protocol/parameters.ts'
import { collectionOf, itemsAtOnce, sendChange, sendCollection, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { purchaseContext } from './purchase.ts'
import { OrderPatch, OrderRequest, readOrderPatch, readOrderRequest } from './requests.ts'

/** Orders: list, create, read, cancel and change. */
export const orderRoutes: Routes = (app) => {
  app.get(
    '/customers/:customerTenantId/orders',
    { schema: describe('listOrders', { params: CustomerPath, querystring: OrderListQuery }, 200, collectionOf(Order)) },
    (request, reply) => {
      const { account, params, query } = request
      const { id } = findCustomer(account, params.customerTenantId)
      const numbers = account.orders.numbersOf(id, {
        billingCycle: query.billingType === undefined ? undefined : readBillingCycle(query.billingType),
        indirectResellerId: query.indirect_reseller_id,
        withSystemPurchases: query.include_system_purchases ?? false,
        createdBy: account.listedUntil(),
      })
      const priced = query.include_price ?? false
      const reader = numbers.length > itemsAtOnce ? account.openReader() : undefined
      const { textOf } = reader ?? account.orders
      const itemAt = (place: number) => {
        const document = textOf(numbers[place] ?? 0)
        return document === undefined ? 'null' : documentOf(account, document, priced)
      }
      sendCollection(request, reply, `/customers/${id}/orders`, numbers.length, itemAt, reader?.close)
    },
  )

  app.post(
    '/customers/:customerTenantId/orders',
    { schema: describe('createOrder', { params: CustomerPath, body: OrderRequest }, 201, Order) },
    (request, reply) => {
      const { account, params } = request
      const { id } = findCustomer(account, params.customerTenantId)
      sendChange(request, reply, `POST ${id}/orders`, () => {
        const { order } = orThrow(placeOrder(readOrderRequest(request), purchaseContext(account, id)))
        account.addOrder(order)
        const { pricesOnPurchase } = editions[account.settings.rules]
        const shown = pricesOnPurchase ? withPurchasePrices(order, account.products.find, 'order') : order
        return { status: 201, document: JSON.stringify(shown) }
      })
    },
  )

  app.get(
    '/customers/:customerTenantId/orders/:orderId',
    { schema: describe('getOrder', { params: OrderPath, querystring: OrderQuery }, 200, Order) },
    (request, reply) => {
      const { account, params, query } = request
      const { customerTenantId, orderId } = params
      const document =
        account.orders.documentOf(customerTenantId.toLowerCase(), orderId) ??
        findOrder(account, customerTenantId, orderId).document
      sendDocument(request, reply, documentOf(account, document, query.include_price ?? false))
    },
  )

  app.patch(
    '/customers/:customerTenantId/orders/:orderId',
    { schema: describe('patchOrder', { params: OrderPath, body: OrderPatch }, 200, Order) },
    (request, reply) => {
      const { account, params } = request
      const order = findOrder(account, params.customerTenantId, params.orderId)
      sendChange(request, reply, `PATCH order ${order.orderNumber}`, () => ({
        status: 200,
        document: patchOrder(account, order, request),
      }))
    },
  )
}

/** The document of an order, with prices on request. */
function documentOf(account: Account, document: string, priced: boolean): string {
  return priced ? JSON.stringify(withPrices(readOrder({ document }), account.products.find)) : document
}

/** Cancels or changes an order as the body asks, and returns the document. Throws the documented refusal. */
function patchOrder(account: Account, stored: StoredOrder, request: FastifyRequest): string {
  const order = readOrder(stored)
  const patch = readOrderPatch(request, order)
  refuseStaleEtag(request, order.attributes.etag)
  if (!patch.cancels) return change(account, stored, order, patch)
  const document = cancel(account, stored, order, patch)
  noteCancellation(request, account.settings.rules)
  return document
}

function cancel(account: Account, stored: StoredOrder, order: Order, { lineItems }: OrderPatch): string {
  const { kind, rules } = account.settings
  const decided = orThrow(
    cancelOrder(order, lineItems, {
      kind,
      rules,
      now: account.clock.now(),
      adjustmentPending: stored.adjustmentPending === 1,
      productTypeOf: account.products.typeOf,
    }),
  )
  return account.cancelOrder(stored, order, decided)
}

function change(account: Account, stored: StoredOrder, order: Order, patch: OrderPatch): string {
  const { order: changed } = orThrow(
    changeOrder(order, patch, {
      ...purchaseContext(account, order.referenceCustomerId),
      statusOfSubscription(subscriptionId) {
        const subscription = account.subscriptions.find(subscriptionId)
        return subscription === undefined ? undefined : readSubscription(subscription.document).status
      },
    }),
  )
  if (changed === order) return stored.document
  if (stored.adjustmentPending === 1) throw new PartnerCenterError('adjustmentPending')
  return saveOrder(account, stored.orderNumber, changed)
}
