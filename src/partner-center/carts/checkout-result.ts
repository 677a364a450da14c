import type { Account } from '../../accounts/account.ts'
import type { GroupResult } from '../../model/carts/cart.ts'
import type { CartCheckoutResult, OrderError } from '../../model/carts/schema.ts'
import { editions } from '../../model/editions.ts'
import { withPurchasePrices } from '../../model/orders/pricing.ts'
import { isRefusal } from '../../model/refusals.ts'
import { PartnerCenterError } from '../protocol/errors.ts'

/**
 * The result of a checkout, without empty members as the documentation prints it. `earlier`: the result that a repeated
 * checkout completes. Throws `cartItems` when nothing is ordered (the status is a guess).
 */
export function checkoutResult(
  { settings, products }: Account,
  results: readonly GroupResult[],
  earlier: CartCheckoutResult | undefined,
): CartCheckoutResult {
  const { pricesOnPurchase, purchases } = editions[settings.rules]
  const placed = results.flatMap(({ result }) => (isRefusal(result) ? [] : [result.order]))
  const shown = pricesOnPurchase ? placed.map((order) => withPurchasePrices(order, products.find, 'checkout')) : placed
  const orders = [...(earlier?.orders ?? []), ...shown]
  const orderErrors = results.flatMap(errorOf)
  if (orders.length === 0) {
    const data = orderErrors.map(
      ({ orderGroupId, code, description }) => `group ${orderGroupId}: ${code} ${description}`,
    )
    throw new PartnerCenterError('cartItems', { data })
  }
  return {
    orders,
    ...(orderErrors.length > 0 ? { orderErrors } : {}),
    ...(purchases.additionalInformation ? { additionalInformation: [] } : {}),
    attributes: { objectType: 'CartCheckoutResult' },
  }
}

function errorOf({ orderGroupId, result }: GroupResult): OrderError[] {
  if (!isRefusal(result)) return []
  const { code, description } = new PartnerCenterError(result.refused, result).body
  return [{ orderGroupId, code: Number(code), description }]
}
