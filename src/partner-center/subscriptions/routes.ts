import type { Account } from '../../accounts/account.ts'
import { productTraits } from '../../model/catalog/product-traits.ts'
import { editions } from '../../model/editions.ts'
import { changeSubscription } from '../../model/subscriptions/change.ts'
import type { ChangeContext, SubscriptionChange } from '../../model/subscriptions/request.ts'
import { Subscription, type SubscriptionRecord } from '../../model/subscriptions/schema.ts'
import { commitmentEnd, showSubscription } from '../../model/subscriptions/show.ts'
import type { Routes } from '../../routes.ts'
import { completeWhenActivated, readSubscription, saveSubscription } from '../../storage/orders/ledger.ts'
import { readOrder } from '../../storage/orders/row.ts'
import type { StoredSubscription } from '../../storage/subscriptions/store.ts'
import { noteSubscriptionEnd } from '../protocol/decision.ts'
import { orThrow, PartnerCenterError } from '../protocol/errors.ts'
import { refuseStaleEtag } from '../protocol/etag.ts'
import { findCustomer, findOrder, findSubscription } from '../protocol/lookup.ts'
import { CustomerPath, SubscriptionPath, SubscriptionQuery } from '../protocol/parameters.ts'
import { collectionOf, sendChange, sendCollection, sendDocument } from '../protocol/reply.ts'
import { describe } from '../protocol/route-schema.ts'
import { readSubscriptionChange, SubscriptionPatch } from './requests.ts'

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
      const documents =
        query.order_id === undefined
          ? account.subscriptions.ofCustomer(id)
          : account.subscriptions.ofOrder(findOrder(account, id, query.order_id).orderNumber)
      const partner = query.mpn_id ?? query.partner_id
      const items =
        partner === undefined
          ? documents
          : documents.filter((document) => readSubscription(document).partnerId === partner)
      sendCollection(request, reply, `/customers/${id}/subscriptions`, items.length, (place) =>
        shown(account, readSubscription(items[place] ?? '')),
      )
    },
  )

  app.get(
    url,
    { schema: describe('getSubscription', { params: SubscriptionPath }, 200, Subscription) },
    (request, reply) => {
      const { account, params } = request
      const { document } = findSubscription(account, params.customerTenantId, params.subscriptionId)
      sendDocument(request, reply, shown(account, readSubscription(document)))
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
        const change = readSubscriptionChange(request)
        refuseStaleEtag(request, subscription.attributes.etag)
        const document = patch(account, stored, subscription, change)
        if (change.status === 'deleted') {
          noteSubscriptionEnd(request, account.settings.rules, account.products.typeOf(subscription.offerId))
        }
        return { status: 200, document }
      })
    },
  )

  app.get(
    `${url}/addons`,
    { schema: describe('listSubscriptionAddOns', { params: SubscriptionPath }, 200, collectionOf(Subscription)) },
    (request, reply) => {
      const { account, params } = request
      const stored = findSubscription(account, params.customerTenantId, params.subscriptionId)
      const { id } = readSubscription(stored.document)
      const items = addOnsOf(account, stored.customerId, id)
      const self = `/customers/${stored.customerId}/subscriptions/${id}/addons`
      sendCollection(request, reply, self, items.length, (place) => {
        const item = items[place]
        return item === undefined ? 'null' : shown(account, item)
      })
    },
  )
}

/** The text of a subscription, as the edition of the account shows it. */
function shown(account: Account, subscription: SubscriptionRecord): string {
  const product = account.products.find(subscription.offerId)
  const { subscriptions } = editions[account.settings.rules]
  return JSON.stringify(showSubscription(subscription, product, subscriptions, account.clock.now()))
}

function subscriptionsOf(account: Account, customerId: string): SubscriptionRecord[] {
  return account.subscriptions.ofCustomer(customerId).map(readSubscription)
}

function addOnsOf(account: Account, customerId: string, id: string): SubscriptionRecord[] {
  return subscriptionsOf(account, customerId).filter(
    ({ parentSubscriptionId }) => parentSubscriptionId?.toLowerCase() === id.toLowerCase(),
  )
}

/** Changes a subscription as the body asks, and returns its text. Throws the documented refusal. */
function patch(
  account: Account,
  stored: StoredSubscription,
  old: SubscriptionRecord,
  change: SubscriptionChange,
): string {
  const { subscription } = orThrow(changeSubscription(old, change, contextOf(account, stored, old)))
  if (subscription !== old) saveSubscription(account, stored.orderNumber, subscription)
  if (subscription.status === 'deleted') completeWhenActivated(account, stored.orderNumber)
  // A suspended base suspends its add-ons. https://learn.microsoft.com/partner-center/create-a-new-subscription
  if (subscription.status === 'suspended' && old.status === 'active') suspendAddOns(account, stored.customerId, old.id)
  return shown(account, subscription)
}

function contextOf(account: Account, stored: StoredSubscription, { id, offerId }: SubscriptionRecord): ChangeContext {
  const { kind, rules } = account.settings
  const product = account.products.find(offerId)
  if (product === undefined) throw new PartnerCenterError('invalidOfferId')
  const order = account.orders.get(stored.orderNumber)
  const { activated, legacy } = productTraits[product.productType]
  const isProvisioned = activated || legacy || order === undefined || readOrder(order).status !== 'pending'
  return {
    product,
    kind,
    rules,
    now: account.clock.now(),
    order: order?.adjustmentPending === 1 ? 'changing' : isProvisioned ? 'settled' : 'provisioning',
    statusOf(subscriptionId) {
      const other = account.subscriptions.find(subscriptionId)
      return other === undefined ? undefined : readSubscription(other.document).status
    },
    findProduct: account.products.find,
    otherEnds: () =>
      subscriptionsOf(account, stored.customerId)
        .filter((other) => other.id !== id && other.status === 'active')
        .filter((other) => account.products.find(other.offerId)?.productType === 'newCommerceLicense')
        .map(commitmentEnd),
  }
}

function suspendAddOns(account: Account, customerId: string, id: string): void {
  for (const addOn of addOnsOf(account, customerId, id).filter(({ status }) => status === 'active')) {
    const number = account.subscriptions.find(addOn.id)?.orderNumber
    if (number !== undefined) saveSubscription(account, number, { ...addOn, status: 'suspended' })
  }
}
