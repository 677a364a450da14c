import type { Account } from '../../accounts/account.ts'
import { limits } from '../../model/limits.ts'
import { registrationStatusOf, SubscriptionRegistrationStatus } from '../../model/subscriptions/registration.ts'
import type { Subscription } from '../../model/subscriptions/schema.ts'
import { milliseconds } from '../../model/time/duration.ts'
import type { Routes } from '../../routes.ts'
import { readSubscription } from '../../storage/orders/ledger.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { findSubscription } from '../protocol/lookup.ts'
import { SubscriptionPath } from '../protocol/parameters.ts'
import { sendAccepted, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'

/** The registration of Azure subscriptions, which reservations need. */
export const registrationRoutes: Routes = (app) => {
  const url = '/customers/:customerTenantId/subscriptions/:subscriptionId'

  app.post(
    `${url}/registrations`,
    { schema: describe('registerSubscription', { params: SubscriptionPath }, 202) },
    (request, reply) => {
      const { account, params } = request
      const { customerTenantId, subscriptionId } = params
      const subscription = readSubscription(findSubscription(account, customerTenantId, subscriptionId).document)
      const location = `/customers/${customerTenantId}/subscriptions/${subscriptionId}/registrationstatus`
      sendAccepted(request, reply, `POST subscription ${subscription.id} registrations`, location, () => {
        register(account, subscription)
      })
    },
  )

  app.get(
    `${url}/registrationstatus`,
    { schema: describe('getRegistrationStatus', { params: SubscriptionPath }, 200, SubscriptionRegistrationStatus) },
    (request, reply) => {
      const { account, params } = request
      const { document } = findSubscription(account, params.customerTenantId, params.subscriptionId)
      const { id } = readSubscription(document)
      const status: SubscriptionRegistrationStatus = {
        subscriptionId: id,
        status: registrationStatusOf(account.registrations.registeredAt(id), account.clock.now()),
        attributes: { objectType: 'SubscriptionRegistrationStatus' },
      }
      sendDocument(request, reply, JSON.stringify(status))
    },
  )
}

/** Registers an Azure subscription. It takes the fulfilment delay, and no time when completion is manual. */
function register(account: Account, { id, offerId, status }: Subscription): void {
  const type = account.products.typeOf(offerId)
  if (!['legacyAzure', 'azurePlan'].includes(type)) throw new PartnerCenterError('notAzureSubscription')
  if (status !== 'active') throw new PartnerCenterError('azureSubscriptionNotActive')
  const { fulfilmentDelay } = account.settings
  const delay = fulfilmentDelay === 'manual' ? 0 : milliseconds(fulfilmentDelay)
  account.registrations.add(id, Math.min(account.clock.now() + delay, limits.lastTime))
}
