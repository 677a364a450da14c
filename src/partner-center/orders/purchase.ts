import type { Account } from '../../accounts/account.ts'
import type { PurchaseContext } from '../../model/orders/place.ts'
import type { Order } from '../../model/orders/schema.ts'
import { addOrder, completionOf } from '../../storage/orders/ledger.ts'

/** What a purchase of a customer depends on, as the account is now. `customerId` in lower case. */
export function purchaseContext(account: Account, customerId: string): PurchaseContext {
  const now = account.clock.now()
  return {
    customerId,
    kind: account.settings.kind,
    rules: account.settings.rules,
    now,
    random: account.random,
    findProduct: account.products.find,
    owned: account.subscriptions.ownedBy(customerId, now),
  }
}

/** Adds an order that was placed, to be completed after the account's fulfilment delay. */
export function addPlacedOrder(account: Account, order: Order): void {
  addOrder(account, order, { completesAt: completionOf(account, order, account.clock.now()) })
}
