import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { type CartContext, type GroupResult, type NewCartLine, orderCart, writeCart } from '../../model/carts/cart.ts'
import { Cart, CartCheckoutResult, CartLineItem } from '../../model/carts/schema.ts'
import { guid } from '../../model/ids.ts'
import { lazy } from '../../model/lazy.ts'
import { isRefusal } from '../../model/refusals.ts'
import type { Routes } from '../../routes.ts'
import { purchaseContext } from '../orders/purchase.ts'
import { type BodyRequest, readBody } from '../protocol/body.ts'
import { readBillingCycle } from '../protocol/enums.ts'
import { orThrow, PartnerCenterError } from '../protocol/errors.ts'
import { findCustomer } from '../protocol/lookup.ts'
import { CartPath, CustomerPath } from '../protocol/parameters.ts'
import { sendChange, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { anyCase, anyCaseOf } from '../protocol/unknown-members.ts'

const CartLineRequest = lazy(() =>
  anyCaseOf(CartLineItem, {
    catalogItemId: z.string().nullish().meta({ description: 'Offer id of the catalog item. Required.' }),
    friendlyName: z.string().nullish().meta({ description: 'Name of the purchase.' }),
    quantity: z.number().nullish().meta({ description: 'Number of licenses or instances. 1 without it.' }),
    currencyCode: z.string().nullish().meta({ description: 'ISO 4217 code of the currency. USD without it.' }),
    billingCycle: z.string().nullish().meta({ description: 'Billing cycle in any spelling, or its number.' }),
    termDuration: z.string().nullish().meta({ description: 'Length of the term, an ISO 8601 duration.' }),
    provisioningContext: z
      .record(z.string(), z.string().nullable())
      .nullish()
      .meta({ description: 'Values that provisioning needs, such as scope and subscriptionId of a reservation.' }),
    partnerIdOnRecord: z.string().nullish().meta({ description: 'PartnerID (MPN ID) of the indirect reseller.' }),
    renewsTo: anyCase({ termDuration: z.string().meta({ description: 'Length of the next term.' }) })
      .nullish()
      .meta({ description: 'The term that the subscription renews to.' }),
  }),
)

const CartRequest = lazy(() =>
  anyCaseOf(Cart, {
    lineItems: z.array(CartLineRequest()).min(1).max(200).meta({ description: 'Items of the cart.' }),
  }).meta({ id: 'CartRequest', description: 'The items of a cart. Member names match in any case.' }),
)

/** Carts: several items bought at once, in one order for each group. */
export const cartRoutes: Routes = (app) => {
  const cartsUrl = '/customers/:customerTenantId/carts'

  app.post(
    cartsUrl,
    { schema: describe('createCart', { params: CustomerPath, body: CartRequest }, 201, Cart) },
    (request, reply) => {
      const { account, params } = request
      const { id } = findCustomer(account, params.customerTenantId)
      sendChange(request, reply, `POST ${id}/carts`, () => {
        const cart = fillCart(account, id, guid(account.random), readItems(request), undefined)
        return { status: 201, document: JSON.stringify(cart) }
      })
    },
  )

  app.get(`${cartsUrl}/:cartId`, { schema: describe('getCart', { params: CartPath }, 200, Cart) }, (request, reply) => {
    const { account, params } = request
    const { id } = findCustomer(account, params.customerTenantId)
    sendDocument(request, reply, JSON.stringify(findCart(account, id, params.cartId)))
  })

  app.put(
    `${cartsUrl}/:cartId`,
    { schema: describe('updateCart', { params: CartPath, body: CartRequest }, 200, Cart) },
    (request, reply) => {
      const { account, params } = request
      const { id } = findCustomer(account, params.customerTenantId)
      const cart = findCart(account, id, params.cartId)
      sendChange(request, reply, `PUT cart ${cart.id}`, () => {
        refuseOrdered(cart)
        return { status: 200, document: JSON.stringify(fillCart(account, id, cart.id, readItems(request), cart)) }
      })
    },
  )

  app.post(
    `${cartsUrl}/:cartId/checkout`,
    { schema: describe('checkoutCart', { params: CartPath }, 201, CartCheckoutResult) },
    (request, reply) => {
      const { account, params } = request
      const { id } = findCustomer(account, params.customerTenantId)
      const cart = findCart(account, id, params.cartId)
      sendChange(request, reply, `POST cart ${cart.id} checkout`, () => {
        refuseOrdered(cart)
        const results = orderCart(
          cart,
          () => purchaseContext(account, id),
          (order) => account.addOrder(order),
        )
        account.carts.put({ ...cart, status: 'Ordered' }, id)
        return { status: 201, document: JSON.stringify(checkoutResult(results)) }
      })
    },
  )
}

function readItems(request: BodyRequest): NewCartLine[] {
  return readBody(request, CartRequest).lineItems.map(({ billingCycle, ...item }) => ({
    ...item,
    billingCycle: billingCycle ? readBillingCycle(billingCycle) : undefined,
  }))
}

function findCart(account: Account, customerId: string, cartId: string): Cart {
  const cart = account.carts.find(cartId, customerId, account.clock.now())
  if (cart === undefined) throw new PartnerCenterError('cartNotFound')
  return cart
}

function refuseOrdered(cart: Cart): void {
  if (cart.status === 'Ordered') throw new PartnerCenterError('cartSubmitted', { values: [cart.id] })
}

function fillCart(
  account: Account,
  customerId: string,
  cartId: string,
  items: readonly NewCartLine[],
  replaced: Cart | undefined,
): Cart {
  const { partnerId, settings, clock, products } = account
  const context: CartContext = {
    customerId,
    partnerId,
    rules: settings.rules,
    now: clock.now(),
    findProduct: products.find,
  }
  const { cart } = orThrow(writeCart(cartId, items, context, replaced))
  account.carts.put(cart, customerId)
  return cart
}

/** Leaves out empty members, as the documentation's examples do. */
function checkoutResult(results: readonly GroupResult[]): CartCheckoutResult {
  const orders = results.flatMap(({ result }) => (isRefusal(result) ? [] : [result.order]))
  const orderErrors = results.flatMap(({ orderGroupId, result }) => {
    if (!isRefusal(result)) return []
    const { code, description } = new PartnerCenterError(result.refused, result).body
    return [{ orderGroupId, code: Number(code), description }]
  })
  return {
    ...(orders.length > 0 ? { orders } : {}),
    ...(orderErrors.length > 0 ? { orderErrors } : {}),
    attributes: { objectType: 'CartCheckoutResult' },
  }
}
