import * as z from 'zod'
import type { Account } from '../../accounts/account.ts'
import { attributesOf } from '../../model/attributes.ts'
import { type Infer, lazy } from '../../model/lazy.ts'
import { pageUrl } from '../../model/sources.ts'
import { Subscription, subscriptionStatuses } from '../../model/subscriptions/schema.ts'
import { changeSubscription, type SubscriptionChange } from '../../model/subscriptions/subscription.ts'
import type { Routes } from '../../routes.ts'
import { complete, readSubscription, saveSubscription } from '../../storage/orders/ledger.ts'
import type { StoredSubscription } from '../../storage/subscriptions/store.ts'
import { type BodyRequest, readBody } from '../protocol/body.ts'
import { readBillingCycle } from '../protocol/enums.ts'
import { orThrow, PartnerCenterError } from '../protocol/errors.ts'
import { refuseStaleEtag } from '../protocol/etag.ts'
import { findCustomer, findOrder, findSubscription } from '../protocol/lookup.ts'
import { CustomerPath, SubscriptionPath, SubscriptionQuery } from '../protocol/parameters.ts'
import { collectionOf, sendChange, sendCollection, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { anyCaseOf } from '../protocol/unknown-members.ts'

/** The members of a PATCH that change something. SDKs send the whole subscription. */
const SubscriptionPatch = lazy(() =>
  anyCaseOf(Subscription, {
    status: z.string().nullish().meta({ description: 'suspended, deleted or active, in any case.' }),
    quantity: z.number().nullish().meta({ description: 'New number of licenses.' }),
    friendlyName: z.string().nullish().meta({ description: 'New name.' }),
    autoRenewEnabled: z.boolean().nullish().meta({ description: 'Whether it renews at the end of the term.' }),
    billingCycle: z.string().nullish().meta({ description: 'The billing cycle it has; an order changes it.' }),
  }).meta({
    id: 'SubscriptionPatch',
    description: 'The members to change. Member names match in any case; other members are accepted.',
  }),
)

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
      skuId: z.string().meta({ description: 'Offer id of the subscription.' }),
      status: z.enum(['success', 'pending']).meta({ description: 'Whether the subscription is provisioned.' }),
      quantity: z.int().nonnegative().meta({ description: 'Number of licenses.' }),
      endDate: z.string().meta({ description: 'When the term ends.' }),
      attributes: attributesOf('SubscriptionProvisioningStatus'),
    })
    .meta({ id: 'SubscriptionProvisioningStatus', description: 'Provisioning status of a subscription.' }),
)

const SubscriptionIdPath = lazy(() => SubscriptionPath().pick({ subscriptionId: true }))

/** The subscriptions of orders. Changing them cancels what orders refuse to cancel. */
export const subscriptionRoutes: Routes = (app) => {
  const url = '/customers/:customerTenantId/subscriptions/:subscriptionId'

  app.get(
    '/customers/:customerTenantId/subscriptions',
    {
      schema: describe(
        'listSubscriptions',
        { params: CustomerPath, querystring: SubscriptionQuery },
        200,
        collectionOf(Subscription),
      ),
    },
    (request, reply) => {
      const { account, params, query } = request
      const { id } = findCustomer(account, params.customerTenantId)
      const items =
        query.order_id === undefined
          ? account.subscriptions.ofCustomer(id)
          : account.subscriptions.ofOrder(findOrder(account, id, query.order_id).orderNumber)
      sendCollection(request, reply, `/customers/${id}/subscriptions`, items.length, (place) => items[place] ?? '')
    },
  )

  app.get(
    url,
    { schema: describe('getSubscription', { params: SubscriptionPath }, 200, Subscription) },
    (request, reply) => {
      const { account, params } = request
      sendDocument(request, reply, findSubscription(account, params.customerTenantId, params.subscriptionId).document)
    },
  )

  app.patch(
    url,
    { schema: describe('patchSubscription', { params: SubscriptionPath, body: SubscriptionPatch }, 200, Subscription) },
    (request, reply) => {
      const { account, params } = request
      const stored = findSubscription(account, params.customerTenantId, params.subscriptionId)
      const subscription = readSubscription(stored.document)
      sendChange(request, reply, `PATCH subscription ${subscription.id}`, () => {
        const change = readChange(request)
        refuseStaleEtag(request, subscription.attributes.etag)
        return { status: 200, document: patch(account, stored, subscription, change) }
      })
    },
  )

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
        activate(account, stored, subscription)
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
      sendDocument(request, reply, provisioningOf(stored))
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
      sendDocument(request, reply, provisioningOf(stored))
    },
  )
}

function provisioningOf({ document }: StoredSubscription): string {
  const { offerId, status, quantity, commitmentEndDate } = readSubscription(document)
  const provisioning: Infer<typeof SubscriptionProvisioningStatus> = {
    skuId: offerId,
    status: status === 'pending' ? 'pending' : 'success',
    quantity,
    endDate: commitmentEndDate,
    attributes: { objectType: 'SubscriptionProvisioningStatus' },
  }
  return JSON.stringify(provisioning)
}

function readChange(request: BodyRequest): SubscriptionChange {
  const { status, billingCycle, ...rest } = readBody(request, SubscriptionPatch)
  const known = subscriptionStatuses.find((name) => name === status?.toLowerCase())
  if (status != null && known === undefined) {
    throw new PartnerCenterError('unparsableEnum', { values: [status, pageUrl('subscription-resources')] })
  }
  return { ...rest, status: known, billingCycle: billingCycle ? readBillingCycle(billingCycle) : undefined }
}

function patch(account: Account, stored: StoredSubscription, old: Subscription, change: SubscriptionChange): string {
  const product = account.products.find(old.offerId)
  if (product === undefined) throw new PartnerCenterError('invalidOfferId')
  const { subscription } = orThrow(changeSubscription(old, change, product, account.settings.kind))
  saveSubscription(account, stored.orderNumber, subscription)
  return JSON.stringify(subscription)
}

/** Activates a marketplace subscription, and completes its order when nothing else of it waits. */
function activate(account: Account, { orderNumber }: StoredSubscription, subscription: Subscription): void {
  saveSubscription(account, orderNumber, { ...subscription, status: 'active' })
  const waiting = account.subscriptions.ofOrder(orderNumber).map(readSubscription)
  const order = account.orders.get(orderNumber)
  if (order !== undefined && waiting.every(({ status }) => status !== 'pending')) complete(account, order)
}
