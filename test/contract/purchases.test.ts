import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { everyProduct, noOrders, runEmulator } from '../running-emulator.ts'

const orders = `${noOrders}/orders`
const customerId = noOrders.slice('/v1/customers/'.length)

/** https://learn.microsoft.com/partner-center/developer/create-an-order */
const documentedRequest = {
  BillingCycle: 'one_time',
  CurrencyCode: 'USD',
  LineItems: [
    {
      LineItemNumber: 0,
      ProvisioningContext: {
        subscriptionId: '3D5ECED6-1151-44C7-AEE6-70A4BB725666',
        scope: 'shared',
        duration: '1Year',
      },
      OfferId: 'DZH318Z0BQ4B:0047:DZH318Z0DSM8',
      FriendlyName: 'A_sample_Azure_RI',
      Quantity: 1,
    },
  ],
}

t.test('the documented purchase of a reservation gets the documented reply, with the current members', async (t) => {
  const { send } = await runEmulator(t)
  const bought = await send(orders, { method: 'POST', body: JSON.stringify(documentedRequest) })
  t.equal(bought.status, 201)
  const { id } = JSON.parse(bought.text)
  const self = `/customers/${customerId}/orders/${id}`
  t.match(id, /^[A-Za-z0-9_-]{32}1$/)
  t.match(bought.body, {
    alternateId: /^[0-9a-f]{12}$/,
    referenceCustomerId: customerId,
    billingCycle: 'one_time',
    currencyCode: 'USD',
    currencySymbol: '$',
    lineItems: [
      {
        lineItemNumber: 0,
        offerId: 'DZH318Z0BQ4B:0047:DZH318Z0DSM8',
        termDuration: 'P1Y',
        transactionType: 'New',
        friendlyName: 'A_sample_Azure_RI',
        quantity: 1,
        links: { sku: { uri: '/products/DZH318Z0BQ4B/skus/0047?country=US', method: 'GET', headers: [] } },
      },
    ],
    creationDate: /Z$/,
    status: 'pending',
    transactionType: 'UserPurchase',
    links: {
      self: { uri: self, method: 'GET' },
      provisioningStatus: { uri: `${self}/provisioningstatus`, method: 'GET' },
      patchOperation: { uri: self, method: 'PATCH' },
    },
    attributes: { objectType: 'Order' },
  })
  t.equal(
    (await send(`/v1${self}`)).text,
    bought.text.replace('"pending"', '"completed"'),
    'the order completes at once',
  )
})

/** For each offer, members of the order in the reply to the purchase and in the next read. */
const purchases: readonly [offerId: string, created: object, next: object][] = [
  ['DG7GMGF0DWT0:0001:DG7GMGF0DSQR', { status: 'pending', billingCycle: 'one_time' }, { status: 'completed' }],
  [
    'DG7GMGF0FKZV:0003:DG7GMGF0DWMS',
    { status: 'pending', lineItems: [{ termDuration: 'P3Y' }] },
    { status: 'completed', lineItems: [{ subscriptionId: /^[0-9a-f-]{36}$/ }] },
  ],
  [
    'CFQ7TTC0LH18:0001:CFQ7TTC0K971',
    { status: 'pending', billingCycle: 'monthly' },
    { status: 'completed', lineItems: [{ subscriptionId: /^[0-9a-f-]{36}$/ }] },
  ],
  [
    '796B6B5F-613C-4E24-A17C-EBA730D49C02',
    {
      id: /^[0-9a-f-]{36}$/,
      status: 'completed',
      billingCycle: 'monthly',
      creationDate: /\+00:00$/,
      lineItems: [{ subscriptionId: /^[0-9A-F-]{36}$/ }],
      attributes: { etag: /^eyJpZCI6/ },
    },
    { status: 'completed' },
  ],
  ['C0BD2E08-11AC-4836-BDC7-3712E744922F', { status: 'completed', billingCycle: 'none' }, { status: 'completed' }],
  [
    'DZH318Z0BXWC:0002:DZH318Z0BMRV',
    { status: 'pending', billingCycle: 'monthly', lineItems: [{ subscriptionId: /^[0-9a-f-]{36}$/ }] },
    { status: 'pending' },
  ],
]

t.test('the product of an order decides its form and when it completes', async (t) => {
  for (const [offerId, created, next] of purchases) {
    const { send } = await runEmulator(t)
    const quantity = offerId.startsWith('C0BD2E08') ? 25 : 2
    const body = JSON.stringify({ lineItems: [{ offerId: offerId.toLowerCase(), quantity }] })
    const reply = await send(orders, { method: 'POST', body })
    t.equal(reply.status, 201, offerId)
    t.match(reply.body, created, offerId)
    t.match((await send(`${orders}/${JSON.parse(reply.text).id}`)).body, next, offerId)
  }
})

t.test('a new-commerce order has a short id in the 2022 edition', async (t) => {
  const { send } = await runEmulator(t, { rules: '2022' })
  const body = JSON.stringify({ lineItems: [{ offerId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971' }] })
  t.match((await send(orders, { method: 'POST', body })).body, { id: /^[0-9a-f]{12}$/ })
})

t.test('an order line keeps the requested name, partner on record and renewal', async (t) => {
  const { send } = await runEmulator(t)
  const line = {
    offerId: 'DZH318Z0C0WF:0001:DZH318Z0BP69',
    quantity: 10,
    friendlyName: 'mine',
    partnerIdOnRecord: '1234567',
    renewsTo: { termDuration: 'P1Y' },
    attestationAccepted: true,
  }
  const body = JSON.stringify({ partnerOnRecordAttestationAccepted: true, billingCycle: 'None', lineItems: [line] })
  t.match((await send(orders, { method: 'POST', body })).body, {
    billingCycle: 'none',
    lineItems: [
      { friendlyName: 'mine', quantity: 10, partnerIdOnRecord: '1234567', renewsTo: { termDuration: 'P1Y' } },
    ],
  })
  t.match((await send(`${orders}?indirect_reseller_id=1234567`)).body, { totalCount: 1 })
  t.match((await send(`${orders}?indirect_reseller_id=7654321`)).body, { totalCount: 0 })
})

t.test('a SaaS order is pending until its subscription is activated', async (t) => {
  const { send } = await runEmulator(t)
  const body = JSON.stringify({ lineItems: [{ offerId: 'DZH318Z0BXWC:0002:DZH318Z0BMRV' }] })
  const { id, lineItems } = JSON.parse((await send(orders, { method: 'POST', body })).text)
  const subscription = `${noOrders}/subscriptions/${lineItems[0].subscriptionId}`
  const provisioning = `${orders}/${id}/provisioningstatus`
  t.match((await send(subscription)).body, { status: 'pending', orderId: id })
  t.match((await send(provisioning)).body, { items: [{ lineItemNumber: 0, status: 'PrefulfillmentPending' }] })

  const activated = await send(`${subscription}/activate`, { method: 'POST' })
  t.same(activated.body, { subscriptionId: lineItems[0].subscriptionId, status: 'Success' })
  t.match((await send(subscription)).body, { status: 'active' })
  t.match((await send(`${orders}/${id}`)).body, { status: 'completed' })
  t.match((await send(provisioning)).body, {
    totalCount: 1,
    items: [{ status: 'Fulfilled', quantityProvisioningInformation: [{ quantity: 1, status: 'Fulfilled' }] }],
  })
})

t.test('an order completes after the fulfilment delay, and stays pending if the delay is manual', async (t) => {
  const body = JSON.stringify(documentedRequest)
  const delayed = await runEmulator(t, { fulfilmentDelay: 'PT0.3S' })
  const path = `${orders}/${JSON.parse((await delayed.send(orders, { method: 'POST', body })).text).id}`
  t.match((await delayed.send(path)).body, { status: 'pending' })
  await sleep(350)
  t.match((await delayed.send(path)).body, { status: 'completed' })

  const manual = await runEmulator(t, { fulfilmentDelay: 'manual' })
  const { id } = JSON.parse((await manual.send(orders, { method: 'POST', body })).text)
  t.match((await manual.send(`${orders}/${id}`)).body, { status: 'pending' })
})

t.test('an id seed gives the same ids in every run, but never the same ids twice in one data directory', async (t) => {
  const dataDir = t.testdir()
  const buy = async (t2: typeof t, options: object) => {
    const { send } = await runEmulator(t2, options)
    const body = JSON.stringify({ lineItems: [{ offerId: 'DZH318Z0BXWC:0002:DZH318Z0BMRV' }] })
    const { id, alternateId, lineItems } = JSON.parse((await send(orders, { method: 'POST', body })).text)
    return [id, alternateId, lineItems[0].subscriptionId]
  }
  const first = await buy(t, { idSeed: 'contract' })
  t.same(await buy(t, { idSeed: 'contract' }), first)
  t.notSame(await buy(t, { idSeed: 'another' }), first)
  t.notSame(await buy(t, {}), await buy(t, {}))
  let kept: string[] = []
  await t.test('the first run', async (t) => {
    kept = await buy(t, { idSeed: 'contract', dataDir })
  })
  t.same(kept, first)
  t.notSame(await buy(t, { idSeed: 'contract', dataDir }), first)
})

t.test('two purchases with the same MS-RequestId create one order', async (t) => {
  const { send } = await runEmulator(t)
  const headers = { 'MS-RequestId': '025f4c19-217f-49d6-a056-391902c62fb3' }
  const body = JSON.stringify(documentedRequest)
  const first = await send(orders, { method: 'POST', body, headers })
  const second = await send(orders, { method: 'POST', body, headers })
  t.equal(second.status, 201)
  t.equal(second.text, first.text)
  t.equal(second.headers.get('X-Emulator-Replayed'), 'true')
  t.match((await send(orders)).body, { totalCount: 1 })
})

t.test('sandbox limits apply only to sandbox accounts', async (t) => {
  const license = JSON.stringify({ lineItems: [{ offerId: '796B6B5F-613C-4E24-A17C-EBA730D49C02' }] })
  for (const [account, last] of [
    ['sandbox', 400],
    ['production', 201],
  ] as const) {
    const { send } = await runEmulator(t, { account })
    for (let bought = 0; bought < 5; bought++) {
      t.equal((await send(orders, { method: 'POST', body: license })).status, 201)
    }
    t.equal((await send(orders, { method: 'POST', body: license })).status, last, account)
    const seats = JSON.stringify({ lineItems: [{ offerId: '796B6B5F-613C-4E24-A17C-EBA730D49C02', quantity: 26 }] })
    t.equal((await send(orders, { method: 'POST', body: seats })).status, account === 'sandbox' ? 403 : 201)
  }
})

t.test('a refused purchase creates no order and no subscription', async (t) => {
  const { send } = await runEmulator(t)
  const bodies = [
    { lineItems: [] },
    { lineItems: [{ offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR' }, { offerId: 'x' }] },
    { lineItems: [{ offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR' }, { offerId: 'MS-AZR-0145P' }] },
    { lineItems: [{ lineItemNumber: 1, offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR' }] },
    { billingCycle: 'annual', lineItems: [{ offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR' }] },
    { status: 'none', lineItems: [{ offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR' }] },
  ]
  for (const body of bodies) {
    t.equal((await send(orders, { method: 'POST', body: JSON.stringify(body) })).status, 400, JSON.stringify(body))
  }
  t.match((await send(orders)).body, { totalCount: 0 })
  t.match((await send(`${noOrders}/subscriptions`)).body, { totalCount: 0 })
})

const plan = {
  LineItemNumber: 0,
  OfferId: 'DZH318Z09V6F:0001:DZH318Z0BLD3',
  Quantity: 1,
  TermDuration: 'P1Y',
  ProvisioningContext: { scope: 'single', entitlementId: 'cdd17cc7-14fe-4445-8650-1f52de705851' },
  PurchaseCommitment: { amount: 0.05, currency: 'usd', grain: 'hourly' },
}
const linksOf = (product: string, sku: string, availability: string) => {
  const link = (name: string, path: string) =>
    `"${name}":{"uri":"/products/${product}${path}?country=US","method":"GET","headers":[]}`
  return `"links":{${link('product', '')},${link('sku', `/skus/${sku}`)},${link('availability', `/skus/${sku}/availabilities/${availability}`)}}`
}
const prices = '"pricing":{"listPrice":438,"discountedPrice":438,"proratedPrice":438,"price":438,"extendedPrice":438},'
const planLine = (pricing: string, subscription = '') =>
  `[{"lineItemNumber":0,"provisioningContext":{"scope":"single","entitlementId":"cdd17cc7-14fe-4445-8650-1f52de705851"},"offerId":"DZH318Z09V6F:0001:DZH318Z0BLD3",${subscription}"termDuration":"P1Y","transactionType":"New","friendlyName":"Compute savings plan, 1 Year","quantity":1,${pricing}"purchaseCommitment":{"amount":0.05,"currency":"usd","grain":"hourly"},${linksOf('DZH318Z09V6F', '0001', 'DZH318Z0BLD3')}}]`
const orderText = (customer: string, cycle: string, symbol: string, lines: string, status: string, total = '') => {
  const self = `/customers/${customer}/orders/ID`
  const link = (uri: string, method = 'GET') => `{"uri":"${uri}","method":"${method}","headers":[]}`
  return `{"id":"ID","alternateId":"ID","referenceCustomerId":"${customer}","billingCycle":"${cycle}","currencyCode":"USD","currencySymbol":"${symbol}","lineItems":${lines},"creationDate":"DATE","status":"${status}","transactionType":"UserPurchase","links":{"self":${link(self)},"provisioningStatus":${link(`${self}/provisioningstatus`)},"patchOperation":${link(self, 'PATCH')}},${total}"client":{},"attributes":{"objectType":"Order"}}`
}

/** A reply with its ids and its date as placeholders. */
function withPlaceholders(text: string): string {
  const id = /"id":"([0-9a-f]{12})"/.exec(text)?.[1] ?? 'no id'
  return text
    .replaceAll(id, 'ID')
    .replace(/"creationDate":"[^"]+Z"/, '"creationDate":"DATE"')
    .replace(/"subscriptionId":"[0-9a-f-]{36}"/, '"subscriptionId":"SUBSCRIPTION"')
}

t.test('the documented purchase of an indirect provider gets the documented reply of 2021', async (t) => {
  const { send } = await runEmulator(t, { rules: '2021' })
  const body =
    '{"PartnerOnRecordAttestationAccepted":true,"lineItems":[{"offerId":"CFQ7TTC0LH0Z:0001:CFQ7TTC0K18P","quantity":1,"lineItemNumber":0,"PartnerIdOnRecord":"873452","AdditionalPartnerIdsOnRecord":["4847383","873452"]}],"billingCycle":"monthly"}'
  const reply = await send(orders, { method: 'POST', body })
  t.equal(reply.status, 201)
  t.equal(reply.headers.get('X-Emulator-Hint'), null, 'every member is known')
  const line = `[{"lineItemNumber":0,"offerId":"CFQ7TTC0LH0Z:0001:CFQ7TTC0K18P","subscriptionId":"SUBSCRIPTION","termDuration":"P1M","transactionType":"New","friendlyName":"AI Builder Capacity add-on","quantity":1,"partnerIdOnRecord":"873452","additionalPartnerIdsOnRecord":["4847383","873452"],${linksOf('CFQ7TTC0LH0Z', '0001', 'CFQ7TTC0K18P')}}]`
  t.equal(withPlaceholders(reply.text), orderText(customerId, 'monthly', '$', line, 'pending'))
})

t.test('the documented purchases of a savings plan get the documented replies of 2023', async (t) => {
  const { send } = await runEmulator(t, { rules: '2023', account: 'production' })
  const customer = everyProduct.slice('/v1/customers/'.length)
  const body = JSON.stringify({ BillingCycle: 'monthly', ReferenceCustomerId: customer, LineItems: [plan] })
  const bought = await send(`${everyProduct}/orders`, { method: 'POST', body })
  t.equal(bought.status, 201, bought.text)
  t.equal(withPlaceholders(bought.text), orderText(customer, 'monthly', 'US$', planLine(prices), 'pending'))
  const read = await send(`${everyProduct}/orders/${JSON.parse(bought.text).id}`)
  t.equal(
    withPlaceholders(read.text),
    orderText(customer, 'monthly', 'US$', planLine('', '"subscriptionId":"SUBSCRIPTION",'), 'completed'),
  )

  const { OfferId, Quantity, TermDuration, ProvisioningContext, PurchaseCommitment } = plan
  const item = { CatalogItemId: OfferId, Quantity, BillingCycle: 'one_time', TermDuration }
  const lineItems = [{ id: 0, ...item, ProvisioningContext, PurchaseCommitment }]
  const cart = await send(`${everyProduct}/carts`, { method: 'POST', body: JSON.stringify({ lineItems }) })
  t.match(
    cart.text,
    '"lineItems":[{"id":0,"catalogItemId":"DZH318Z09V6F:0001:DZH318Z0BLD3","quantity":1,"currencyCode":"USD","billingCycle":"one_time","termDuration":"P1Y","provisioningContext":{"scope":"single","entitlementId":"cdd17cc7-14fe-4445-8650-1f52de705851"},"orderGroup":"0","purchaseCommitment":{"amount":0.05,"currency":"usd","grain":"hourly"}}]',
  )
  const result = await send(`${everyProduct}/carts/${JSON.parse(cart.text).id}/checkout`, { method: 'POST' })
  const ordered = orderText(customer, 'one_time', 'US$', planLine(prices), 'pending', '"totalPrice":438,')
  t.equal(
    withPlaceholders(result.text),
    `{"orders":[${ordered}],"additionalInformation":[],"attributes":{"objectType":"CartCheckoutResult"}}`,
  )
})

t.test('an add-on to an existing subscription is bought by its provisioning context', async (t) => {
  const { send } = await runEmulator(t)
  const base = JSON.stringify({ lineItems: [{ offerId: '796B6B5F-613C-4E24-A17C-EBA730D49C02' }] })
  const [{ subscriptionId }] = JSON.parse((await send(orders, { method: 'POST', body: base })).text).lineItems
  const provisioningContext = { ParentSubscriptionId: subscriptionId.toLowerCase() }
  const line = { offerId: 'C94271D8-B431-4A25-A3C5-A57737A1C909', provisioningContext }
  const reply = await send(orders, { method: 'POST', body: JSON.stringify({ lineItems: [line] }) })
  t.match(reply.body, { lineItems: [{ parentSubscriptionId: subscriptionId, provisioningContext: undefined }] })
  const [addOn] = JSON.parse(reply.text).lineItems
  t.match((await send(`${noOrders}/subscriptions/${addOn.subscriptionId}`)).body, {
    parentSubscriptionId: subscriptionId,
  })
})
