import t from 'tap'
import { type RunningEmulator, runEmulator } from '../running-emulator.ts'

const customer = '/v1/customers/b0d70a69-4c42-4b27-b17b-91a835d8686a'
const order = `${customer}/orders/EEBA9D00-7B46-443A-917E-22887A8FC993`
const parentId = 'DB8C695B-1C3C-4C55-B697-771503DD46BF'
const parent = `${customer}/subscriptions/${parentId}`
const versionOf = (etag: string) => JSON.parse(Buffer.from(etag, 'base64').toString()).version

/** https://learn.microsoft.com/partner-center/developer/purchase-an-add-on-to-a-subscription */
const addOn = {
  Id: null,
  ReferenceCustomerId: 'b0d70a69-4c42-4b27-b17b-91a835d8686a',
  LineItems: [
    {
      LineItemNumber: 0,
      OfferId: '2828BE95-46BA-4F91-B2FD-0BEF192ECF60',
      SubscriptionId: null,
      ParentSubscriptionId: parentId,
      FriendlyName: 'Some friendly name',
      Quantity: 2,
      PartnerIdOnRecord: null,
      Attributes: { ObjectType: 'OrderLineItem' },
    },
  ],
  CreationDate: null,
  Attributes: { ObjectType: 'Order' },
}

t.test('an add-on becomes a new line of the order and gets its own subscription', async (t) => {
  const { patch, send } = await runEmulator(t)
  const reply = await patch(order, addOn)
  t.equal(reply.status, 200)
  const { lineItems, attributes } = JSON.parse(reply.text)
  t.equal(versionOf(attributes.etag), 2)
  t.match(lineItems, [
    { lineItemNumber: 0, subscriptionId: parentId },
    {
      lineItemNumber: 1,
      offerId: '2828BE95-46BA-4F91-B2FD-0BEF192ECF60',
      subscriptionId: /^[0-9A-F-]{36}$/,
      friendlyName: 'Some friendly name',
      quantity: 2,
    },
  ])
  t.match((await send(`${customer}/subscriptions/${lineItems[1].subscriptionId}`)).body, {
    parentSubscriptionId: parentId,
    quantity: 2,
    links: { parentSubscription: { uri: `/customers/b0d70a69-4c42-4b27-b17b-91a835d8686a/subscriptions/${parentId}` } },
  })
  t.match((await send(`${customer}/subscriptions?order_id=eeba9d00-7b46-443a-917e-22887a8fc993`)).body, {
    totalCount: 2,
  })
})

t.test('an order with an add-on that is sent back changes its quantity and buys no second add-on', async (t) => {
  const { patch } = await runEmulator(t)
  const whole = JSON.parse((await patch(order, addOn)).text)
  whole.lineItems[1].quantity = 7
  const { body } = await patch(order, whole)
  t.match(body, { lineItems: { length: 2 } })
  t.match(body, { lineItems: [{ quantity: 1 }, { quantity: 7, parentSubscriptionId: parentId }] })
})

t.test('a new billing cycle changes the order and its subscription', async (t) => {
  const { patch, send } = await runEmulator(t)
  const reply = await patch(order, {
    BillingCycle: 'Annual',
    LineItems: [{ LineItemNumber: 0, OfferId: 'E59159FC-6F67-4599-B3CB-17FF4020F643', SubscriptionId: parentId }],
  })
  t.match(reply.body, { billingCycle: 'annual' })
  t.match((await send(parent)).body, { billingCycle: 'annual' })
})

t.test('a new quantity changes the line and its subscription', async (t) => {
  const { patch, send } = await runEmulator(t)
  const reply = await patch(order, { LineItems: [{ LineItemNumber: 0, Quantity: 12 }] })
  t.match(reply.body, { lineItems: [{ quantity: 12 }] })
  t.match((await send(parent)).body, { quantity: 12 })
})

t.test('If-Match accepts the current version, quoted or not, and refuses an older one', async (t) => {
  const { patch, send } = await runEmulator(t)
  const etagNow = async () => JSON.parse((await send(order)).text).attributes.etag
  const first = await etagNow()
  const lines = (Quantity: number) => ({ LineItems: [{ LineItemNumber: 0, Quantity }] })
  t.equal((await patch(order, lines(2), { 'If-Match': `"${first}"` })).status, 200)
  const refused = await patch(order, lines(3), { 'If-Match': first })
  t.match(refused.body, { code: 2055, description: 'Etag is no longer valid' })
  t.equal((await patch(order, lines(3), { 'If-Match': await etagNow() })).status, 200)
  t.equal((await patch(order, lines(4), { 'If-Match': '*' })).status, 200)
})

t.test(
  'a PATCH makes only one change: the cancellation, else the add-on, else the billing cycle, else the quantity',
  async (t) => {
    const { patch } = await runEmulator(t)
    t.match((await patch(order, { ...addOn, LineItems: [], BillingCycle: 'annual', Status: 'cancelled' })).body, {
      code: 800063,
    })
    const both = { ...addOn, LineItems: [{ LineItemNumber: 0, Quantity: 9 }, ...addOn.LineItems] }
    t.match((await patch(order, both)).body, { lineItems: [{ quantity: 1 }, { quantity: 2 }] })
    const cycle = { BillingCycle: 'annual', LineItems: [{ LineItemNumber: 0, Quantity: 9 }] }
    t.match((await patch(order, cycle)).body, { billingCycle: 'annual', lineItems: [{ quantity: 1 }, {}] })
  },
)

const saas = '/v1/customers/10000000-0000-4000-8000-000000000001'

/** The subscriptions of an order. */
async function subscriptionsOf({ send }: RunningEmulator, orderId: string): Promise<{ id: string }[]> {
  return JSON.parse((await send(`${saas}/subscriptions?order_id=${orderId}`)).text).items
}

t.test('deleting a subscription cancels its order line, and the order when no line is left', async (t) => {
  const emulator = await runEmulator(t)
  const orderId = 'saasSeatBased-completed-000000001'
  const [subscription] = await subscriptionsOf(emulator, orderId)
  const path = `${saas}/subscriptions/${subscription?.id}`
  const whole = JSON.parse((await emulator.send(path)).text)
  const deleted = await emulator.patch(path, { ...whole, status: 'deleted' })
  t.same(deleted.body, { ...whole, status: 'deleted', autoRenewEnabled: false })
  t.match((await emulator.send(`${saas}/orders/${orderId}`)).body, {
    status: 'cancelled',
    lineItems: [{ quantity: 0 }],
  })
})

t.test('cancelling an order deletes its subscriptions', async (t) => {
  const emulator = await runEmulator(t)
  const orderId = 'softwareSubscription-completed-01'
  await emulator.patch(`${saas}/orders/${orderId}`, { status: 'cancelled' })
  t.match(await subscriptionsOf(emulator, orderId), [{ status: 'deleted' }])
  t.match((await emulator.send(`${saas}/orders/${orderId}/provisioningstatus`)).body, {
    items: [{ status: 'Unfulfilled' }],
  })
})

t.test('a legacy subscription can be suspended and reactivated, and its order does not change', async (t) => {
  const { patch, send } = await runEmulator(t)
  const before = (await send(order)).text
  t.match((await patch(parent, { Status: 'Suspended' })).body, { status: 'suspended' })
  t.equal((await send(order)).text, before)
  t.match((await patch(parent, { Status: 'active', FriendlyName: 'back', AutoRenewEnabled: false })).body, {
    status: 'active',
    friendlyName: 'back',
    autoRenewEnabled: false,
  })
})

t.test('a subscription has the documented members in the documented order', async (t) => {
  const { send } = await runEmulator(t)
  const { body } = await send(parent)
  t.same(Object.keys(Object(body)), [
    'id',
    'offerId',
    'offerName',
    'friendlyName',
    'quantity',
    'unitType',
    'hasPurchasableAddons',
    'creationDate',
    'effectiveStartDate',
    'commitmentEndDate',
    'status',
    'autoRenewEnabled',
    'isTrial',
    'billingType',
    'billingCycle',
    'isMicrosoftProduct',
    'partnerId',
    'contractType',
    'links',
    'publisherName',
    'orderId',
    'attributes',
  ])
  t.match(body, { orderId: 'EEBA9D00-7B46-443A-917E-22887A8FC993', attributes: { objectType: 'Subscription' } })
})
