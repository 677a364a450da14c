import { deepEqual, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { placeOrder } from '../../../src/model/orders/place.ts'
import type { NewLine, NewOrder, OwnedSubscription, PurchaseContext } from '../../../src/model/purchases/request.ts'
import { billingCycleOrDefault } from '../../../src/model/purchases/terms.ts'
import { accountKind, billingCycle, editionName, given, holds, time } from '../arbitrary-orders.ts'
import {
  type AccountKind,
  type BillingCycleName,
  customerId,
  editionNames,
  etagOf,
  everyProduct,
  everyProductType,
  findProduct,
  fixedBytes,
  isDocumented,
  isOrder,
  isProduct,
  isRefusal,
  legacyTypes,
  lineIn,
  modernTypes,
  type Order,
  type OwnedUnits,
  type Product,
  type ProductType,
  products,
  type Refusal,
  saasTypes,
} from '../orders-of.ts'

const nothing: OwnedUnits = { subscriptions: 0, reservations: 0, azurePlans: 0, azureSubscriptions: 0 }

const azurePlan: OwnedSubscription = {
  id: '0350d130-4d3d-4005-aca0-cf84f0ab0d4a',
  offerId: products.azurePlan.offerId,
  productType: 'azurePlan',
  status: 'active',
  isTrial: false,
  termDuration: '',
  endsAt: '9999-12-10T00:00:00Z',
  partnerId: '',
  registration: 'Registered',
}

const planMembers: NewLine = {
  provisioningContext: { scope: 'single', entitlementId: 'cdd17cc7-14fe-4445-8650-1f52de705851' },
  purchaseCommitment: { amount: 0.05, currency: 'USD', grain: 'Hourly' },
}

const needed: Partial<Record<ProductType, NewLine>> = {
  savingsPlan: planMembers,
  azureReservation: { provisioningContext: { subscriptionId: azurePlan.id, scope: 'shared' } },
}

/** A purchase of a sandbox customer who owns an Azure plan that does not count, under the rules of 2019. */
function context(members: Partial<PurchaseContext> = {}): PurchaseContext {
  const now = Date.parse('2021-02-03T10:20:30.450Z')
  return {
    customerId,
    kind: 'sandbox',
    rules: '2019',
    now,
    random: fixedBytes(),
    findProduct,
    owned: () => nothing,
    subscriptions: () => [azurePlan],
    ...members,
  }
}

/** A context whose catalog has only the product of a type, with changed members. */
function selling(type: ProductType, members: Partial<Product>): PurchaseContext {
  return context({ findProduct: () => ({ ...products[type], ...members }) })
}

/** A line of a product, with the members that it needs. */
function lineOf(type: ProductType, members: NewLine = {}): NewLine {
  return { offerId: products[type].offerId, ...needed[type], ...members }
}

function lines(...types: ProductType[]): NewOrder {
  return { lineItems: types.map((type) => lineOf(type)) }
}

/** The placed order. Throws if the purchase was refused. */
function placed(asked: NewOrder, members: PurchaseContext = context({ kind: 'production' })): Order {
  const result = placeOrder(asked, members)
  ok(!isRefusal(result), `refused: ${JSON.stringify(result)}`)
  return result.order
}

t.test('the test catalog matches the schema of a catalog', async (t) => {
  for (const product of everyProduct) t.ok(isProduct(product), product.title)
})

const refusals: readonly [asked: string, lineItems: NewLine[], refused: Refusal['refused']][] = [
  ['a first line with number 1', [lineOf('azurePlan', { lineItemNumber: 1 })], 'lineItemNumberOutOfRange'],
  ['a negative number', [lineOf('azurePlan', { lineItemNumber: -1 })], 'lineItemNumberOutOfRange'],
  [
    'two lines with number 0',
    [0, 0].map((lineItemNumber) => lineOf('perpetualSoftware', { lineItemNumber })),
    'lineItemNumberOutOfRange',
  ],
  ['no offer id', [{ quantity: 1 }], 'catalogItemMissing'],
  ['a null offer id', [{ offerId: null }], 'catalogItemMissing'],
  ['an empty offer id', [{ offerId: '' }], 'catalogItemMissing'],
  ['an offer that the catalog does not have', [{ offerId: 'no-offer' }], 'invalidOfferId'],
  ['a bad second line', [lineOf('perpetualSoftware'), { offerId: 'no-offer' }], 'invalidOfferId'],
  [
    'a term that the offer does not have',
    [lineOf('newCommerceLicense', { termDuration: 'P5Y' })],
    'termDurationInvalid',
  ],
  [
    'a next term that does not exist',
    [lineOf('saasTrial', { renewsTo: { termDuration: 'x' } })],
    'termDurationInvalid',
  ],
  ['a promotion that does not apply', [lineOf('saasTrial', { promotionId: 'x' })], 'invalidPromotion'],
  ['a savings plan in a sandbox', [lineOf('savingsPlan')], 'notInSandbox'],
  ['an unknown scope', [lineOf('azureReservation', { provisioningContext: { scope: 'x' } })], 'scopeNotSupported'],
  ['a parent subscription', [lineOf('legacyAddOn', { parentSubscriptionId: 'x' })], 'argumentCheck'],
  ['a quantity of 0', [lineOf('perpetualSoftware', { quantity: 0 })], 'quantityNotAvailable'],
  ['a fractional quantity', [lineOf('perpetualSoftware', { quantity: 1.5 })], 'quantityNotAvailable'],
  ['a quantity of NaN', [lineOf('perpetualSoftware', { quantity: Number.NaN })], 'quantityNotAvailable'],
  ['a legacy quantity of 0', [lineOf('legacyLicense', { quantity: 0 })], 'quantityOutOfRange'],
  ['a legacy quantity over the maximum', [lineOf('legacyLicense', { quantity: 301 })], 'quantityOutOfRange'],
  ['26 licenses in a sandbox', [lineOf('newCommerceLicense', { quantity: 26 })], 'seatLimit'],
  ['three reservations in a sandbox', [lineOf('azureReservation', { quantity: 3 })], 'sandboxLimit'],
  ['two Azure plans in a sandbox', [lineOf('azurePlan'), lineOf('azurePlan')], 'sandboxAzurePlanLimit'],
]

t.test('a purchase that the catalog or the sandbox does not allow is refused', async (t) => {
  for (const [asked, lineItems, refused] of refusals) {
    const result = placeOrder({ lineItems }, context())
    t.match(result, { refused }, asked)
    t.ok(isRefusal(result) && isDocumented(result), refused)
  }
})

const legacyParent: OwnedSubscription = {
  ...azurePlan,
  id: 'PARENT',
  productType: 'legacyLicense',
  status: 'suspended',
}
const license: OwnedSubscription = {
  ...azurePlan,
  id: 'license',
  productType: 'newCommerceLicense',
  termDuration: 'P1Y',
  endsAt: '2021-11-20T00:00:00Z',
}
const endingOn = (customTermEndDate: string, members: NewLine = {}) =>
  lineOf('newCommerceLicense', { customTermEndDate, ...members })
const reservationFor = (subscriptionId?: string) =>
  lineOf('azureReservation', {
    provisioningContext: { scope: 'shared', ...(subscriptionId ? { subscriptionId } : {}) },
  })
const meteredFor = (subscriptionId?: string) =>
  lineOf('saasMetered', { provisioningContext: subscriptionId ? { subscriptionId } : null })
const planFor = (provisioningContext: Record<string, string>, members: NewLine = {}) =>
  lineOf('savingsPlan', { provisioningContext, ...members })

interface OwnedRow {
  asked: string
  line: NewLine
  owned?: readonly OwnedSubscription[]
  rules?: PurchaseContext['rules']
  refused?: Refusal['refused']
}

const plan = azurePlan.id
const suspended = { ...azurePlan, status: 'suspended' } as const
const ofOwned: readonly OwnedRow[] = [
  {
    asked: 'reservation without a subscription',
    line: reservationFor(),
    rules: '2021',
    refused: 'subscriptionNotValid',
  },
  { asked: 'reservation without a subscription in 2019', line: reservationFor() },
  {
    asked: 'reservation for an unknown one',
    line: reservationFor('x'),
    rules: '2022',
    refused: 'subscriptionNotValid',
  },
  { asked: 'reservation for an unknown one in 2019', line: reservationFor('x') },
  { asked: 'reservation for a registered plan', line: reservationFor(plan.toUpperCase()), rules: '2021' },
  {
    asked: 'reservation for a license',
    line: reservationFor('license'),
    owned: [license],
    refused: 'notAzureSubscription',
  },
  {
    asked: 'reservation for a suspended plan',
    line: reservationFor(plan),
    owned: [suspended],
    refused: 'azureSubscriptionNotActive',
  },
  {
    asked: 'reservation for a plan without registration',
    line: reservationFor(plan),
    owned: [{ ...azurePlan, registration: 'NotRegistered' }],
    refused: 'azureSubscriptionNotRegistered',
  },
  {
    asked: 'reservation during the registration',
    line: reservationFor(plan),
    owned: [{ ...azurePlan, registration: 'Registering' }],
    refused: 'notEnabledForReservations',
  },
  { asked: 'metered SaaS without a plan', line: meteredFor(), owned: [], rules: '2021', refused: 'azurePlanRequired' },
  { asked: 'metered SaaS without a plan in 2019', line: meteredFor(), owned: [] },
  { asked: 'metered SaaS for an unknown plan', line: meteredFor('x'), rules: '2021', refused: 'azurePlanNotFound' },
  { asked: 'metered SaaS for a plan', line: meteredFor(plan), rules: '2021' },
  { asked: 'metered SaaS with a plan', line: meteredFor(), rules: '2021' },
  { asked: 'savings plan without context', line: planFor({}), refused: 'scopeNotSupported' },
  { asked: 'savings plan without entitlement', line: planFor({ scope: 'single' }), refused: 'entitlementIdMissing' },
  { asked: 'savings plan without plan id', line: planFor({ Scope: 'Shared' }), refused: 'azurePlanIdMissing' },
  { asked: 'shared savings plan', line: planFor({ scope: 'shared', subscriptionId: plan }) },
  {
    asked: 'shared savings plan of a suspended plan',
    line: planFor({ scope: 'shared', subscriptionId: plan }),
    owned: [suspended],
    refused: 'azurePlanOfSavingsPlanNotFound',
  },
  {
    asked: 'single savings plan without an active plan',
    line: lineOf('savingsPlan'),
    owned: [suspended],
    refused: 'entitlementNotActive',
  },
  {
    asked: 'savings plan with another partner',
    line: lineOf('savingsPlan', { partnerIdOnRecord: '1' }),
    refused: 'partnerOfAzurePlanDiffers',
  },
  {
    asked: 'savings plan without commitment',
    line: lineOf('savingsPlan', { purchaseCommitment: null }),
    refused: 'invalidInput',
  },
  {
    asked: 'savings plan with a small commitment',
    line: lineOf('savingsPlan', { purchaseCommitment: { amount: 0, currency: 'usd', grain: 'hourly' } }),
    refused: 'invalidInput',
  },
  {
    asked: 'savings plan with a daily commitment',
    line: lineOf('savingsPlan', { purchaseCommitment: { amount: 1, currency: 'usd', grain: 'daily' } }),
    refused: 'invalidInput',
  },
  {
    asked: 'license with a commitment',
    line: lineOf('newCommerceLicense', planMembers),
    refused: 'invalidInput',
  },
  {
    asked: 'add-on to a suspended parent',
    line: lineOf('legacyAddOn', { provisioningContext: { parentSubscriptionId: 'parent' } }),
    owned: [legacyParent],
    refused: 'parentNotActive',
  },
  {
    asked: 'add-on to a parent',
    line: lineOf('legacyAddOn', { provisioningContext: { ParentSubscriptionId: 'parent' } }),
    owned: [{ ...legacyParent, status: 'active' }],
  },
  {
    asked: 'add-on to another offer than those that it extends',
    line: { offerId: 'FOR-ANOTHER-OFFER', provisioningContext: { parentSubscriptionId: 'parent' } },
    owned: [{ ...legacyParent, status: 'active' }],
    refused: 'addOnNotRelated',
  },
  {
    asked: 'add-on to a plan',
    line: lineOf('legacyAddOn', { provisioningContext: { parentSubscriptionId: plan } }),
    refused: 'addOnNotRelated',
  },
  {
    asked: 'license as an add-on',
    line: lineOf('legacyLicense', { provisioningContext: { parentSubscriptionId: 'parent' } }),
    owned: [{ ...legacyParent, status: 'active' }],
    refused: 'addOnNotRelated',
  },
  { asked: 'a term that ends with a month', line: endingOn('2021-05-31T00:00:00Z'), rules: '2022' },
  {
    asked: 'a term that ends within a month',
    line: endingOn('2021-05-30T00:00:00Z'),
    rules: '2022',
    refused: 'customTermEndInvalid',
  },
  { asked: 'such a term in 2021', line: endingOn('2021-05-30T00:00:00Z'), rules: '2021' },
  { asked: 'a term that ends with another', line: endingOn('2021-11-20T00:00:00Z'), owned: [license], rules: '2022' },
  {
    asked: 'a year that ends with a month-to-month license',
    line: endingOn('2021-11-20T00:00:00Z'),
    owned: [{ ...license, termDuration: 'P1M' }],
    rules: '2022',
    refused: 'customTermEndInvalid',
  },
  {
    asked: 'a custom end after the term',
    line: endingOn('2022-03-31T00:00:00Z'),
    rules: '2022',
    refused: 'customTermEndInvalid',
  },
  { asked: 'a custom end that is not a date', line: endingOn('soon'), refused: 'invalidInput' },
  {
    asked: 'a custom end of another product',
    line: lineOf('saasFlatRate', { customTermEndDate: '2021-02-28T00:00:00Z' }),
    rules: '2022',
    refused: 'customTermEndInvalid',
  },
  {
    asked: 'a partner without attestation',
    line: lineOf('saasTrial', { partnerIdOnRecord: '1' }),
    rules: '2022',
    refused: 'partnerAttestationMissing',
  },
  {
    asked: 'six further partners',
    line: lineOf('saasTrial', { additionalPartnerIdsOnRecord: [...'123456'] }),
    refused: 'invalidInput',
  },
  { asked: 'five further partners', line: lineOf('saasTrial', { additionalPartnerIdsOnRecord: [...'12345'] }) },
]

/** The test catalog with an add-on that extends one offer only. */
function extended(offerId: string): Product | undefined {
  const addOn: Product = { ...products.legacyAddOn, prerequisiteOffers: ['ANOTHER'] }
  return offerId === 'FOR-ANOTHER-OFFER' ? addOn : findProduct(offerId)
}

t.test('a purchase depends on the subscriptions of the customer, as the edition rules', async (t) => {
  for (const { asked, line, owned = [azurePlan], rules = '2019', refused } of ofOwned) {
    const result = placeOrder(
      { lineItems: [line] },
      context({ kind: 'production', rules, subscriptions: () => owned, findProduct: extended }),
    )
    if (refused === undefined) t.ok(!isRefusal(result) && isOrder(result.order), asked)
    else t.match(result, { refused }, asked)
  }
})

const terms: readonly [type: ProductType, asked: string | undefined, written: string][] = [
  ['newCommerceLicense', undefined, 'P1Y'],
  ['newCommerceLicense', '', 'P1Y'],
  ['newCommerceLicense', 'p1m', 'P1M'],
  ['newCommerceLicense', 'P3Y', 'P3Y'],
  ['legacyLicense', 'P1Y', 'P1Y'],
  ['perpetualSoftware', undefined, ''],
  ['azurePlan', 'P1M', 'P1M'],
  ['saasTrial', 'P1M', 'P1M'],
]

t.test('the term is the requested one, else the first of the catalog', async (t) => {
  const month = { termDuration: 'P1M', billingCycles: ['monthly'] } as const
  const sellsTerms = context({
    kind: 'production',
    findProduct: (offerId) => {
      const product = findProduct(offerId)
      if (product?.productType !== 'newCommerceLicense') return product
      const terms = ['P1Y', 'P3Y'].map((termDuration) => ({ termDuration, billingCycles: product.billingCycles }))
      return { ...product, terms: [...terms, { ...month, billingCycles: [...month.billingCycles] }] }
    },
  })
  for (const [type, termDuration, written] of terms) {
    const order = placed({ lineItems: [lineOf(type, { termDuration })] }, sellsTerms)
    t.equal(lineIn(order, 0).termDuration, written, `${type}: ${termDuration}`)
  }
  const asked = { billingCycle: 'annual', lineItems: [lineOf('newCommerceLicense', { termDuration: 'P1M' })] } as const
  t.match(placeOrder(asked, sellsTerms), { refused: 'billingCycleLongerThanTerm' })
  for (const [type, termDuration] of [
    ['legacyLicense', 'P1M'],
    ['perpetualSoftware', 'P1Y'],
    ['azurePlan', 'P5Y'],
  ] as const) {
    t.match(
      placeOrder({ lineItems: [lineOf(type, { termDuration })] }, sellsTerms),
      { refused: 'termDurationInvalid' },
      type,
    )
  }
})

t.test('the symbol of the currency and the client follow the edition', async (t) => {
  const written = editionNames.map((rules) => {
    const ordered = (currencyCode: string) =>
      placed({ ...lines('newCommerceLicense'), currencyCode }, context({ kind: 'production', rules }))
    const [dollars, euros] = [ordered('usd'), ordered('EUR')]
    return [
      dollars.currencyCode,
      dollars.currencySymbol,
      euros.currencySymbol,
      Object.keys(dollars.client ?? {}).length,
    ]
  })
  t.strictSame(written, [
    ['USD', '$', '€', 3],
    ['USD', '$', '€', 0],
    ['USD', '$', '€', 0],
    ['USD', 'US$', '€', 0],
  ])
  t.match(placeOrder({ ...lines('azurePlan'), currencyCode: 'XAU' }, context()), {
    refused: 'currencyNotSupported',
    values: ['XAU'],
  })
})

t.test('the members of a savings plan are written in the documented order', async (t) => {
  const { links: _, ...line } = lineIn(placed({ billingCycle: 'one_time', lineItems: [lineOf('savingsPlan')] }), 0)
  t.equal(
    JSON.stringify(line),
    '{"lineItemNumber":0,"provisioningContext":{"scope":"single","entitlementId":"cdd17cc7-14fe-4445-8650-1f52de705851"},' +
      '"offerId":"DZH318Z09V6F:0001:DZH318Z0BLD3","termDuration":"P1Y","transactionType":"New",' +
      '"friendlyName":"Compute savings plan, 1 Year","quantity":1,' +
      '"purchaseCommitment":{"amount":0.05,"currency":"usd","grain":"hourly"}}',
  )
})

t.test('a product without inventory and a withdrawn product are refused', async (t) => {
  const asked = lines('azureReservation')
  t.match(placeOrder(asked, selling('azureReservation', { inventory: 'none' })), { refused: 'inventoryNotAvailable' })
  t.match(placeOrder(asked, selling('azureReservation', { inventory: 'withdrawn' })), {
    refused: 'notEligibleForPurchase',
  })
})

t.test('a quantity must be between the minimum and the maximum of a product', async (t) => {
  const seller = selling('perpetualSoftware', { minimumQuantity: 5, maximumQuantity: 7 })
  for (const quantity of [5, 6, 7]) {
    t.equal(lineIn(placed({ lineItems: [lineOf('perpetualSoftware', { quantity })] }, seller), 0).quantity, quantity)
  }
  for (const quantity of [4, 8, undefined]) {
    const result = placeOrder({ lineItems: [lineOf('perpetualSoftware', { quantity })] }, seller)
    t.match(result, { refused: 'quantityNotAvailable' }, `${quantity}`)
  }
})

t.test('a product without limits has a maximum quantity of 999,999,999', async (t) => {
  const buy = (quantity: number) => placeOrder({ lineItems: [lineOf('perpetualSoftware', { quantity })] }, context())
  t.notOk(isRefusal(buy(999_999_999)))
  t.match(buy(1_000_000_000), { refused: 'quantityNotAvailable' })
})

t.test('an order without lines is refused', async (t) => {
  t.strictSame(placeOrder({ lineItems: [] }, context()), {
    refused: 'invalidInput',
    data: ['lineItems: an order has at least one line'],
  })
})

t.test('legacy and modern offers cannot be in one order, in any sequence', async (t) => {
  const refusal = { refused: 'invalidInput', data: ['lineItems: legacy and modern offers cannot be in one order'] }
  t.strictSame(placeOrder(lines('legacyLicense', 'perpetualSoftware'), context()), refusal)
  t.strictSame(placeOrder(lines('perpetualSoftware', 'azurePlan', 'legacyAzure'), context()), refusal)
})

/** One repeated byte, so that ids are readable in the expected documents. */
const sameByte = (count: number) => Buffer.alloc(count, 0xab)

t.test('a modern order is written as documented', async (t) => {
  const order = placed(
    { lineItems: [lineOf('perpetualSoftware', { quantity: 3, partnerIdOnRecord: '4847383' })] },
    context({ random: sameByte }),
  )
  const uri = `/customers/${customerId}/orders/q6urq6urq6urq6urq6urq6urq6urq6ur1`
  t.strictSame(order, {
    id: 'q6urq6urq6urq6urq6urq6urq6urq6ur1',
    alternateId: 'abababababab',
    referenceCustomerId: customerId,
    billingCycle: 'one_time',
    currencyCode: 'USD',
    currencySymbol: '$',
    lineItems: [
      {
        lineItemNumber: 0,
        offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR',
        termDuration: '',
        transactionType: 'New',
        friendlyName: 'Identity Manager',
        quantity: 3,
        partnerIdOnRecord: '4847383',
        links: {
          product: { uri: '/products/DG7GMGF0DWT0?country=US', method: 'GET', headers: [] },
          sku: { uri: '/products/DG7GMGF0DWT0/skus/0001?country=US', method: 'GET', headers: [] },
          availability: {
            uri: '/products/DG7GMGF0DWT0/skus/0001/availabilities/DG7GMGF0DSQR?country=US',
            method: 'GET',
            headers: [],
          },
        },
      },
    ],
    creationDate: '2021-02-03T10:20:30.45Z',
    status: 'pending',
    transactionType: 'UserPurchase',
    links: {
      self: { uri, method: 'GET', headers: [] },
      provisioningStatus: { uri: `${uri}/provisioningstatus`, method: 'GET', headers: [] },
      patchOperation: { uri, method: 'PATCH', headers: [] },
    },
    client: { marketplaceCountry: 'US', deviceFamily: 'UniversalStore-PartnerCenter', name: 'Partner Center API' },
    attributes: { objectType: 'Order' },
  })
})

t.test('a legacy order is written as documented', async (t) => {
  const id = 'abababab-abab-4bab-abab-abababababab'
  const subscriptionId = id.toUpperCase()
  const uri = `/customers/${customerId}/orders/${id}`
  const { productId, offerId } = products.legacyLicense
  t.strictSame(placed(lines('legacyLicense'), context({ random: sameByte })), {
    id,
    alternateId: id,
    referenceCustomerId: customerId,
    billingCycle: 'monthly',
    currencyCode: 'USD',
    lineItems: [
      {
        lineItemNumber: 0,
        offerId,
        subscriptionId,
        termDuration: 'P1Y',
        transactionType: 'New',
        friendlyName: 'Office 365 Business Premium',
        quantity: 1,
        links: {
          subscription: {
            uri: `/customers/${customerId}/subscriptions/${subscriptionId}`,
            method: 'GET',
            headers: [],
          },
          sku: { uri: `/products/${productId}/skus/${offerId}`, method: 'GET', headers: [] },
        },
      },
    ],
    creationDate: '2021-02-03T10:20:30.45+00:00',
    status: 'completed',
    transactionType: 'UserPurchase',
    links: { self: { uri, method: 'GET', headers: [] }, patchOperation: { uri, method: 'PATCH', headers: [] } },
    attributes: { etag: etagOf(id, 1), objectType: 'Order' },
  })
})

t.test('a legacy offer without a product does not link to its SKU', async (t) => {
  t.strictSame(Object.keys(lineIn(placed(lines('legacyAddOn')), 0).links ?? {}), ['subscription'])
})

t.test('the form of an order id depends on edition and product', async (t) => {
  const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  for (const rules of editionNames) {
    for (const type of everyProductType) {
      const { id, alternateId } = placed(lines(type), context({ kind: 'production', rules }))
      const hexadecimal =
        ['newCommerceLicense', 'newCommerceTrial', 'savingsPlan'].includes(type) && Number(rules) >= 2021
      const form = legacyTypes.includes(type) ? guid : hexadecimal ? /^[0-9a-f]{12}$/ : /^[\w-]{32}1$/
      t.match(id, form, `${type} in ${rules}`)
      t.match(alternateId, legacyTypes.includes(type) ? guid : /^[0-9a-f]{12}$/)
      t.equal(id === alternateId, legacyTypes.includes(type) || hexadecimal)
    }
  }
})

t.test('an order with a product other than new commerce has a modern id', async (t) => {
  const { id } = placed(lines('newCommerceLicense', 'azurePlan'), context({ rules: '2022' }))
  t.match(id, /^[\w-]{32}1$/)
})

t.test('a legacy order is completed at once, any other order is pending', async (t) => {
  for (const type of everyProductType) {
    t.equal(placed(lines(type)).status, legacyTypes.includes(type) ? 'completed' : 'pending', type)
  }
})

t.test('only legacy and SaaS lines get their subscription with the purchase', async (t) => {
  const types = everyProductType.filter((type) => lineIn(placed(lines(type)), 0).subscriptionId !== undefined)
  t.strictSame(types, [...saasTypes, ...legacyTypes])
  t.match(lineIn(placed(lines('saasTrial')), 0).subscriptionId, /^[0-9a-f-]{36}$/)
  t.match(lineIn(placed(lines('legacyAzure')), 0).subscriptionId, /^[0-9A-F-]{36}$/)
})

t.test('a license has its subscription with the purchase since 2021', async (t) => {
  for (const rules of editionNames) {
    for (const type of ['newCommerceLicense', 'newCommerceTrial', 'savingsPlan'] as const) {
      const { subscriptionId } = lineIn(placed(lines(type), context({ kind: 'production', rules })), 0)
      t.equal(subscriptionId !== undefined, type === 'newCommerceLicense' && rules !== '2019', `${type} in ${rules}`)
    }
  }
})

t.test('only SaaS lines link to their activation', async (t) => {
  for (const type of modernTypes) {
    const order = placed(lines(type, type), context({ kind: 'production' }))
    const link = lineIn(order, 1).links?.['activationLinks']
    const uri = `/customers/${customerId}/orders/${order.id}/lineitems/1/activationlinks`
    t.equal(link?.uri, saasTypes.includes(type) ? uri : undefined, type)
  }
})

t.test('null and empty members of a request count as absent', async (t) => {
  const names = ['lineItemNumber', 'quantity', 'friendlyName', 'partnerIdOnRecord', 'parentSubscriptionId', 'renewsTo']
  const nulls = Object.fromEntries(names.map((name) => [name, null]))
  const bare = placed(lines('softwareSubscription'))
  const asked = { billingCycle: null, currencyCode: null, lineItems: [lineOf('softwareSubscription', nulls)] }
  t.strictSame(placed(asked), bare)
  const empty = { friendlyName: '', partnerIdOnRecord: '', parentSubscriptionId: '', renewsTo: {} }
  t.strictSame(placed({ lineItems: [lineOf('softwareSubscription', empty)] }), bare)
})

t.test('a line keeps the members that the documentation echoes', async (t) => {
  const asked = {
    friendlyName: 'For the branch',
    partnerIdOnRecord: '4847383',
    renewsTo: { termDuration: 'P3Y' },
    quantity: 4,
  }
  const order = placed({ currencyCode: 'EUR', lineItems: [lineOf('softwareSubscription', asked)] })
  t.match(order, { currencyCode: 'EUR', lineItems: [asked] })
})

const cycles: readonly [type: ProductType, asked: BillingCycleName | undefined, written: BillingCycleName][] = [
  ['newCommerceLicense', undefined, 'monthly'],
  ['newCommerceLicense', 'unknown', 'monthly'],
  ['newCommerceLicense', 'annual', 'annual'],
  ['legacyLicense', undefined, 'monthly'],
  ['legacyLicense', 'annual', 'annual'],
  ['azureReservation', undefined, 'monthly'],
  ['azureReservation', 'one_time', 'one_time'],
  ['softwareSubscription', undefined, 'one_time'],
  ['saasTrial', undefined, 'none'],
]

t.test('the billing cycle is the requested one, else monthly, else the first of the offer', async (t) => {
  for (const [type, billingCycle, written] of cycles) {
    t.equal(placed({ ...lines(type), billingCycle }).billingCycle, written, `${type}: ${billingCycle}`)
  }
  t.equal(billingCycleOrDefault(undefined, undefined), 'one_time')
})

t.test('an order takes the billing cycle of its first offer, which every line must support', async (t) => {
  t.equal(placed(lines('azurePlan', 'newCommerceLicense')).billingCycle, 'monthly')
  t.strictSame(placeOrder(lines('newCommerceLicense', 'softwareSubscription'), context()), {
    refused: 'billingCycleInvalid',
    values: [],
    data: [`billingCycle: ${products.softwareSubscription.offerId} is billed one_time or annual, not monthly`],
  })
  t.strictSame(placeOrder({ ...lines('perpetualSoftware'), billingCycle: 'triennial' }, context()), {
    refused: 'billingCycleInvalid',
    values: [],
    data: [`billingCycle: ${products.perpetualSoftware.offerId} is billed one_time, not triennial`],
  })
})

interface LimitRow {
  owned: Partial<OwnedUnits>
  lineItems: NewLine[]
  refused?: Refusal['refused']
}

const limits: readonly LimitRow[] = [
  { owned: {}, lineItems: [lineOf('newCommerceLicense', { quantity: 25 })] },
  { owned: {}, lineItems: [lineOf('legacyLicense', { quantity: 25 })] },
  { owned: {}, lineItems: [lineOf('legacyLicense', { quantity: 26 })], refused: 'seatLimit' },
  { owned: {}, lineItems: [lineOf('perpetualSoftware', { quantity: 26 })] },
  { owned: {}, lineItems: [lineOf('azureReservation', { quantity: 2 })] },
  { owned: { reservations: 1 }, lineItems: [lineOf('azureReservation')] },
  { owned: { reservations: 1 }, lineItems: [lineOf('azureReservation', { quantity: 2 })], refused: 'sandboxLimit' },
  { owned: { reservations: 2 }, lineItems: [lineOf('azureReservation')], refused: 'sandboxLimit' },
  { owned: { reservations: 9 }, lineItems: [lineOf('perpetualSoftware')] },
  { owned: { azurePlans: 1 }, lineItems: [lineOf('azurePlan')], refused: 'sandboxAzurePlanLimit' },
  { owned: { azurePlans: 1 }, lineItems: [lineOf('newCommerceLicense')] },
  { owned: { azureSubscriptions: 9 }, lineItems: [lineOf('legacyAzure')] },
  { owned: { azureSubscriptions: 10 }, lineItems: [lineOf('legacyAzure')], refused: 'azureSubscriptionLimit' },
  { owned: { subscriptions: 4 }, lineItems: [lineOf('softwareSubscription', { quantity: 25 })] },
  {
    owned: { subscriptions: 4 },
    lineItems: [lineOf('azurePlan'), lineOf('azurePlan')],
    refused: 'sandboxAzurePlanLimit',
  },
  { owned: { subscriptions: 4 }, lineItems: [lineOf('saasTrial'), lineOf('saasTrial')], refused: 'sandboxLimit' },
  { owned: { subscriptions: 5 }, lineItems: [lineOf('legacyLicense')], refused: 'sandboxLimit' },
  { owned: { subscriptions: 5 }, lineItems: [lineOf('perpetualSoftware'), lineOf('azureReservation')] },
]

t.test('the limits of a sandbox apply to the sum of owned and bought units', async (t) => {
  for (const { owned, lineItems, refused } of limits) {
    const buy = (kind: AccountKind) =>
      placeOrder({ lineItems }, context({ kind, owned: () => ({ ...nothing, ...owned }), findProduct: sold }))
    const row = `${JSON.stringify(owned)} and ${lineItems.map(({ offerId, quantity = 1 }) => `${quantity} x ${offerId}`)}`
    if (refused === undefined) t.notOk(isRefusal(buy('sandbox')), row)
    else t.strictSame(buy('sandbox'), { refused, values: [] }, row)
    t.notOk(isRefusal(buy('production')), `${row} in production`)
  }
})

/** The products of the tests, all billed once, so that one order can have any of them. */
function sold(offerId: string): Product | undefined {
  const product = findProduct(offerId)
  return product === undefined ? undefined : { ...product, billingCycles: ['one_time'] }
}

const offerIds = everyProduct.map(({ offerId }) => offerId)

/** A line of a request: mostly one that can be bought. */
const anyLine: fc.Arbitrary<NewLine> = fc.record(
  {
    offerId: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...offerIds) },
      fc.constantFrom('x', '', null, undefined),
    ),
    quantity: given(fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 25 }) }, fc.double({ max: 400 }))),
    friendlyName: given(fc.string()),
    termDuration: given(fc.constantFrom('P1M', 'P1Y')),
    partnerIdOnRecord: given(fc.string()),
    renewsTo: given(fc.record({ termDuration: given(fc.constantFrom('', 'P1M', 'P3Y', 'x')) })),
  },
  { requiredKeys: [], noNullPrototype: true },
)

const anyPurchase = fc
  .record({
    billingCycle: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, billingCycle),
    currencyCode: given(fc.constantFrom('USD', 'EUR')),
    lineItems: fc.array(anyLine, { maxLength: 4 }),
    kind: accountKind,
    rules: editionName,
    now: time,
    seed: fc.nat(),
    anyCycle: fc.boolean(),
    owned: fc.record({
      subscriptions: fc.nat(6),
      reservations: fc.nat(3),
      azurePlans: fc.nat(1),
      azureSubscriptions: fc.nat(11),
    }),
  })
  .map(({ billingCycle, currencyCode, lineItems, seed, anyCycle, ...members }) => ({
    asked: { billingCycle, currencyCode, lineItems },
    contextOf: (kind: AccountKind = members.kind) =>
      context({
        ...members,
        owned: () => members.owned,
        kind,
        random: fixedBytes(seed),
        findProduct: anyCycle ? sold : findProduct,
      }),
  }))

const sandboxRefusals = ['notInSandbox', 'seatLimit', 'sandboxLimit', 'sandboxAzurePlanLimit', 'azureSubscriptionLimit']

t.test('any purchase', async (t) => {
  holds(
    t,
    'gives an order of the schema with its lines numbered from 0, or a documented refusal',
    fc.property(anyPurchase, ({ asked, contextOf }) => {
      const result = placeOrder(asked, contextOf())
      if (isRefusal(result)) return isDocumented(result)
      deepEqual(
        result.order.lineItems.map(({ lineItemNumber }) => lineItemNumber),
        [...asked.lineItems.keys()],
      )
      return isOrder(result.order)
    }),
  )
  holds(
    t,
    'gives the same result for the same random bytes',
    fc.property(anyPurchase, ({ asked, contextOf }) => {
      deepEqual(placeOrder(asked, contextOf()), placeOrder(asked, contextOf()))
    }),
  )
  holds(
    t,
    'never mutates the request',
    fc.property(anyPurchase, ({ asked, contextOf }) => {
      const before = JSON.stringify(asked)
      placeOrder(asked, contextOf())
      return JSON.stringify(asked) === before
    }),
  )
  holds(
    t,
    'never meets a sandbox limit in production, and has the same result in a sandbox below its limits',
    fc.property(anyPurchase, ({ asked, contextOf }) => {
      const [sandbox, production] = [
        placeOrder(asked, contextOf('sandbox')),
        placeOrder(asked, contextOf('production')),
      ]
      ok(!isRefusal(production) || !sandboxRefusals.includes(production.refused))
      if (!isRefusal(sandbox) || !sandboxRefusals.includes(sandbox.refused)) deepEqual(sandbox, production)
    }),
  )
})

t.test('other random bytes give other ids', async (t) => {
  holds(
    t,
    'ids differ',
    fc.property(fc.constantFrom(...everyProductType), fc.nat(), fc.nat(), (type, one, other) => {
      fc.pre(one !== other)
      const [first, second] = [one, other].map((seed) =>
        placed(lines(type), context({ kind: 'production', random: fixedBytes(seed) })),
      )
      ok(first?.id !== second?.id)
    }),
  )
})
