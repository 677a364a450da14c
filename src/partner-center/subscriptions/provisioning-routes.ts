import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { attributesOf } from '../../model/attributes.ts'
import { editions } from '../../model/editions.ts'
import { guidOf } from '../../model/ids.ts'
import { type Infer, lazy } from '../../model/lazy.ts'
import { isLegacy } from '../../model/subscriptions/follow.ts'
import { activateSubscription } from '../../model/subscriptions/open.ts'
import { showSubscription } from '../../model/subscriptions/show.ts'
import type { Routes } from '../../routes.ts'
import { completeWhenActivated, readSubscription, saveSubscription } from '../../storage/orders/ledger.ts'
import { readOrder } from '../../storage/orders/row.ts'
import type { StoredSubscription } from '../../storage/subscriptions/store.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { findSubscription } from '../protocol/lookup.ts'
import { SubscriptionPath } from '../protocol/parameters.ts'
import { sendChange, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'

const ActivationResult = lazy(() =>
  z
    .strictObject({
      subscriptionId: z.string().meta({ description: 'Id of the subscription.' }),
      status: z.literal('Success').meta({ description: 'Result of the activation.' }),
    })
    .meta({ id: 'ActivationResult', description: 'Result of an activation.' }),
)

/** https://learn.microsoft.com/partner-center/developer/get-subscription-provisioning-status */
const SubscriptionProvisioningStatus = lazy(() =>
  z
    .strictObject({
      skuId: z
        .guid()
        .meta({ description: 'Product SKU, a GUID: of the catalog, or one that follows from the offer id.' }),
      status: z
        .enum(['success', 'pending', 'failed'])
        .meta({ description: 'Whether the subscription is provisioned.' }),
      quantity: z.int().nonnegative().meta({ description: 'Number of licenses.' }),
      endDate: z.string().meta({ description: 'When the term ends.' }),
      attributes: attributesOf('SubscriptionProvisioningStatus'),
    })
    .meta({ id: 'SubscriptionProvisioningStatus', description: 'Provisioning status of a subscription.' }),
)

const SubscriptionIdPath = lazy(() => SubscriptionPath().pick({ subscriptionId: true }))

/** The provisioning status of subscriptions, and their activation in a sandbox. */
export const subscriptionProvisioningRoutes: Routes = (app) => {
  const url = '/customers/:customerTenantId/subscriptions/:subscriptionId'

  app.post(
    `${url}/activate`,
    { schema: describe('activateSubscription', { params: SubscriptionPath }, 200, ActivationResult) },
    (request, reply) => {
      const { account, params } = request
      const stored = findSubscription(account, params.customerTenantId, params.subscriptionId)
      const subscription = readSubscription(stored.document)
      if (account.settings.kind === 'production') throw new PartnerCenterError('notInThisEnvironment')
      sendChange(request, reply, `POST subscription ${subscription.id} activate`, () => {
        if (subscription.status !== 'pending') throw new PartnerCenterError('alreadyActivated')
        saveSubscription(account, stored.orderNumber, activateSubscription(subscription, account.clock.now()))
        completeWhenActivated(account, stored.orderNumber)
        return { status: 200, document: JSON.stringify({ subscriptionId: subscription.id, status: 'Success' }) }
      })
    },
  )

  app.get(
    `${url}/provisioningstatus`,
    {
      schema: describe(
        'getSubscriptionProvisioningStatus',
        { params: SubscriptionPath },
        200,
        SubscriptionProvisioningStatus,
      ),
    },
    (request, reply) => {
      const { account, params } = request
      const stored = findSubscription(account, params.customerTenantId, params.subscriptionId)
      sendDocument(request, reply, provisioningOf(account, stored))
    },
  )

  // Legacy orders of 2018 link to it without the customer.
  app.get(
    '/subscriptions/:subscriptionId/provisioningstatus',
    {
      schema: describe(
        'getSubscriptionProvisioningStatusById',
        { params: SubscriptionIdPath },
        200,
        SubscriptionProvisioningStatus,
      ),
    },
    (request, reply) => {
      const { account, params } = request
      const stored = account.subscriptions.find(params.subscriptionId)
      if (stored === undefined)
        throw new PartnerCenterError('subscriptionNotFound', { values: [params.subscriptionId] })
      sendDocument(request, reply, provisioningOf(account, stored))
    },
  )
}

/** The documented example has the product id of a legacy offer as `skuId`. Other offers get a GUID of their own. */
function provisioningOf(account: Account, { document, orderNumber }: StoredSubscription): string {
  const record = readSubscription(document)
  const { offerId, status, quantity } = record
  const product = account.products.find(offerId)
  const edition = editions[account.settings.rules].subscriptions
  const order = account.orders.get(orderNumber)
  const statusOfOrder = order === undefined ? 'completed' : readOrder(order).status
  // A license has its subscription before its order is complete. Legacy subscriptions are provisioned at once.
  const waits = status === 'pending' || (statusOfOrder === 'pending' && !isLegacy(record) && status !== 'deleted')
  const provisioning: Infer<typeof SubscriptionProvisioningStatus> = {
    skuId: product?.productId ?? guidOf(`sku of ${offerId}`).toUpperCase(),
    status: statusOfOrder === 'error' ? 'failed' : waits ? 'pending' : 'success',
    quantity,
    endDate: showSubscription(record, product, edition, account.clock.now()).commitmentEndDate,
    attributes: { objectType: 'SubscriptionProvisioningStatus' },
  }
  return JSON.stringify(provisioning)
}
