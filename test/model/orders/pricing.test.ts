import { deepEqual, equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { placeOrder } from '../../../src/model/orders/place.ts'
import { withPrices, withPurchasePrices } from '../../../src/model/orders/pricing.ts'
import { chargesIn } from '../../../src/model/purchases/terms.ts'
import { anyOrder, holds } from '../arbitrary-orders.ts'
import {
  customerId,
  findProduct,
  fixedBytes,
  isOrder,
  isRefusal,
  lineIn,
  type Order,
  orderOf,
  type Product,
  products,
  productTypeOf,
  withLine,
} from '../orders-of.ts'

/** The test catalog with a price for all products. */
function priced(listPrice: number): (offerId: string) => Product | undefined {
  return (offerId) => {
    const product = findProduct(offerId)
    return product && { ...product, listPrice }
  }
}

t.test('prices follow the quantity of each line, and the total follows the transaction type', async (t) => {
  const order = withPrices(orderOf(['perpetualSoftware', 'azureReservation']), findProduct)
  const prices = { listPrice: 18.5, discountedPrice: 18.5, proratedPrice: 18.5, price: 18.5, extendedPrice: 37 }
  t.strictSame(lineIn(order, 0).pricing, prices)
  t.equal(lineIn(order, 1).pricing?.extendedPrice, 2400)
  t.equal(order.totalPrice, 2437)
  t.ok(isOrder(order), 'members are in the documented order')
})

t.test('prices keep the members of a placed order in the documented order', async (t) => {
  for (const { offerId, productType } of Object.values(products)) {
    if (productType === 'savingsPlan') continue
    const asked = { offerId, partnerIdOnRecord: '4847383', renewsTo: { termDuration: 'P1Y' } }
    const owned = () => ({ subscriptions: 0, reservations: 0, azurePlans: 0, azureSubscriptions: 0 })
    const random = fixedBytes()
    const subscriptions = () => []
    const account = { customerId, kind: 'production', rules: '2019', now: 0 } as const
    const context = { ...account, random, findProduct, owned, subscriptions }
    const result = placeOrder({ lineItems: [asked] }, context)
    ok(!isRefusal(result))
    t.ok(isOrder(withPrices(result.order, findProduct)), offerId)
  }
})

t.test('a purchase shows prices of new-commerce lines, and a checkout the total after the links', async (t) => {
  const purchaseCommitment = { amount: 0.05, currency: 'usd', grain: 'hourly' }
  const plan = { ...withLine(orderOf(['savingsPlan']), 0, { purchaseCommitment, quantity: 1 }), links: {}, client: {} }
  const bought = withPurchasePrices(plan, findProduct, 'checkout')
  const prices = { listPrice: 438, discountedPrice: 438, proratedPrice: 438, price: 438, extendedPrice: 438 }
  t.strictSame(lineIn(bought, 0).pricing, prices)
  t.equal(bought.totalPrice, 438)
  t.strictSame(Object.keys(bought).slice(-4), ['links', 'totalPrice', 'client', 'attributes'])
  t.equal(withPurchasePrices(plan, findProduct, 'order').totalPrice, undefined)
  const software = orderOf(['perpetualSoftware'])
  t.equal(withPurchasePrices(software, findProduct, 'checkout'), software)
})

t.test('a product without a price, or no longer in the catalog, costs nothing', async (t) => {
  for (const order of [orderOf(['azurePlan']), withLine(orderOf(['azurePlan']), 0, { offerId: 'gone' })]) {
    t.match(withPrices(order, findProduct), {
      totalPrice: 0,
      lineItems: [{ pricing: { listPrice: 0, extendedPrice: 0 } }],
    })
  }
})

t.test('a cancelled line costs nothing', async (t) => {
  const order = withLine(orderOf(['perpetualSoftware', 'azureReservation']), 1, { quantity: 0 })
  t.equal(withPrices(order, findProduct).totalPrice, 37)
})

t.test('sums are rounded to cents', async (t) => {
  const order = orderOf(['perpetualSoftware', 'azureReservation', 'softwareSubscription'])
  const result = withPrices(withLine(withLine(order, 0, { quantity: 3 }), 1, { quantity: 1 }), priced(0.1))
  const extended = result.lineItems.map(({ pricing }) => pricing?.extendedPrice)
  t.strictSame(extended, [0.3, 0.1, 0.2])
  t.equal(result.totalPrice, 0.6)
})

const cents = (amount: number | undefined) => Math.round((amount ?? Number.NaN) * 100)

t.test('any order with prices', async (t) => {
  const listPrice = fc.nat(1_000_000).map((cents) => cents / 100)
  const pricedOrder = fc
    .tuple(anyOrder(), listPrice)
    .map(([order, price]): [Order, Order, number] => [order, withPrices(order, priced(price)), price])
  holds(
    t,
    'has the form of an order, and differs only in its prices',
    fc.property(pricedOrder, ([before, { totalPrice: _, ...order }]) => {
      ok(isOrder(order))
      deepEqual({ ...order, lineItems: order.lineItems.map(({ pricing: _, ...line }) => line) }, before)
    }),
  )
  holds(
    t,
    'costs the sum of its lines, to the cent',
    fc.property(pricedOrder, ([, { billingCycle, lineItems, totalPrice }, price]) => {
      for (const { offerId, quantity, termDuration, pricing } of lineItems) {
        const isNew = ['newCommerceLicense', 'newCommerceTrial', 'savingsPlan'].includes(productTypeOf(offerId))
        const charges = isNew ? chargesIn(termDuration, billingCycle) : 1
        equal(cents(pricing?.extendedPrice), cents(price) * quantity * charges)
      }
      const sum = lineItems.reduce((sum, { pricing }) => sum + cents(pricing?.extendedPrice), 0)
      equal(totalPrice, sum / 100)
    }),
  )
  holds(
    t,
    'has the same prices when it is priced again',
    fc.property(pricedOrder, ([, order, price]) => {
      deepEqual(withPrices(order, priced(price)), order)
    }),
  )
})
