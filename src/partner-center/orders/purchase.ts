import type { Account } from '../../accounts/account.ts'
import type { OwnedSubscription, PurchaseContext } from '../../model/purchases/request.ts'
import { registrationStatusOf } from '../../model/subscriptions/registration.ts'
import { commitmentEnd } from '../../model/subscriptions/show.ts'
import { writeTime } from '../../model/time/wire-time.ts'
import { readSubscription } from '../../storage/orders/ledger.ts'

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
    owned: () => account.subscriptions.ownedBy(customerId, now),
    subscriptions: () => subscriptionsOf(account, customerId, now),
  }
}

function subscriptionsOf(account: Account, customerId: string, now: number): OwnedSubscription[] {
  return account.subscriptions.ofCustomer(customerId).map((document) => {
    const subscription = readSubscription(document)
    const { id, offerId, status, isTrial, termDuration = '', commitmentEndDate, partnerId } = subscription
    const lastDay = commitmentEnd(subscription)
    return {
      id,
      offerId,
      productType: account.products.typeOf(offerId),
      status,
      isTrial,
      termDuration,
      endsAt: Number.isFinite(lastDay) ? writeTime(lastDay) : commitmentEndDate,
      partnerId,
      registration: registrationStatusOf(account.registrations.registeredAt(id), now),
    }
  })
}
