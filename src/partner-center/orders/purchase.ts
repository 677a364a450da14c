import type { Account } from '../../accounts/account.ts'
import type { PurchaseContext } from '../../model/orders/place.ts'

/** The input of a customer's purchase, as the account is now. `customerId`: in lower case. */
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
