import t, { type Test } from 'tap'
import type { Options } from '../../src/options.ts'
import { type ErrorName, errorCatalog } from '../../src/partner-center/protocol/error-catalog.ts'
import {
  documentedOrder,
  everyAge,
  everyProduct,
  noOrders,
  type Reply,
  type RunningEmulator,
  runEmulator,
} from '../running-emulator.ts'
import { subscriptionTriggers } from './subscription-triggers.ts'

type Trigger = (emulator: RunningEmulator, t: Test) => Promise<Reply>

const cancelled = { status: 'cancelled' }
const threeLines = `${everyProduct}/orders/software-three-lines-000000000001`
const legacyOrder = '/v1/customers/b0d70a69-4c42-4b27-b17b-91a835d8686a/orders/eeba9d00-7b46-443a-917e-22887a8fc993'
const legacySubscription = legacyOrder.replace(/orders.*/, 'subscriptions/DB8C695B-1C3C-4C55-B697-771503DD46BF')
const pendingLegacy = `${everyProduct}/orders/1e9ac000-0000-4000-8000-000000000002`
const saasSubscriptions = `${everyProduct}/subscriptions?order_id=saasFlatRate-completed-0000000001`

const sendJson = (method: string, path: string, body: unknown): Trigger => {
  return ({ send }) => send(path, { method, body: JSON.stringify(body) })
}
const buy = (...lineItems: object[]): Trigger => sendJson('POST', `${noOrders}/orders`, { lineItems })
const reads =
  (path: string, headers: Record<string, string> = {}): Trigger =>
  ({ send }) =>
    send(path, { headers })
const changes =
  (path: string, body: unknown, headers?: Record<string, string>): Trigger =>
  ({ patch }) =>
    patch(path, body, headers)

const purchaseOrder = (members: object) => JSON.stringify({ customerPrice: '10', currency: 'USD', ...members })

/** An upload to the documented order. */
function uploads(parts: Readonly<Record<string, string | File>>): Trigger {
  return async ({ send }) => {
    const form = new FormData()
    for (const [name, part] of Object.entries(parts)) form.set(name, part)
    const body = new Response(form)
    const headers = { 'Content-Type': body.headers.get('Content-Type') ?? '' }
    return send(`${documentedOrder}/attachment`, {
      method: 'POST',
      headers,
      body: new Uint8Array(await body.arrayBuffer()),
    })
  }
}

/** A request for a customer with members of its own in the company profile and the address. */
const newCustomer = (companyProfile: object, defaultAddress: object = { country: 'US' }): Trigger =>
  sendJson('POST', '/v1/customers', {
    companyProfile: { domain: 'new.ccsctp.net', ...companyProfile },
    billingProfile: { email: 'a@a.com', culture: 'en-US', language: 'en', companyName: 'New', defaultAddress },
  })

/** The path of the first subscription in a list. */
async function firstSubscription({ send }: RunningEmulator, list: string): Promise<string> {
  const { text } = await send(list)
  return `${list.replace(/\/subscriptions.*/, '')}/subscriptions/${JSON.parse(text).items[0].id}`
}

async function cart({ send }: RunningEmulator, catalogItemId = 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM'): Promise<string> {
  const body = JSON.stringify({ lineItems: [{ catalogItemId, quantity: 1 }] })
  return `${noOrders}/carts/${JSON.parse((await send(`${noOrders}/carts`, { method: 'POST', body })).text).id}`
}

async function token({ send }: RunningEmulator, form: string): Promise<Record<string, string>> {
  const tenant = '9e0c1f4a-5a0b-4b1e-9d3a-6f7c2d8e4b10'
  const { text } = await send(`/${tenant}/oauth2/token`, { method: 'POST', body: `client_id=x&${form}` })
  return { Authorization: `Bearer ${JSON.parse(text).access_token}` }
}

const license = 'CFQ7TTC0LH18:0001:CFQ7TTC0K971'
const savingsPlan = 'DZH318Z09V6F:0001:DZH318Z0BLD3'
const reservation = 'DZH318Z0BQ4B:0047:DZH318Z0DSM8'
const buyFor = (customer: string, line: object, members = {}) =>
  sendJson('POST', `${customer}/orders`, { ...members, lineItems: [line] })
/** Buys a reservation of the customer with every product for a subscription. */
const reserve = (subscriptionId: string) =>
  buyFor(everyProduct, { offerId: reservation, provisioningContext: { subscriptionId, scope: 'shared' } })
const buySavingsPlan = (customer: string, provisioningContext: object, members = {}): [Partial<Options>, Trigger] => {
  const purchaseCommitment = { amount: 0.05, currency: 'usd', grain: 'hourly' }
  return [
    { account: 'production' },
    buyFor(customer, { offerId: savingsPlan, provisioningContext, purchaseCommitment, ...members }),
  ]
}
const metered = 'DZH318Z0C964:0001:DZH318Z0BZDG'
const azurePlan = '5ab5c000-0000-4000-8000-000000000013'
const azureSubscription = '5AB5C000-0000-4000-8000-000000000023'

/** For each documented error, a request that triggers it and the emulator options that the request needs. */
const triggers: Readonly<Record<Exclude<ErrorName, 'unexpected'>, Trigger | readonly [Partial<Options>, Trigger]>> = {
  unauthenticated: [{ auth: 'required' }, reads(documentedOrder)],
  invalidCustomerId: reads('/v1/customers/contoso/orders'),
  noRelationship: reads('/v1/customers/99999999-0000-4000-8000-000000000000/orders'),
  orderNotFound: reads(`${noOrders}/orders/x`),
  invalidInput: changes(documentedOrder, ''),
  bodyTooLarge: changes(documentedOrder, 'x'.repeat(1024 * 1024 + 1)),
  invalidOrderStatus: changes(documentedOrder, { status: 'none' }),
  notSupported: changes(documentedOrder, { billingCycle: 'annual' }),
  lineItemNumberOutOfRange: changes(documentedOrder, { status: 'cancelled', lineItems: [{ lineItemNumber: 1 }] }),
  offerIdOfLineDiffers: changes(documentedOrder, {
    status: 'cancelled',
    lineItems: [{ lineItemNumber: 0, offerId: 'x' }],
  }),
  useSubscriptionToSuspend: changes(legacyOrder, cancelled),
  orderCannotBeCancelled: changes(`${everyProduct}/orders/azurePlan-completed-0000000000001`, cancelled),
  adjustmentPending: changes(`${everyProduct}/orders/software-adjustment-pending-00001`, cancelled),
  seatBasedSaasNotSupported: [
    { rules: '2021' },
    changes(`${everyProduct}/orders/saasSeatBased-completed-000000001`, cancelled),
  ],
  onlySoftwareInProduction: [
    { account: 'production' },
    changes(`${everyProduct}/orders/azureReservation-completed-000001`, cancelled),
  ],
  cancellationWindowPassed: [
    { rules: '2021' },
    changes(`${everyAge}/orders/perpetualSoftware-90-days-0000001`, cancelled),
  ],
  argumentCheck: buy({ offerId: 'C94271D8-B431-4A25-A3C5-A57737A1C909', parentSubscriptionId: 'x' }),
  unparsableEnum: reads(`${noOrders}/orders?billingType=weekly`),
  staleEtag: changes(legacyOrder, {}, { 'If-Match': '"stale"' }),
  catalogItemMissing: buy({ quantity: 1 }),
  invalidOfferId: buy({ offerId: 'DG7GMGF0DWT0:0001:NOTINCATALOG' }),
  inventoryNotAvailable: buy({ offerId: 'DZH318Z0BQ3Q:0001:DZH318XZXPHL' }),
  notEligibleForPurchase: buy({ offerId: 'CFQ7TTC0HD33:0003:CFQ7TTC0K59M' }),
  quantityNotAvailable: buy({ offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR', quantity: 0 }),
  quantityOutOfRange: buy({ offerId: '031C9E47-4802-4248-838E-778FB1D2CC05', quantity: 301 }),
  quantityNotChangeable: changes(threeLines, { lineItems: [{ lineItemNumber: 0, quantity: 7 }] }),
  seatLimit: buy({ offerId: '796B6B5F-613C-4E24-A17C-EBA730D49C02', quantity: 26 }),
  sandboxLimit: buy({ offerId: 'DZH318Z0BQ4B:0047:DZH318Z0DSM8', quantity: 3 }),
  termDurationInvalid: buy({ offerId: license, termDuration: 'P5Y' }),
  billingCycleInvalid: buyFor(noOrders, { offerId: reservation }, { billingCycle: 'monthly' }),
  billingCycleLongerThanTerm: buyFor(noOrders, { offerId: license, termDuration: 'P1M' }, { billingCycle: 'annual' }),
  currencyNotSupported: buyFor(noOrders, { offerId: license }, { currencyCode: 'XAU' }),
  invalidPromotion: buy({ offerId: license, promotionId: '39NFJQT1PHSN:0008:39NFJQT1Q5J0' }),
  attestationMissing: buy({ offerId: 'CFQ7TTC0J203:0001:CFQ7TTC0KBX2' }),
  partnerAttestationMissing: [{ rules: '2022' }, buy({ offerId: license, partnerIdOnRecord: '4847383' })],
  customTermEndInvalid: [{ rules: '2022' }, buy({ offerId: license, customTermEndDate: '2019-01-15T00:00:00Z' })],
  notAzureSubscription: buyFor('/v1/customers/b0d70a69-4c42-4b27-b17b-91a835d8686a', {
    offerId: reservation,
    provisioningContext: { subscriptionId: 'DB8C695B-1C3C-4C55-B697-771503DD46BF' },
  }),
  azureSubscriptionNotActive: reserve('5AB5C000-0000-4000-8000-000000000025'),
  notEnabledForReservations: [
    { fulfilmentDelay: 'PT1H' },
    async (emulator, t) => {
      await emulator.send(`${everyProduct}/subscriptions/${azureSubscription}/registrations`, { method: 'POST' })
      return reserve(azureSubscription)(emulator, t)
    },
  ],
  azureSubscriptionNotRegistered: reserve(azurePlan),
  subscriptionNotValid: [{ rules: '2021' }, buy({ offerId: reservation })],
  azurePlanRequired: [{ rules: '2021' }, buy({ offerId: metered })],
  azurePlanNotFound: [{ rules: '2021' }, buy({ offerId: metered, provisioningContext: { subscriptionId: 'x' } })],
  notInSandbox: buy({ offerId: savingsPlan }),
  scopeNotSupported: buySavingsPlan(noOrders, { scope: 'managementGroup' }),
  entitlementIdMissing: buySavingsPlan(noOrders, { scope: 'single' }),
  entitlementNotActive: buySavingsPlan(noOrders, { scope: 'single', entitlementId: 'x' }),
  azurePlanIdMissing: buySavingsPlan(noOrders, { scope: 'shared' }),
  azurePlanOfSavingsPlanNotFound: buySavingsPlan(noOrders, { scope: 'shared', subscriptionId: 'x' }),
  partnerOfAzurePlanDiffers: buySavingsPlan(
    everyProduct,
    { scope: 'shared', subscriptionId: azurePlan },
    { partnerIdOnRecord: '4847383' },
  ),
  quantityOfLineNotAllowed: [{ rules: '2023' }, buy({ offerId: license, quantity: 0 })],
  sandboxAzurePlanLimit: buy(...[0, 1].map(() => ({ offerId: 'DZH318Z0BPS6:0001:DZH318Z0BML6' }))),
  azureSubscriptionLimit: buy(...Array.from({ length: 11 }, () => ({ offerId: 'MS-AZR-0145P' }))),
  addOnNotRelated: changes(legacyOrder, {
    lineItems: [{ lineItemNumber: 0, offerId: 'C94271D8-B431-4A25-A3C5-A57737A1C909', parentSubscriptionId: 'x' }],
  }),
  parentNotActive: async (emulator) => {
    await emulator.patch(legacySubscription, { status: 'suspended' })
    const parentSubscriptionId = 'db8c695b-1c3c-4c55-b697-771503dd46bf'
    const line = { lineItemNumber: 0, offerId: 'C94271D8-B431-4A25-A3C5-A57737A1C909', parentSubscriptionId }
    return emulator.patch(legacyOrder, { lineItems: [line] })
  },
  billingCycleOfAddOnDiffers: changes(legacyOrder, {
    billingCycle: 'annual',
    lineItems: [{ lineItemNumber: 0, offerId: 'x', parentSubscriptionId: 'DB8C695B-1C3C-4C55-B697-771503DD46BF' }],
  }),
  billingCycleOfInactiveSubscription: async ({ patch }) => {
    await patch(legacySubscription, { status: 'suspended' })
    return patch(legacyOrder, { billingCycle: 'annual' })
  },
  billingTermNotSupported: changes(legacyOrder, { billingCycle: 'none' }),
  billingCycleWhilePending: changes(pendingLegacy, { billingCycle: 'monthly' }),
  billingCycleOfSubscription: changes(legacySubscription, { billingCycle: 'annual' }),
  subscriptionSuspended: async ({ patch }) => {
    await patch(legacySubscription, { status: 'suspended' })
    return patch(legacySubscription, { quantity: 5 })
  },
  subscriptionDeleted: async (emulator) => {
    const path = await firstSubscription(emulator, saasSubscriptions)
    await emulator.patch(path, { status: 'deleted' })
    return emulator.patch(path, { status: 'active' })
  },
  ...subscriptionTriggers,
  alreadyActivated: async (emulator) => {
    const path = await firstSubscription(emulator, saasSubscriptions)
    return emulator.send(`${path}/activate`, { method: 'POST' })
  },
  notInThisEnvironment: [
    { account: 'production' },
    async (emulator) => {
      const path = await firstSubscription(emulator, saasSubscriptions)
      return emulator.send(`${path}/activate`, { method: 'POST' })
    },
  ],
  subscriptionNotFound: reads(`${noOrders}/subscriptions/x`),
  provisioningNotFound: reads(`${legacyOrder}/provisioningstatus`),
  cartItems: async (emulator) => {
    const path = await cart(emulator, 'x')
    return emulator.send(`${path}/checkout`, { method: 'POST' })
  },
  cartNotFound: reads(`${noOrders}/carts/x`),
  cartSubmitted: async (emulator) => {
    const path = await cart(emulator)
    await emulator.send(`${path}/checkout`, { method: 'POST' })
    return emulator.send(`${path}/checkout`, { method: 'POST' })
  },
  customerHasOrders: ({ send }) => send(everyProduct, { method: 'DELETE' }),
  artifactNotFound: reads(`${everyProduct}/artifacts/reservedinstance/groups/x/lineitems/x/resource/x`),
  sandboxCustomerLimit: async (emulator) => {
    for (let count = 7; count < 75; count++) await newCustomer({ domain: `${count}.ccsctp.net` })(emulator, t)
    return newCustomer({})(emulator, t)
  },
  domainTaken: newCustomer({ domain: 'No-Orders.onmicrosoft.com' }),
  registrationNotSupported: newCustomer({ organizationRegistrationNumber: '4711*' }),
  registrationMissing: newCustomer({}, { country: 'BR', phoneNumber: '1' }),
  registrationInvalid: newCustomer({ organizationRegistrationNumber: '4711' }, { country: 'by', phoneNumber: '1' }),
  phoneNumberMissing: newCustomer({ organizationRegistrationNumber: '123456789' }, { country: 'BY' }),
  purchaseOrderMissing: [{ rules: '2022' }, uploads({ metadata: purchaseOrder({}) })],
  tenderMissing: [
    { rules: '2022' },
    uploads({ metadata: purchaseOrder({ isPartofTender: true }), pofiles: new File(['x'], 'x') }),
  ],
  purchaseOrderMetadata: [
    { rules: '2022' },
    uploads({ metadata: '{"currency":"USD"}', pofiles: new File(['x'], 'x') }),
  ],
  attachmentNotFound: reads(`${documentedOrder}/attachment/x`),
  attachmentLimit: async ({ url, send }) => {
    const upload = () => {
      const body = new FormData()
      body.set('file', new File(['content'], 'name'))
      return fetch(`${url}${documentedOrder}/attachment`, { method: 'POST', body })
    }
    for (let count = 0; count < 100; count++) await upload()
    const boundary = 'limit'
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="name"\r\n\r\nx\r\n--${boundary}--\r\n`
    const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` }
    return send(`${documentedOrder}/attachment`, { method: 'POST', headers, body })
  },
  productNotFound: reads('/v1/products/x?country=US'),
  skuNotFound: reads('/v1/products/DG7GMGF0DWT0/skus/9999?country=US'),
  availabilityNotFound: reads('/v1/products/DG7GMGF0DWT0/skus/0001/availabilities/x?country=US'),
  segmentNotAllowed: reads('/v1/products?country=US&targetView=Software&targetSegment=military'),
  viewNotAllowed: reads('/v1/products?country=US&targetView=MarketplaceSaaS'),
  offerNotFound: reads('/v1/offers/DG7GMGF0DWT0:0001:DG7GMGF0DSQR?country=US'),
  invalidAudience: [
    { auth: 'strict' },
    async (emulator) => {
      const headers = await token(emulator, 'grant_type=client_credentials&resource=https://graph.windows.net')
      return emulator.send(documentedOrder, { headers })
    },
  ],
  roleNotAllowed: [
    { auth: 'strict' },
    async (emulator) => {
      const headers = await token(emulator, 'grant_type=client_credentials')
      return emulator.send(`${documentedOrder}/provisioningstatus`, { headers })
    },
  ],
}

for (const [name, entry] of Object.entries(triggers)) {
  const error = Object.entries(errorCatalog).find(([known]) => known === name)?.[1]
  t.test(`${name}: ${error?.when}`, async (t) => {
    const [options, trigger] = typeof entry === 'function' ? [{}, entry] : entry
    const reply = await trigger(await runEmulator(t, options), t)
    t.equal(reply.status, error?.status)
    const text = (error?.description ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\{\d\\\}/g, '.+')
    t.match(reply.body, { code: error?.code, description: new RegExp(`^${text}$`), data: Array, source: String })
    t.ok(reply.headers.get('MS-RequestId'))
  })
}

t.test('every documented error has a request that triggers it', async (t) => {
  t.same([...Object.keys(triggers), 'unexpected'].sort(), Object.keys(errorCatalog).sort())
})
