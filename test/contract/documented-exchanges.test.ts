import t from 'tap'
import { editionNames } from '../../src/model/editions.ts'
import { documentedOrder, noOrders, runEmulator, twoLineOrder } from '../running-emulator.ts'

const ids = {
  'MS-RequestId': '655890ba-4d2b-4d09-a95f-4ea1348686a5',
  'MS-CorrelationId': '1438ea3d-b515-45c7-9ec1-27ee0cc8e6bd',
}

t.test('the documented cancellation of an order gets the documented reply, member for member', async (t) => {
  const { send } = await runEmulator(t)
  // https://learn.microsoft.com/partner-center/developer/cancel-an-order-from-the-integration-sandbox, as pasted into curl.
  const reply = await send(documentedOrder, {
    method: 'PATCH',
    headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded', ...ids },
    body: '{\n    "id": "UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1",\n    "status": "cancelled",\n}',
  })
  t.equal(reply.status, 200)
  t.equal(
    reply.text,
    '{"id":"UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1","alternateId":"11fc4bdfd47a","referenceCustomerId":"bd59b416-37f9-4d8f-8df3-5750111fc615","billingCycle":"one_time","currencyCode":"USD","currencySymbol":"$","lineItems":[{"lineItemNumber":0,"offerId":"DG7GMGF0DWT0:0001:DG7GMGF0DSQR","termDuration":"","transactionType":"New","friendlyName":"Microsoft Identity Manager 2016 - 1 User CAL","quantity":1,"links":{"product":{"uri":"/products/DG7GMGF0DWT0?country=US","method":"GET","headers":[]},"sku":{"uri":"/products/DG7GMGF0DWT0/skus/0001?country=US","method":"GET","headers":[]},"availability":{"uri":"/products/DG7GMGF0DWT0/skus/0001/availabilities/DG7GMGF0DSQR?country=US","method":"GET","headers":[]}}}],"creationDate":"2019-02-21T17:56:21.1335741Z","status":"cancelled","transactionType":"UserPurchase","attributes":{"objectType":"Order"}}',
  )
  t.equal(reply.headers.get('MS-RequestId'), ids['MS-RequestId'])
  t.equal(reply.headers.get('MS-CorrelationId'), ids['MS-CorrelationId'])
  t.equal(reply.headers.get('Content-Length'), '836')
})

t.test('the documented cancellation of one line gets the documented reply, member for member', async (t) => {
  const { patch } = await runEmulator(t)
  // https://learn.microsoft.com/partner-center/developer/cancel-software-purchases
  const reply = await patch(
    twoLineOrder,
    `{
    "id": "2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1",
    "status": "cancelled",
    "lineItems": [
        {
            "lineItemNumber": 0,
            "offerId": "DG7GMGF0FKZV:0003:DG7GMGF0DWMS"
        }
    ]
}`,
    ids,
  )
  t.equal(reply.status, 200)
  t.equal(
    reply.text,
    '{"id":"2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1","alternateId":"c403d91b21d2","referenceCustomerId":"45411344-b09d-47e7-9653-542006bf9766","billingCycle":"one_time","currencyCode":"USD","currencySymbol":"$","lineItems":[{"lineItemNumber":0,"offerId":"DG7GMGF0FKZV:0003:DG7GMGF0DWMS","termDuration":"P3Y","transactionType":"New","friendlyName":"SQL Server Enterprise - 2 Core License Pack - 3 year","quantity":0,"links":{"product":{"uri":"/products/DG7GMGF0FKZV?country=US","method":"GET","headers":[]},"sku":{"uri":"/products/DG7GMGF0FKZV/skus/0003?country=US","method":"GET","headers":[]},"availability":{"uri":"/products/DG7GMGF0FKZV/skus/0003/availabilities/DG7GMGF0DWMS?country=US","method":"GET","headers":[]}}},{"lineItemNumber":1,"offerId":"DG7GMGF0DVT7:000C:DG7GMGF0FVZM","termDuration":"P3Y","transactionType":"New","friendlyName":"Windows Server CAL - 1 Device CAL - 3 year","quantity":1,"links":{"product":{"uri":"/products/DG7GMGF0DVT7?country=US","method":"GET","headers":[]},"sku":{"uri":"/products/DG7GMGF0DVT7/skus/000C?country=US","method":"GET","headers":[]},"availability":{"uri":"/products/DG7GMGF0DVT7/skus/000C/availabilities/DG7GMGF0FVZM?country=US","method":"GET","headers":[]}}}],"creationDate":"2019-12-12T17:33:56.1306495Z","status":"completed","transactionType":"UserPurchase","links":{"self":{"uri":"/customers/45411344-b09d-47e7-9653-542006bf9766/orders/2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1","method":"GET","headers":[]},"provisioningStatus":{"uri":"/customers/45411344-b09d-47e7-9653-542006bf9766/orders/2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1/provisioningstatus","method":"GET","headers":[]},"patchOperation":{"uri":"/customers/45411344-b09d-47e7-9653-542006bf9766/orders/2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1","method":"PATCH","headers":[]}},"client":{"marketplaceCountry":"US","deviceFamily":"UniversalStore-PartnerCenter","name":"Partner Center API"},"attributes":{"objectType":"Order"}}',
  )
  t.equal(reply.headers.get('Content-Length'), '1902')
})

t.test('a cancelled order cannot be cancelled again, but a repeated request gets the first reply', async (t) => {
  const { send, patch } = await runEmulator(t)
  const body = { id: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1', status: 'cancelled' }
  const first = await patch(documentedOrder, body, ids)
  t.equal((await send(documentedOrder)).text, first.text)

  const again = await patch(documentedOrder, body, { 'MS-RequestId': '00000000-0000-4000-8000-000000000000' })
  t.equal(again.status, 400)
  t.same(again.body, { code: 800061, description: 'Order cannot be cancelled', data: [], source: 'PartnerFD' })

  const retried = await patch(documentedOrder, body, ids)
  t.equal(retried.status, 200)
  t.equal(retried.text, first.text)
  t.equal(retried.headers.get('X-Emulator-Replayed'), 'true')
  t.equal(first.headers.get('X-Emulator-Replayed'), null)
})

const hintOf = ({ headers }: { headers: Headers }) => headers.get('X-Emulator-Hint')

t.test('a replay of a request with another body has a hint that says so', async (t) => {
  const { patch } = await runEmulator(t)
  const first = await patch(documentedOrder, { status: 'cancelled' }, ids)
  const same = await patch(documentedOrder, { status: 'cancelled' }, ids)
  t.equal(hintOf(same), null)
  const other = await patch(documentedOrder, { status: 'completed' }, ids)
  t.equal(other.text, first.text)
  t.match(hintOf(other), /this MS-RequestId came before with another body/)
})

/** Bodies with members that the emulator does not know, and the places that the hint names. */
const unknown: readonly [method: string, path: string, body: object, places: string | null][] = [
  ['PATCH', documentedOrder, { Status: 'cancelled', links: {}, alternateId: 'x', attributes: {} }, null],
  ['PATCH', documentedOrder, { status: 'cancelled', statsu: 1 }, 'statsu'],
  [
    'PATCH',
    documentedOrder,
    { status: 'cancelled', lineItems: [{ lineItemNumber: 0, colour: 1 }] },
    'lineItems[0].colour',
  ],
  [
    'POST',
    `${noOrders}/orders`,
    { lineItems: [{ offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR', a: 1, Ü: 2 }] },
    'lineItems[0].a, lineItems[0].%C3%9C',
  ],
  [
    'POST',
    `${noOrders}/carts`,
    { lineItems: [{ catalogItemId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR', quantitiy: 2 }] },
    'lineItems[0].quantitiy',
  ],
]

t.test('a hint names the members of a body that the emulator does not know', async (t) => {
  const { send } = await runEmulator(t)
  for (const [method, path, body, places] of unknown) {
    await send('/_emulator/reset', { method: 'POST' })
    const reply = await send(path, { method, body: JSON.stringify(body) })
    t.match(reply.status, /^20[01]$/, reply.text)
    t.equal(
      hintOf(reply),
      places === null ? null : `these members of the body are not known and have no effect: ${places}`,
    )
  }
})

const editionsOfProvisioning = { 2019: 404, 2021: 200, 2022: 200, 2023: 200 } as const
const legacyOrder = 'b0d70a69-4c42-4b27-b17b-91a835d8686a/orders/eeba9d00-7b46-443a-917e-22887a8fc993'

for (const [rules, statusOfLegacy] of Object.entries(editionsOfProvisioning)) {
  // https://learn.microsoft.com/partner-center/developer/get-order-provisioning-status
  t.test(`the provisioning status of an order is that of the edition ${rules}`, async (t) => {
    const { send, patch } = await runEmulator(t, { rules: editionNames.find((name) => name === rules) ?? '2019' })
    const status = async () => (await send(`${documentedOrder}/provisioningstatus`)).text
    const later = (word: string) =>
      `{"totalCount":1,"items":[{"orderLineItemId":0,"lineItemNumber":0,"status":"${word}","quantityProvisioningInformation":[{"quantity":1,"status":"${word}"}]}],"attributes":{"objectType":"Collection"}}`
    if (rules === '2019') t.match(await status(), /"status":"Fulfilled".*"links"/)
    else t.equal(await status(), later('fulfilled'))
    t.equal((await send(`/v1/customers/${legacyOrder}/provisioningstatus`)).status, statusOfLegacy)
    if (rules !== '2019') return
    await patch(documentedOrder, { status: 'cancelled' })
    t.match(await status(), /"Unfulfilled"/)
  })
}

t.test('replies of carts and the catalog repeat X-Locale, and other replies do not', async (t) => {
  const { send } = await runEmulator(t)
  for (const [path, given, expected] of [
    ['/v1/products/DG7GMGF0DWT0?country=US', 'de-DE', 'de-DE'],
    ['/v1/products/DG7GMGF0DWT0?country=US', undefined, 'en-US'],
    [`${noOrders}/carts/x`, 'fr-FR', 'fr-FR'],
    [documentedOrder, 'de-DE', null],
  ] as const) {
    const { headers } = await send(path, { headers: given === undefined ? {} : { 'X-Locale': given } })
    t.equal(headers.get('X-Locale'), expected, path)
  }
})
