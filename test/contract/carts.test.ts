import t from 'tap'
import { editionNames } from '../../src/model/editions.ts'
import { noOrders, type RunningEmulator, runEmulator } from '../running-emulator.ts'

const json = { 'Content-Type': 'application/json' }
const carts = `${noOrders}/carts`

/** The request of https://learn.microsoft.com/partner-center/developer/create-a-cart, including its comments. */
const documentedCart = `{ "lineItems": [
  { /* Microsoft Azure Subscription */ "id": 0, "catalogItemId": "MS-AZR-0145P", "quantity": 1, "billingCycle": "monthly", "termDuration": "P1Y" },
  { /* Azure Reserved Instance */ "id": 1, "catalogItemId": "DZH318Z0BQ36:004G:DZH318Z08C0S", "quantity": 1, "billingCycle": "one_time", "termDuration": "P1Y",
    "provisioningContext": { "subscriptionId": "1C461A25-F729-4FA5-AADB-280947DD05E8", "scope": "shared" } },
  { /* Azure Reserved Instance */ "id": 2, "catalogItemId": "DZH318Z0BQ36:004J:DZH318Z08B8X", "quantity": 1, "billingCycle": "one_time", "termDuration": "P3Y",
    "provisioningContext": { "subscriptionId": "1C461A25-F729-4FA5-AADB-280947DD05E8", "scope": "single" } },
  { /* Perpetual Software */ "id": 3, "catalogItemId": "DG7GMGF0DWTL:0001:DG7GMGF0DSFM", "quantity": 1, "billingCycle": "one_time" },
  { /* SaaS */ "id": 4, "catalogItemId": "DZH318Z0BXWC:0002:DZH318Z0BMRV", "quantity": 1, "billingCycle": "monthly", "termDuration": "P1M" },
  { /* SaaS Free Trial */ "id": 5, "catalogItemId": "DZH318Z0C0WF:0001:DZH318Z0BP69", "quantity": 10, "billingCycle": "none", "termDuration": "P1M", "renewsTo": { "termDuration": "P1Y" } }
] }`

t.test('the checkout of the documented cart creates one order for each group', async (t) => {
  const { send } = await runEmulator(t)
  const created = await send(carts, { method: 'POST', body: documentedCart })
  t.equal(created.status, 201)
  t.match(created.body, {
    id: /^[0-9a-f-]{36}$/,
    status: 'Active',
    lineItems: [
      { id: 0, catalogItemId: 'MS-AZR-0145P', currencyCode: 'USD', termDuration: 'P1Y', orderGroup: 'OMS-0' },
      { id: 1, provisioningContext: { scope: 'shared' }, orderGroup: '0' },
      { id: 2, orderGroup: '0' },
      { id: 3, catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM', orderGroup: '0' },
      { id: 4, orderGroup: '1' },
      { id: 5, renewsTo: { termDuration: 'P1Y' }, orderGroup: '2' },
    ],
  })
  const { id, creationTimestamp, expirationTimestamp } = JSON.parse(created.text)
  t.equal(Date.parse(expirationTimestamp) - Date.parse(creationTimestamp), 15 * 60 * 1000)
  t.equal((await send(`${carts}/${id}`)).text, created.text)

  const result = await send(`${carts}/${id}/checkout`, { method: 'POST', headers: { 'Content-Length': '0' } })
  t.equal(result.status, 201)
  t.match(result.body, {
    orders: [
      { billingCycle: 'monthly', status: 'completed', lineItems: [{ offerId: 'MS-AZR-0145P' }] },
      { billingCycle: 'one_time', status: 'pending', lineItems: [{}, {}, { lineItemNumber: 2 }] },
      { billingCycle: 'monthly', status: 'pending', lineItems: [{ offerId: 'DZH318Z0BXWC:0002:DZH318Z0BMRV' }] },
      { billingCycle: 'none', status: 'pending', lineItems: [{ renewsTo: { termDuration: 'P1Y' } }] },
    ],
    attributes: { objectType: 'CartCheckoutResult' },
  })
  t.match((await send(`${noOrders}/orders`)).body, { totalCount: 4 })
  t.match((await send(`${carts}/${id}`)).body, { status: 'Ordered' })
})

t.test('a checkout may have the JSON string "success" as its body', async (t) => {
  const { send } = await runEmulator(t)
  const { id } = JSON.parse((await send(carts, { method: 'POST', body: documentedCart })).text)
  t.equal((await send(`${carts}/${id}/checkout`, { method: 'POST', body: '"success"' })).status, 201)
})

t.test('a checkout reports a group that cannot be ordered and orders the other groups', async (t) => {
  const { send } = await runEmulator(t)
  const lineItems = [
    { catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM', quantity: 1 },
    ...Array.from({ length: 6 }, () => ({ catalogItemId: '796B6B5F-613C-4E24-A17C-EBA730D49C02' })),
  ]
  const { id } = JSON.parse((await send(carts, { method: 'POST', body: JSON.stringify({ lineItems }) })).text)
  t.match((await send(`${carts}/${id}/checkout`, { method: 'POST' })).body, {
    orders: [{ lineItems: [{ offerId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM' }] }],
    orderErrors: [{ orderGroupId: 'OMS-0', code: 800018, description: 'The sandbox limit has been met' }],
  })
  t.match((await send(`${noOrders}/orders`)).body, { totalCount: 1 })
})

t.test('PUT replaces a cart but keeps its id and creation time', async (t) => {
  const { send } = await runEmulator(t)
  const created = JSON.parse((await send(carts, { method: 'POST', body: documentedCart })).text)
  const body = JSON.stringify({ LineItems: [{ CatalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSJB', Quantity: 3 }] })
  const replaced = await send(`${carts}/${created.id}`, { method: 'PUT', body })
  t.equal(replaced.status, 200)
  t.match(replaced.body, {
    id: created.id,
    creationTimestamp: created.creationTimestamp,
    lineItems: [{ id: 0, catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSJB', quantity: 3, billingCycle: 'one_time' }],
  })
})

t.test('two checkouts with the same MS-RequestId create the orders once', async (t) => {
  const { send } = await runEmulator(t)
  const { id } = JSON.parse((await send(carts, { method: 'POST', body: documentedCart })).text)
  const headers = { 'MS-RequestId': '4fa6dad6-a89f-4875-8247-8294a10ae1cf' }
  const first = await send(`${carts}/${id}/checkout`, { method: 'POST', headers })
  const second = await send(`${carts}/${id}/checkout`, { method: 'POST', headers })
  t.equal(second.text, first.text)
  t.match((await send(`${noOrders}/orders`)).body, { totalCount: 4 })
})

t.test('in the 2022 edition a cart expires after a week', async (t) => {
  const { send } = await runEmulator(t, { rules: '2022' })
  const { creationTimestamp, expirationTimestamp } = JSON.parse(
    (await send(carts, { method: 'POST', body: documentedCart })).text,
  )
  t.equal(Date.parse(expirationTimestamp) - Date.parse(creationTimestamp), 7 * 24 * 60 * 60 * 1000)
})

t.test('a cart is not found under another customer', async (t) => {
  const { send } = await runEmulator(t)
  const { id } = JSON.parse((await send(carts, { method: 'POST', body: documentedCart })).text)
  t.equal((await send(`/v1/customers/10000000-0000-4000-8000-000000000001/carts/${id}`)).status, 404)
})

/** Creates a cart and returns its path with the reply. */
async function create({ send }: RunningEmulator, body: unknown, customer = noOrders) {
  const reply = await send(`${customer}/carts`, { method: 'POST', body: JSON.stringify(body) })
  const cart = JSON.parse(reply.text)
  return { ...reply, cart, path: `${customer}/carts/${cart.id}` }
}

/** https://learn.microsoft.com/partner-center/developer/create-a-cart, 2021-08-18 */
const cartOf2021 = {
  PartnerOnRecordAttestationAccepted: true,
  lineItems: [
    {
      id: 0,
      catalogItemId: 'CFQ7TTC0LH0Z:0001:CFQ7TTC0K18P',
      quantity: 1,
      billingCycle: 'monthly',
      termDuration: 'P1M',
      renewsTo: null,
      provisioningContext: {},
      customTermEndDate: '2022-02-19T00:00:00Z',
    },
    {
      id: 1,
      catalogItemId: 'CFQ7TTC0LFLS:0002:CFQ7TTC0KDLJ',
      quantity: 2,
      billingCycle: 'monthly',
      termDuration: 'P1Y',
      participants: [
        { key: 'transaction_reseller', value: '5357564' },
        { key: 'additional_transaction_reseller', value: '517285' },
        { key: 'additional_transaction_reseller', value: '5357563' },
      ],
    },
  ],
}

t.test('the documented new-commerce carts get the documented items', async (t) => {
  const rows = [
    [
      '2021',
      cartOf2021,
      '[{"id":0,"catalogItemId":"CFQ7TTC0LH0Z:0001:CFQ7TTC0K18P","quantity":1,"currencyCode":"USD","billingCycle":"monthly","termDuration":"P1M","customTermEndDate":"2022-02-19T00:00:00Z","provisioningContext":{},"orderGroup":"0"},{"id":1,"catalogItemId":"CFQ7TTC0LFLS:0002:CFQ7TTC0KDLJ","quantity":2,"currencyCode":"USD","billingCycle":"monthly","termDuration":"P1Y","participants":[{"key":"transaction_reseller","value":"5357564"},{"key":"additional_transaction_reseller","value":"517285"},{"key":"additional_transaction_reseller","value":"5357563"}],"provisioningContext":{},"orderGroup":"0"}]',
    ],
    [
      '2022',
      {
        LineItems: ['CFQ7TTC0LFLX:0001:CFQ7TTC0LB30', 'CFQ7TTC0HDJX:0001:CFQ7TTC0K806'].map((CatalogItemId, Id) => ({
          Id,
          CatalogItemId,
          Quantity: 20,
          BillingCycle: 'Monthly',
          TermDuration: 'P1M',
        })),
      },
      '[{"id":0,"catalogItemId":"CFQ7TTC0LFLX:0001:CFQ7TTC0LB30","quantity":20,"currencyCode":"USD","billingCycle":"monthly","termDuration":"P1M","promotionId":"39NFJQT1PHSN:0008:39NFJQT1Q5J0","provisioningContext":{},"orderGroup":"0"},{"id":1,"catalogItemId":"CFQ7TTC0HDJX:0001:CFQ7TTC0K806","quantity":20,"currencyCode":"USD","billingCycle":"monthly","termDuration":"P1M","provisioningContext":{},"orderGroup":"0"}]',
    ],
    [
      '2023',
      {
        LineItems: [
          {
            CatalogItemId: 'CFQ7TTC0LF8S:0001:CFQ7TTC0VZW5',
            Quantity: 1,
            TermDuration: 'P1Y',
            BillingCycle: 'Monthly',
          },
        ],
      },
      '[{"id":0,"catalogItemId":"CFQ7TTC0LF8S:0001:CFQ7TTC0VZW5","quantity":1,"currencyCode":"USD","billingCycle":"monthly","termDuration":"P1Y","provisioningContext":{},"orderGroup":"0","pricing":{"listPrice":30.4,"discountedPrice":30.4,"proratedPrice":30.4,"price":30.4,"extendedPrice":364.8}}]',
    ],
  ] as const
  for (const [rules, body, items] of rows) {
    const { status, cart } = await create(await runEmulator(t, { rules }), body)
    t.equal(status, 201, rules)
    t.equal(JSON.stringify(cart.lineItems), items, rules)
  }
})

t.test('the partners and terms of the documented cart of 2021 reach its one order', async (t) => {
  const emulator = await runEmulator(t, { rules: '2021' })
  const { path } = await create(emulator, cartOf2021)
  const { body } = await emulator.send(`${path}/checkout`, { method: 'POST' })
  t.match(body, {
    orders: [
      {
        id: /^[0-9a-f]{12}$/,
        billingCycle: 'monthly',
        currencySymbol: '$',
        lineItems: [
          { offerId: 'CFQ7TTC0LH0Z:0001:CFQ7TTC0K18P', termDuration: 'P1M', quantity: 1 },
          {
            termDuration: 'P1Y',
            quantity: 2,
            partnerIdOnRecord: '5357564',
            additionalPartnerIdsOnRecord: ['517285', '5357563'],
          },
        ],
        client: {},
      },
    ],
  })
})

t.test('the documented legacy carts order add-ons with their item and to an existing subscription', async (t) => {
  const emulator = await runEmulator(t)
  const addOns = [
    { Id: 1, CatalogItemId: 'C94271D8-B431-4A25-A3C5-A57737A1C909', Quantity: 2, BillingCycle: 'monthly' },
    { Id: 2, CatalogItemId: '43FCE491-76D1-4BCC-B709-8A288786DBAE', Quantity: 3, BillingCycle: 'monthly' },
  ]
  const base = { CatalogItemId: '91FD106F-4B2C-4938-95AC-F54F74E9A239', FriendlyName: 'Myofferpurchase', Quantity: 3 }
  const first = await create(emulator, { LineItems: [{ Id: 0, ...base, BillingCycle: 'monthly', AddonItems: addOns }] })
  t.equal(
    JSON.stringify(first.cart.lineItems),
    '[{"id":0,"catalogItemId":"91FD106F-4B2C-4938-95AC-F54F74E9A239","friendlyName":"Myofferpurchase","quantity":3,"currencyCode":"USD","billingCycle":"monthly","orderGroup":"OMS-0","addonItems":[{"id":1,"catalogItemId":"C94271D8-B431-4A25-A3C5-A57737A1C909","quantity":2,"currencyCode":"USD","billingCycle":"monthly","orderGroup":"OMS-0"},{"id":2,"catalogItemId":"43FCE491-76D1-4BCC-B709-8A288786DBAE","quantity":3,"currencyCode":"USD","billingCycle":"monthly","orderGroup":"OMS-0"}]}]',
  )
  const bought = JSON.parse((await emulator.send(`${first.path}/checkout`, { method: 'POST' })).text)
  const [{ subscriptionId }, addOn] = bought.orders[0].lineItems
  t.equal(addOn.parentSubscriptionId, subscriptionId)
  t.match((await emulator.send(`${noOrders}/subscriptions/${addOn.subscriptionId}`)).body, {
    parentSubscriptionId: subscriptionId,
  })

  const item = { Id: 0, CatalogItemId: 'C94271D8-B431-4A25-A3C5-A57737A1C909', Quantity: 1, BillingCycle: 'annual' }
  const second = await create(emulator, {
    LineItems: [{ ...item, ProvisioningContext: { ParentSubscriptionId: subscriptionId } }],
  })
  t.match(second.cart.lineItems, [
    { provisioningContext: { parentSubscriptionId: subscriptionId }, orderGroup: 'OMS-0' },
  ])
  t.match((await emulator.send(`${second.path}/checkout`, { method: 'POST' })).body, {
    orders: [{ billingCycle: 'annual', lineItems: [{ parentSubscriptionId: subscriptionId }] }],
  })
})

t.test('a cart with a wrong item is created, cannot be checked out, and can be repaired', async (t) => {
  const emulator = await runEmulator(t)
  const { status, cart, path } = await create(emulator, { lineItems: [{ catalogItemId: 'x' }] })
  t.equal(status, 201)
  t.match(cart.lineItems, [
    { error: { errorCode: 'catalog_item_id_is_not_valid', errorDescription: 'Catalog item id is not valid' } },
  ])
  t.match((await emulator.send(`${path}/checkout`, { method: 'POST' })).body, { code: 800009 })
  const lineItems = [{ ...cart.lineItems[0], catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM' }]
  const repaired = await emulator.send(path, { method: 'PUT', body: JSON.stringify({ ...cart, lineItems }) })
  t.notMatch(repaired.body, { lineItems: [{ error: Object }] })
  t.equal((await emulator.send(`${path}/checkout`, { method: 'POST' })).status, 201)
})

t.test('a second checkout is refused, since 2022 it repeats the first result and retries failed groups', async (t) => {
  const item = { catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM', quantity: 1 }
  for (const rules of editionNames) {
    const emulator = await runEmulator(t, { rules })
    const { path } = await create(emulator, { lineItems: [item] })
    const first = await emulator.send(`${path}/checkout`, { method: 'POST' })
    const second = await emulator.send(`${path}/checkout`, { method: 'POST' })
    if (Number(rules) >= 2022) t.same([second.status, second.text], [201, first.text], rules)
    else t.match(second.body, { code: 800065 }, rules)
    t.match((await emulator.send(`${noOrders}/orders`)).body, { totalCount: 1 })
    t.equal(JSON.parse(first.text).additionalInformation?.length, rules === '2023' ? 0 : undefined, rules)
    t.match((await emulator.send(path, { method: 'PUT', body: JSON.stringify({ lineItems: [item] }) })).body, {
      code: 800065,
    })
  }
  const emulator = await runEmulator(t, { rules: '2022' })
  const licenses = Array.from({ length: 6 }, () => ({ catalogItemId: '796B6B5F-613C-4E24-A17C-EBA730D49C02' }))
  const { path } = await create(emulator, { lineItems: [item, ...licenses] })
  const checkout = () => emulator.send(`${path}/checkout`, { method: 'POST' })
  const failed = await checkout()
  t.match(failed.body, { orders: { length: 1 }, orderErrors: [{ orderGroupId: 'OMS-0' }] })
  t.equal((await checkout()).text, failed.text)
  const changed = await emulator.send('/_emulator/accounts/default', {
    method: 'PUT',
    headers: json,
    body: JSON.stringify({ kind: 'production' }),
  })
  t.equal(changed.status, 200, changed.text)
  t.match((await checkout()).body, { orders: { length: 2 }, orderErrors: undefined })
  t.match((await emulator.send(`${noOrders}/orders`)).body, { totalCount: 2 })
})

t.test('a PUT prolongs the life of a cart in 2019 only', async (t) => {
  for (const rules of editionNames) {
    const emulator = await runEmulator(t, { rules })
    const body = { lineItems: [{ catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM' }] }
    const { cart, path } = await create(emulator, body)
    await emulator.send('/_emulator/clock', { method: 'PUT', headers: json, body: '{"advance":"PT1M"}' })
    const { text } = await emulator.send(path, { method: 'PUT', body: JSON.stringify(body) })
    const prolonged = JSON.parse(text).expirationTimestamp !== cart.expirationTimestamp
    t.equal(prolonged, rules === '2019', rules)
  }
})

t.test('a reservation is bought after the registration of its Azure subscription', async (t) => {
  const emulator = await runEmulator(t, { rules: '2021', account: 'production' })
  const customer = '/v1/customers/28045616-f6b9-462f-9701-0d89b5e65c44'
  const subscriptionId = 'EF2E1307-86E6-40E3-A794-872403FBD31C'
  const subscription = `${customer}/subscriptions/${subscriptionId}`
  const status = async () => JSON.parse((await emulator.send(`${subscription}/registrationstatus`)).text)
  const buy = () =>
    create(
      emulator,
      {
        lineItems: [
          { catalogItemId: 'DZH318Z0BQ4B:0047:DZH318Z0DSM8', provisioningContext: { subscriptionId, scope: 'shared' } },
        ],
      },
      customer,
    )
  t.same(await status(), {
    subscriptionId,
    status: 'NotRegistered',
    attributes: { objectType: 'SubscriptionRegistrationStatus' },
  })
  t.match((await buy()).cart.lineItems, [{ error: { errorCode: 'subscription_not_registered' } }])
  const registered = await emulator.send(`${subscription}/registrations`, { method: 'POST' })
  t.same([registered.status, registered.text], [202, ''])
  t.equal(registered.headers.get('Location'), `${subscription.slice(3)}/registrationstatus`)
  t.match(await status(), { status: 'Registered' })
  const { cart, path } = await buy()
  t.notMatch(cart.lineItems, [{ error: Object }])
  t.match((await emulator.send(`${path}/checkout`, { method: 'POST' })).body, {
    orders: [{ lineItems: { length: 1 } }],
  })
})
