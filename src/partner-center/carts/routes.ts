import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import {
  Cart,
  CartCheckoutResult,
  type CartContext,
  type GroupResult,
  type NewCartLine,
  orderCart,
  writeCart,
} from '../../model/carts/cart.ts'
import { guid } from '../../model/orders/ids.ts'
import { isRefusal } from '../../model/orders/refusal.ts'
import { addPlacedOrder, purchaseContext } from '../orders/purchase.ts'
import { anyCase, readBody } from '../protocol/body.ts'
import { readBillingCycle } from '../protocol/enums.ts'
import { orThrow, PartnerCenterError } from '../protocol/errors.ts'
import { findCustomer } from '../protocol/lookup.ts'
import { describe } from '../protocol/operations.ts'
import { CartPath, CustomerPath } from '../protocol/parameters.ts'
import { changeOnce, sendDocument } from '../protocol/reply.ts'

const Text = z.string().nullish()

const CartRequest = anyCase({
  lineItems: z
    .array(
      anyCase({
        catalogItemId: Text,
        friendlyName: Text,
        quantity: z.number().nullish(),
        currencyCode: Text,
        billingCycle: Text,
        termDuration: Text,
        provisioningContext: z.record(z.string(), z.string().nullable()).nullish(),
        partnerIdOnRecord: Text,
        renewsTo: anyCase({ termDuration: z.string() }).nullish(),
      }),
    )
    .min(1)
    .max(200),
}).meta({
  id: 'CartRequest',
  examples: [{ lineItems: [{ id: 0, catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM', quantity: 1 }] }],
})

/** Carts: several items ordered at once, one order a group. */
export const cartRoutes: FastifyPluginCallbackZod = (app, _options, done) => {
  const cartsUrl = '/customers/:customerTenantId/carts'

  app.post(
    cartsUrl,
    { schema: describe('createCart', { params: CustomerPath, body: CartRequest }, 201, Cart) },
    (request, reply) => {
      const { account, params, body } = request
      const { id } = findCustomer(account, params.customerTenantId)
      changeOnce(request, reply, `POST ${id}/carts`, () => {
        const cart = fillCart(account, id, guid(account.random), readItems(body), undefined)
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
      const { account, params, body } = request
      const { id } = findCustomer(account, params.customerTenantId)
      const cart = findCart(account, id, params.cartId)
      changeOnce(request, reply, `PUT cart ${cart.id}`, () => {
        refuseOrdered(cart)
        return { status: 200, document: JSON.stringify(fillCart(account, id, cart.id, readItems(body), cart)) }
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
      changeOnce(request, reply, `POST cart ${cart.id} checkout`, () => {
        refuseOrdered(cart)
        const results = orderCart(
          cart,
          () => purchaseContext(account, id),
          (order) => addPlacedOrder(account, order),
        )
        account.carts.keep({ ...cart, status: 'Ordered' }, id)
        return { status: 201, document: JSON.stringify(checkoutResult(results)) }
      })
    },
  )
  done()
}

function readItems(body: unknown): NewCartLine[] {
  return readBody(body, CartRequest).lineItems.map(({ billingCycle, ...item }) => ({
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
  account.carts.keep(cart, customerId)
  return cart
}

/** Members that have nothing to say are left out, as in the documentation's examples. */
function checkoutResult(results: readonly GroupResult[]): z.infer<typeof CartCheckoutResult> {
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
