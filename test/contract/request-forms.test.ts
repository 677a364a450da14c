import t from 'tap'
import { documentedOrder, everyProduct, runEmulator, twoLineOrder } from '../running-emulator.ts'

const threeLines = `${everyProduct}/orders/software-three-lines-000000000001`

/** The documented two-line order as the .NET SDK sends it: Pascal case, nulls, read-only members. */
const fromDotNet = {
  Id: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1',
  AlternateId: 'c403d91b21d2',
  ReferenceCustomerId: '45411344-b09d-47e7-9653-542006bf9766',
  BillingCycle: 'one_time',
  CurrencyCode: 'USD',
  CurrencySymbol: '$',
  LineItems: [0, 1].map((number) => ({
    LineItemNumber: number,
    ProvisioningContext: null,
    OfferId: ['DG7GMGF0FKZV:0003:DG7GMGF0DWMS', 'DG7GMGF0DVT7:000C:DG7GMGF0FVZM'][number],
    SubscriptionId: null,
    ParentSubscriptionId: null,
    TermDuration: 'P3Y',
    TransactionType: 'New',
    FriendlyName: 'as read',
    Quantity: 1,
    Pricing: null,
    PartnerIdOnRecord: null,
    RenewsTo: null,
    Links: { Product: null, Sku: { Uri: '/products/x', Method: 'GET', Body: null, Headers: [] } },
  })),
  CreationDate: '2019-12-12T18:33:56.1306495+01:00',
  Status: 'Cancelled',
  TransactionType: 'UserPurchase',
  TotalPrice: null,
  Links: null,
  Client: {},
  Attributes: { ObjectType: 'Order' },
}

/** The same order as the Java SDK sends it: times in milliseconds, no alternateId, an additional price. */
const fromJava = {
  id: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1',
  referenceCustomerId: '45411344-b09d-47e7-9653-542006bf9766',
  billingCycle: 'one_time',
  lineItems: [0, 1].map((lineItemNumber) => ({ lineItemNumber, friendlyName: 'as read', quantity: 1, links: {} })),
  creationDate: '2019-12-12T17:33:56.130Z',
  status: 'cancelled',
  totalPrice: 0,
  attributes: { objectType: 'Order' },
}

const wholeOrderForms: readonly [form: string, body: unknown][] = [
  ['id and status', { id: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1', status: 'cancelled' }],
  ['status alone', { status: 'cancelled' }],
  ['a status in capitals', { status: 'CANCELLED' }],
  ['the alternateId as id', { id: 'c403d91b21d2', status: 'cancelled' }],
  ['nulls', { Id: null, Status: 'Cancelled', LineItems: null, BillingCycle: 'unknown' }],
  ['no lines', { status: 'cancelled', lineItems: [] }],
  ['unknown members', { status: 'cancelled', lineitems: null, unknown: { deep: [1] }, client: 7 }],
  ['members in any case', { iD: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1', sTATUS: 'cancelled' }],
  ['a duplicate member, of which the last counts', '{"status": "none", "Status": "cancelled"}'],
  ['the whole order from .NET', fromDotNet],
  ['the whole order from Java', fromJava],
  ['trailing commas', '{"status": "cancelled", "lineItems": [],}'],
  ['comments', '/* cancel */ {"status": "cancelled" // the order\n}'],
  ['a byte order mark', '\uFEFF{"status": "cancelled"}'],
]

t.test('every form of request cancels a whole order and leaves its quantities', async (t) => {
  for (const [form, body] of wholeOrderForms) {
    const { patch } = await runEmulator(t)
    const reply = await patch(twoLineOrder, body)
    t.equal(reply.status, 200, form)
    t.match(reply.body, { status: 'cancelled', lineItems: [{ quantity: 1 }, { quantity: 1 }] }, form)
  }
})

t.test('the reply has the stored members, whatever the request contains', async (t) => {
  const { send, patch } = await runEmulator(t)
  const before = await send(twoLineOrder)
  const reply = await patch(twoLineOrder, fromDotNet)
  t.equal(reply.text, before.text.replace('"status":"completed"', '"status":"cancelled"'))
})

const lineForms: readonly [form: string, lineItems: unknown, quantities: number[], status: string][] = [
  [
    'one line by number and offer',
    [{ lineItemNumber: 1, offerId: 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS' }],
    [5, 0, 10],
    'completed',
  ],
  ['one line by number', [{ lineItemNumber: 2 }], [5, 2, 0], 'completed'],
  [
    'an offer in lower case',
    [{ LineItemNumber: 0, OfferId: 'dg7gmgf0dwt0:0001:dg7gmgf0dsqr' }],
    [0, 2, 10],
    'completed',
  ],
  ['one line as read', [{ lineItemNumber: 0, quantity: 5, links: {} }], [0, 2, 10], 'completed'],
  ['the same line twice', [{ lineItemNumber: 0 }, { lineItemNumber: 0 }], [0, 2, 10], 'completed'],
  ['two lines', [{ lineItemNumber: 0 }, { lineItemNumber: 2 }], [0, 2, 0], 'completed'],
  ['every line', [0, 1, 2].map((lineItemNumber) => ({ lineItemNumber })), [0, 0, 0], 'cancelled'],
  [
    'every line, with the 0 of an unset integer as quantity',
    [0, 1, 2].map((LineItemNumber) => ({ LineItemNumber, Quantity: 0 })),
    [0, 0, 0],
    'cancelled',
  ],
]

t.test('cancelled lines get quantity 0, and the order is cancelled when no line is left', async (t) => {
  for (const [form, lineItems, quantities, status] of lineForms) {
    const { patch } = await runEmulator(t)
    const reply = await patch(threeLines, { status: 'cancelled', lineItems })
    t.equal(reply.status, 200, form)
    t.match(reply.body, { status, lineItems: quantities.map((quantity) => ({ quantity })) }, form)
  }
})

t.test('lines can be cancelled one by one, and a cancelled line is ignored if others are named with it', async (t) => {
  const { patch } = await runEmulator(t)
  const cancel = (...numbers: number[]) =>
    patch(threeLines, { status: 'cancelled', lineItems: numbers.map((lineItemNumber) => ({ lineItemNumber })) })
  t.match((await cancel(0)).body, { status: 'completed' })
  t.equal((await cancel(0)).status, 400)
  t.match((await cancel(0, 1)).body, {
    status: 'completed',
    lineItems: [{ quantity: 0 }, { quantity: 0 }, { quantity: 10 }],
  })
  t.match((await cancel(2)).body, { status: 'cancelled' })
  t.equal((await cancel(2)).status, 400)
})

t.test('a partly cancelled order can be sent back as cancelled to cancel the rest', async (t) => {
  const { patch } = await runEmulator(t)
  const path = `${everyProduct}/orders/software-partly-cancelled-0000001`
  const lineItems = [0, 1].map((lineItemNumber) => ({ lineItemNumber, quantity: lineItemNumber }))
  t.match((await patch(path, { status: 'cancelled', lineItems })).body, {
    status: 'cancelled',
    lineItems: [{ quantity: 0 }, { quantity: 1 }],
  })
})

t.test('a production account may cancel only the software line of a mixed order', async (t) => {
  const { patch } = await runEmulator(t, { account: 'production' })
  const path = `${everyProduct}/orders/reservation-and-software-00000001`
  t.match((await patch(path, { status: 'cancelled', lineItems: [{ lineItemNumber: 0 }] })).body, { code: 800019 })
  t.match((await patch(path, { status: 'cancelled', lineItems: [{ lineItemNumber: 1 }] })).body, {
    status: 'completed',
    lineItems: [{ quantity: 1 }, { quantity: 0 }],
  })
})

const contentTypes = [
  'application/json',
  'application/json; charset=utf-8',
  'application/x-www-form-urlencoded',
  'text/json',
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  ';;; no media type',
]

t.test('a body is read as JSON whatever its Content-Type', async (t) => {
  const { patch, send } = await runEmulator(t)
  for (const contentType of contentTypes) {
    const reply = await patch(documentedOrder, { status: 'none' }, { 'Content-Type': contentType })
    t.match(reply.body, { code: 0 }, contentType)
  }
  const bytes = new TextEncoder().encode('{"status": "none"}')
  t.match((await send(documentedOrder, { method: 'PATCH', body: bytes })).body, { code: 0 }, 'no Content-Type')
})

const paths: readonly [spelling: string, path: string][] = [
  ['the id', documentedOrder],
  ['the alternateId', documentedOrder.replace('UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1', '11fc4bdfd47a')],
  ['a customer id in capitals', documentedOrder.replace('bd59b416-37f9', 'BD59B416-37F9')],
  [
    'path segments in any case',
    documentedOrder.replace('/v1/customers', '/V1/Customers').replace('/orders', '/Orders'),
  ],
  ['a trailing slash', `${documentedOrder}/`],
  ['two leading slashes', `/${documentedOrder}`],
  ['include_price=false', `${documentedOrder}?include_price=false`],
  ['Include_Price=FALSE', `${documentedOrder}?Include_Price=FALSE`],
  ['an unknown query parameter', `${documentedOrder}?country=US`],
]

t.test('every spelling of its path finds an order', async (t) => {
  const { send } = await runEmulator(t)
  const { text } = await send(documentedOrder)
  for (const [spelling, path] of paths) {
    const reply = await send(path)
    t.equal(reply.status, 200, spelling)
    t.equal(reply.text, text, spelling)
  }
  const legacy = '/v1/customers/b0d70a69-4c42-4b27-b17b-91a835d8686a/orders/EEBA9D00-7B46-443A-917E-22887A8FC993'
  t.match((await send(legacy)).body, { id: 'eeba9d00-7b46-443a-917e-22887a8fc993' }, 'a legacy id in capitals')
  t.equal((await send(documentedOrder.replace('UKXASS', 'ukxass'))).status, 404, 'a modern id is case-sensitive')
})

t.test('a value of include_price other than true or false is refused', async (t) => {
  const { send } = await runEmulator(t)
  for (const query of ['include_price=', 'include_price=maybe', 'include_price=true&include_price=false']) {
    const reply = await send(`${documentedOrder}?${query}`)
    t.equal(reply.status, 400, query)
    t.match(reply.body, { code: 800002 }, query)
  }
})

t.test('include_price adds prices to the order and its lines, each in its position', async (t) => {
  const { send } = await runEmulator(t)
  for (const query of ['include_price=True', 'Include_Price=true']) {
    const { body, text } = await send(`${everyProduct}/orders/software-three-lines-000000000001?${query}`)
    t.match(body, {
      totalPrice: 5 * 18.5 + 2 * 410 + 10 * 410,
      lineItems: [{ quantity: 5, pricing: { listPrice: 18.5, price: 18.5, extendedPrice: 92.5 } }, {}, {}],
    })
    t.match(text, /"quantity":5,"pricing":\{.*?\},"links"/)
    t.match(text, /"transactionType":"UserPurchase","totalPrice":[0-9.]+,"links"/)
  }
})
