import type { Account } from '../../accounts/account.ts'
import { errorsOf, orderCart, writeCart } from '../../model/carts/cart.ts'
import { Cart, CartCheckoutResult } from '../../model/carts/schema.ts'
import { editions } from '../../model/editions.ts'
import { guid } from '../../model/ids.ts'
import type { Routes } from '../../routes.ts'
import { purchaseContext } from '../orders/purchase.ts'
import type { BodyRequest } from '../protocol/body.ts'
import { orThrow, PartnerCenterError } from '../protocol/errors.ts'
import { findCustomer } from '../protocol/lookup.ts'
import { CartPath, CustomerPath } from '../protocol/parameters.ts'
import { sendChange, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { checkoutResult } from './checkout-result.ts'
import { CartRequest, readCartRequest } from './requests.ts'

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
        const cart = fillCart(account, id, guid(account.random), request, undefined)
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
        return { status: 200, document: JSON.stringify(fillCart(account, id, cart.id, request, cart)) }
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
      sendChange(request, reply, `POST cart ${cart.id} checkout`, () => ({
        status: 201,
        document: JSON.stringify(checkOut(account, id, cart)),
      }))
    },
  )
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
  request: BodyRequest,
  replaced: Cart | undefined,
): Cart {
  const context = { ...purchaseContext(account, customerId), partnerId: account.partnerId }
  const { cart } = orThrow(writeCart(cartId, readCartRequest(request), context, replaced))
  account.carts.put(cart, customerId)
  return cart
}

/**
 * Orders a cart and stores the result. A second checkout is refused, or repeats the result and orders only the groups that
 * failed before.
 */
function checkOut(account: Account, customerId: string, cart: Cart): CartCheckoutResult {
  const earlier = cart.status === 'Ordered' ? account.carts.checkoutOf(cart.id) : undefined
  if (earlier === undefined || editions[account.settings.rules].secondCheckout === 'refused') refuseOrdered(cart)
  if (earlier !== undefined && earlier.orderErrors === undefined) return earlier
  const errors = errorsOf(cart)
  if (errors.length > 0) throw new PartnerCenterError('cartItems', { data: errors })
  const results = orderCart(
    cart,
    () => purchaseContext(account, customerId),
    (order) => account.addOrder(order),
    earlier?.orderErrors?.map(({ orderGroupId }) => orderGroupId),
  )
  const result = checkoutResult(account, results, earlier)
  account.carts.put({ ...cart, status: 'Ordered' }, customerId, result)
  return result
}
