import t from 'tap'
import { editionNames } from '../../src/model/editions.ts'
import { everyAge, everyProduct, noOrders, type RunningEmulator, runEmulator } from '../running-emulator.ts'
import { advance, control, nextTerm, seeded } from './subscription-triggers.ts'

const itemsOf = async ({ send }: RunningEmulator, list: string) => JSON.parse((await send(list)).text).items

async function setEdition(emulator: RunningEmulator, rules: string, kind: string): Promise<void> {
  await emulator.send('/_emulator/reset', { method: 'POST' })
  await control(emulator, 'accounts/default', JSON.stringify({ kind, rules }))
}

const schedule = { autoRenewEnabled: true, scheduledNextTermInstructions: nextTerm }

/** A change of a seeded subscription, with its outcome in each edition: ok, or a code. The seed is two days old. */
const outcomes: readonly [what: string, path: string, body: object, byEdition: string, after?: string][] = [
  ['license: cancel', seeded.license, { status: 'deleted' }, 'ok ok ok ok'],
  ['license: cancel after 4 days', seeded.license, { status: 'deleted' }, '900213 900213 ok ok', 'P2D'],
  ['license: cancel after 8 days', seeded.license, { status: 'deleted' }, '900213 900213 900213 900213', 'P6D'],
  ['license: suspend', seeded.license, { status: 'suspended' }, 'ok ok ok ok'],
  ['license: more seats after a year', seeded.license, { quantity: 5 }, 'ok ok ok ok', 'P300D'],
  ['license: schedule', seeded.license, schedule, '900141 ok ok ok'],
  ['license: billing cycle', seeded.license, { billingCycle: 'annual' }, '800097 800097 800097 800097'],
  ['license: longer term', seeded.license, { termDuration: 'P3Y' }, '900141 900141 ok ok'],
  ['license: shorter term', seeded.license, { termDuration: 'P1M' }, '900141 900141 800122 800122'],
  ['license: unknown term', seeded.license, { termDuration: 'P7Y' }, '900141 900141 800121 800121'],
  ['license: partner', seeded.license, { partnerId: '517285' }, '800098 800098 800098 800098'],
  ['license: name', seeded.license, { friendlyName: 'new' }, 'ok ok ok ok'],
  ['trial: cancel after 8 days', seeded.trial, { status: 'deleted' }, 'ok ok ok ok', 'P6D'],
  ['trial: more seats', seeded.trial, { quantity: 2 }, '800095 800095 800095 800095'],
  ['trial: no conversion', seeded.trial, { autoRenewEnabled: false }, 'ok ok ok ok'],
  ['trial: term', seeded.trial, { termDuration: 'P1Y' }, '900141 900141 800107 800107'],
  ['software: cancel', seeded.software, { status: 'deleted' }, 'ok ok ok ok'],
  ['software: cancel after 10 days', seeded.software, { status: 'deleted' }, 'ok ok 900117 900117', 'P8D'],
  ['software: cancel after 40 days', seeded.software, { status: 'deleted' }, 'ok 900117 900117 900117', 'P38D'],
  ['software: suspend', seeded.software, { status: 'suspended' }, '800096 800096 800096 800096'],
  ['software: more seats', seeded.software, { quantity: 2 }, 'ok ok ok ok'],
  ['software: partner', seeded.software, { partnerId: '1' }, '800098 800098 800098 800098'],
  ['SaaS: cancel after two days', seeded.saas, { status: 'deleted' }, 'ok ok ok ok'],
  ['SaaS: suspend', seeded.saas, { status: 'suspended' }, 'ok ok ok ok'],
  ['SaaS: more seats', seeded.saas, { quantity: 9 }, 'ok ok ok ok'],
  ['SaaS: schedule', seeded.saas, schedule, '900141 ok ok ok'],
  ['SaaS: billing cycle', seeded.saas, { billingCycle: 'annual' }, '800097 800097 800097 800097'],
  ['Azure plan: suspend', seeded.azurePlan, { status: 'suspended' }, 'ok ok ok ok'],
  ['Azure plan: cancel', seeded.azurePlan, { status: 'deleted' }, 'ok ok ok ok'],
  ['Azure plan: seats', seeded.azurePlan, { quantity: 2 }, '800095 800095 800095 800095'],
  ['Azure plan: auto-renew', seeded.azurePlan, { autoRenewEnabled: true }, '800093 800093 800093 800093'],
  ['savings plan: cancel', seeded.savingsPlan, { status: 'deleted' }, '900321 900321 900321 900321'],
  ['savings plan: name', seeded.savingsPlan, { friendlyName: 'x' }, '900321 900321 900321 900321'],
  ['legacy: cancel', seeded.legacyLicense, { status: 'deleted' }, '2006 2006 2006 2006'],
  ['legacy: suspend', seeded.legacyLicense, { status: 'suspended' }, 'ok ok ok ok'],
  ['legacy: more seats', seeded.legacyLicense, { quantity: 9 }, 'ok ok ok ok'],
  ['legacy: partner', seeded.legacyLicense, { partnerId: '517285' }, 'ok ok ok ok'],
  ['legacy: billing cycle', seeded.legacyLicense, { billingCycle: 'monthly' }, '2054 2054 2054 2054'],
  ['legacy: schedule', seeded.legacyLicense, schedule, '900141 900141 900141 900141'],
  ['legacy Azure: auto-renew', seeded.legacyAzure, { autoRenewEnabled: true }, '800093 800093 800093 800093'],
  ['legacy Azure: seats', seeded.legacyAzure, { quantity: 2 }, 'ok ok ok ok'],
]

t.test('a change of a subscription has the outcome of its product and edition', async (t) => {
  const emulator = await runEmulator(t)
  for (const [place, rules] of editionNames.entries()) {
    for (const [what, path, body, byEdition, after] of outcomes) {
      await setEdition(emulator, rules, 'production')
      if (after !== undefined) await advance(emulator, after)
      const { status, text } = await emulator.patch(path, body)
      const outcome = status === 200 ? 'ok' : String(JSON.parse(text).code)
      t.equal(outcome, byEdition.split(' ')[place], `${rules} ${what}`)
    }
  }
})

t.test('what an order refuses for its window, its subscription refuses as well', async (t) => {
  const emulator = await runEmulator(t)
  for (const rules of editionNames) {
    for (const kind of ['sandbox', 'production']) {
      await setEdition(emulator, rules, kind)
      for (const { id } of await itemsOf(emulator, `${everyAge}/orders`)) {
        const list = `${everyAge}/subscriptions?order_id=${id}`
        const [subscription] = await itemsOf(emulator, list)
        if (subscription === undefined) continue
        const byOrder = await emulator.patch(`${everyAge}/orders/${id}`, { status: 'cancelled' })
        if (JSON.parse(byOrder.text).code !== 900117) continue
        const path = `${everyAge}/subscriptions/${subscription.id}`
        const bySubscription = await emulator.patch(path, { status: 'deleted' })
        t.match(bySubscription.body, { code: 900117 }, `${rules} ${kind} ${id}`)
      }
    }
  }
})

const seats = (quantity: number) => ({ quantity, autoRenewEnabled: true })

t.test('every batch of seats has a window of seven days from 2022, and the first one 72 hours before', async (t) => {
  const later = await runEmulator(t, { rules: '2022', account: 'production' })
  await later.patch(seeded.license, seats(4))
  await advance(later, 'P6D')
  await later.patch(seeded.license, seats(6))
  t.match((await later.send(seeded.license)).body, {
    refundableQuantity: { totalQuantity: 5, details: [{ quantity: 3 }, { quantity: 2, allowedUntilDateTime: /Z$/ }] },
  })
  t.match((await later.patch(seeded.license, seats(0))).body, { code: 800017 })
  t.match((await later.patch(seeded.license, seats(3))).body, { quantity: 3, refundableQuantity: { totalQuantity: 2 } })
  await advance(later, 'P8D')
  t.match((await later.patch(seeded.license, seats(2))).body, {
    code: 800090,
    description: 'Subscription quantity cannot be decreased.',
    source: 'PartnerFD',
  })

  const earlier = await runEmulator(t, { rules: '2021' })
  await earlier.patch(seeded.license, { quantity: 4 })
  t.match((await earlier.patch(seeded.license, { quantity: 2 })).body, { code: 800090 })
  t.match((await earlier.patch(seeded.license, { quantity: 3 })).body, { quantity: 3 })
})

t.test('a body without id resets what it does not name from 2022 on, and keeps it before', async (t) => {
  for (const rules of ['2021', '2022'] as const) {
    const { patch, send } = await runEmulator(t, { rules })
    t.match((await patch(seeded.license, schedule)).body, { scheduledNextTermInstructions: nextTerm })
    const whole = JSON.parse((await send(seeded.license)).text)
    t.same((await patch(seeded.license, { ...whole, friendlyName: 'a' })).body, { ...whole, friendlyName: 'a' })
    const { autoRenewEnabled, scheduledNextTermInstructions } = JSON.parse(
      (await patch(seeded.license, { friendlyName: 'b' })).text,
    )
    t.equal(autoRenewEnabled, rules === '2021')
    t.equal(scheduledNextTermInstructions === undefined, rules === '2022')
  }
})

t.test('a scheduled change needs auto-renew, and ends with a change before the renewal', async (t) => {
  const { patch } = await runEmulator(t, { rules: '2022' })
  t.notMatch((await patch(seeded.license, { ...schedule, quantity: 2 })).text, 'refused')
  for (const change of [{ quantity: 3 }, { status: 'suspended' }]) {
    const reply = await patch(seeded.license, { id: 'whole', ...change })
    t.equal(reply.status, 200, reply.text)
    t.notMatch(reply.text, /scheduledNextTermInstructions/)
    await patch(seeded.license, { status: 'active' })
    t.match((await patch(seeded.license, { scheduledNextTermInstructions: nextTerm })).body, { code: 800093 })
    await patch(seeded.license, schedule)
  }
  const ended = await patch(seeded.license, { ...schedule, autoRenewEnabled: false })
  t.match(ended.body, { autoRenewEnabled: false, scheduledNextTermInstructions: undefined })
})

t.test('three years change their billing from the next cycle on, and a longer term starts at once', async (t) => {
  const { patch } = await runEmulator(t, { rules: '2023' })
  t.match((await patch(seeded.license, { termDuration: 'P3Y', billingCycle: 'triennial' })).body, {
    termDuration: 'P3Y',
    billingCycle: 'triennial',
  })
  t.match((await patch(seeded.license, { billingCycle: 'annual' })).body, { code: 800097 })
  const other = await runEmulator(t, { rules: '2023' })
  await other.patch(seeded.license, { termDuration: 'P3Y' })
  t.match((await other.patch(seeded.license, { billingCycle: 'annual', autoRenewEnabled: true })).body, {
    billingCycle: 'monthly',
    nextChargeInstructions: { product: { billingCycle: 'Annual', termDuration: 'P3Y' }, quantity: 1 },
  })
})

/** The members of https://learn.microsoft.com/partner-center/developer/get-a-subscription-by-id, 2023-05-09. */
const licenseMembers =
  'id offerId offerName friendlyName productType quantity unitType hasPurchasableAddons creationDate effectiveStartDate ' +
  'commitmentEndDate commitmentEndDateTime cancellationAllowedUntilDate status autoRenewEnabled isTrial billingType ' +
  'billingCycle termDuration renewalTermDuration refundOptions isMicrosoftProduct partnerId attentionNeeded actionTaken ' +
  'contractType links publisherName refundableQuantity orderId attributes'
const softwareMembers = licenseMembers.replace('refundOptions ', '').replace('refundableQuantity ', '')
const in2021 = (members: string) => members.replace('commitmentEndDateTime ', '')

const members: readonly [path: string, rules: '2021' | '2023', members: string][] = [
  [seeded.license, '2023', licenseMembers],
  [
    seeded.license,
    '2021',
    in2021(licenseMembers).replace('cancellationAllowedUntilDate ', '').replace('refundableQuantity ', ''),
  ],
  [seeded.software, '2023', softwareMembers],
  [seeded.software, '2021', in2021(softwareMembers)],
  [
    seeded.savingsPlan,
    '2023',
    softwareMembers
      .replace('cancellationAllowedUntilDate', 'billingCycleEndDate billingCycleEndDateTime')
      .replace('publisherName', 'publisherName lineItems productOrderId'),
  ],
  [
    seeded.legacyAzure,
    '2023',
    'id entitlementId offerId offerName friendlyName quantity unitType creationDate effectiveStartDate commitmentEndDate ' +
      'status autoRenewEnabled billingType billingCycle contractType links orderId attributes',
  ],
]

t.test('a subscription has the documented members of its product and edition in the documented order', async (t) => {
  for (const [path, rules, expected] of members) {
    const { send } = await runEmulator(t, { rules })
    const { body, text } = await send(path)
    t.same(Object.keys(Object(body)), expected.split(' '), `${rules} ${path}`)
    const list = (await send(`${everyProduct}/subscriptions`)).text
    t.ok(list.includes(text), 'the list has the same text')
  }
  const { send } = await runEmulator(t, { rules: '2023' })
  const { effectiveStartDate, ...license } = JSON.parse((await send(seeded.license)).text)
  const end = new Date(effectiveStartDate)
  end.setUTCFullYear(end.getUTCFullYear() + 1, end.getUTCMonth(), end.getUTCDate() - 1)
  t.match(license, {
    productType: { id: 'OnlineServicesNCE', displayName: 'OnlineServicesNCE' },
    unitType: 'Licenses',
    commitmentEndDate: `${end.toISOString().slice(0, 10)}T00:00:00Z`,
    commitmentEndDateTime: `${end.toISOString().slice(0, 10)}T23:59:59Z`,
    refundableQuantity: { totalQuantity: 1, details: [{ quantity: 1 }] },
  })
  t.strictSame(license.attributes, { objectType: 'Subscription' })
})

t.test('the provisioning status has a GUID as skuId, which stays the same, and follows the order', async (t) => {
  const emulator = await runEmulator(t)
  const { send } = emulator
  const first = await send(`${seeded.license}/provisioningstatus`)
  t.match(first.body, { skuId: /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/, status: 'success', quantity: 1 })
  t.equal((await send(`${seeded.license}/provisioningstatus`)).text, first.text)
  t.match((await send(`${seeded.legacyLicense}/provisioningstatus`)).body, {
    skuId: '6FD2C87F-B296-42F0-B197-1E91E994B900',
  })
  const order = 'customers/10000000-0000-4000-8000-000000000001/orders/5f9d52bb1401/status'
  await control(emulator, order, '{"status":"pending"}')
  t.match((await send(`${seeded.license}/provisioningstatus`)).body, { status: 'pending' })
  await control(emulator, order, '{"status":"error"}')
  t.match((await send(`${seeded.license}/provisioningstatus`)).body, { status: 'failed' })
})

const legacyCustomer = '/v1/customers/b0d70a69-4c42-4b27-b17b-91a835d8686a'
const base = `${legacyCustomer}/subscriptions/DB8C695B-1C3C-4C55-B697-771503DD46BF`

t.test('add-ons are listed with their base, and suspended with it', async (t) => {
  const { patch, send } = await runEmulator(t)
  const line = {
    lineItemNumber: 0,
    offerId: '2828BE95-46BA-4F91-B2FD-0BEF192ECF60',
    parentSubscriptionId: base.slice(-36),
  }
  const bought = await patch(`${legacyCustomer}/orders/EEBA9D00-7B46-443A-917E-22887A8FC993`, { lineItems: [line] })
  t.equal(bought.status, 200, bought.text)
  const [{ id }] = JSON.parse((await send(`${base}/addons`)).text).items
  const addOn = `${legacyCustomer}/subscriptions/${id}`
  t.match((await send(`${addOn}/addons`)).body, { totalCount: 0, items: [] })
  await patch(base, { status: 'suspended' })
  t.match((await send(addOn)).body, { status: 'suspended' })
  t.match((await patch(addOn, { status: 'active' })).body, { code: 27009 })
  await patch(base, { status: 'active' })
  t.match((await patch(addOn, { status: 'active' })).body, { status: 'active' })
})

t.test('the partner on record of a line is the partner of its subscription, which lists can ask for', async (t) => {
  const { send } = await runEmulator(t)
  const body = JSON.stringify({
    lineItems: [
      { lineItemNumber: 0, offerId: 'DZH318Z0BXWC:0001:DZH318Z0BMJX', partnerIdOnRecord: '517285' },
      { lineItemNumber: 1, offerId: 'DZH318Z0BXWC:0001:DZH318Z0BMJX' },
    ],
  })
  await send(`${noOrders}/orders`, { method: 'POST', body })
  for (const query of ['mpn_id=517285', 'partner_id=517285', 'MPN_ID=517285'])
    t.match((await send(`${noOrders}/subscriptions?${query}`)).body, {
      totalCount: 1,
      items: [{ partnerId: '517285' }],
    })
  t.match((await send(`${noOrders}/subscriptions?mpn_id=1`)).body, { totalCount: 0 })
})

t.test(
  'marketplace subscriptions end at their renewal after their window, and change only once activated',
  async (t) => {
    const emulator = await runEmulator(t, { rules: '2022' })
    const { patch, send } = emulator
    t.match((await patch(seeded.saas, { status: 'deleted' })).body, { status: 'active', autoRenewEnabled: false })
    const body = JSON.stringify({ lineItems: [{ offerId: 'DZH318Z0BXWC:0001:DZH318Z0BMJX' }] })
    const order = JSON.parse((await send(`${noOrders}/orders`, { method: 'POST', body })).text)
    const path = `${noOrders}/subscriptions/${order.lineItems[0].subscriptionId}`
    for (const change of [{ status: 'active' }, { quantity: 5 }, { friendlyName: 'x' }, { status: 'suspended' }])
      t.match((await patch(path, change)).body, { code: 800081 }, JSON.stringify(change))
    await advance(emulator, 'P3D')
    await send(`${path}/activate`, { method: 'POST' })
    t.match((await patch(path, { status: 'deleted' })).body, { status: 'deleted' })
    t.match((await send(`${noOrders}/orders/${order.id}`)).body, { status: 'cancelled' })
  },
)

t.test(
  'a pending order that is cancelled in part stays pending, and its other lines get their subscriptions',
  async (t) => {
    const emulator = await runEmulator(t, { fulfilmentDelay: 'PT1H' })
    const lineItems = ['DG7GMGF0DVT7:000C:DG7GMGF0FVZM', 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS'].map(
      (offerId, lineItemNumber) => ({ lineItemNumber, offerId }),
    )
    const body = JSON.stringify({ lineItems })
    const { id } = JSON.parse((await emulator.send(`${noOrders}/orders`, { method: 'POST', body })).text)
    const path = `${noOrders}/orders/${id}`
    const named = { status: 'cancelled', lineItems: [{ lineItemNumber: 0 }] }
    t.match((await emulator.patch(path, named)).body, {
      status: 'pending',
      lineItems: [{ quantity: 0 }, { quantity: 1 }],
    })
    await advance(emulator, 'PT2H')
    t.match((await emulator.send(path)).body, {
      status: 'completed',
      lineItems: [{ subscriptionId: undefined }, { subscriptionId: /^[0-9a-f-]{36}$/ }],
    })
  },
)
