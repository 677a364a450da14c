import t from 'tap'
import { documentedOrder, noOrders, runEmulator } from '../running-emulator.ts'

const customer = documentedOrder.replace(/\/orders.*/, '')
const link = (uri: string) => ({ uri, method: 'GET', headers: [] })

/** The members that the pages print, in their order. https://learn.microsoft.com/partner-center/developer/get-a-sku-by-id */
const members: readonly [path: string, members: string][] = [
  ['/v1/products/CFQ7TTC0LH18?country=US', 'id title description productType isMicrosoftProduct publisherName links'],
  [
    '/v1/products/CFQ7TTC0LH18/skus/0001?country=US',
    'id productId title description minimumQuantity maximumQuantity isTrial supportedBillingCycles purchasePrerequisites inventoryVariables provisioningVariables actions dynamicAttributes links',
  ],
  [
    '/v1/products/DZH318Z0BQ36/skus/004G?country=US',
    'id productId title description minimumQuantity maximumQuantity isTrial supportedBillingCycles purchasePrerequisites inventoryVariables provisioningVariables dynamicAttributes links',
  ],
  [
    `${customer}/products/DZH318Z09V6F/skus/0001`,
    'id productId title description minimumQuantity maximumQuantity minimumPurchaseCommitment isTrial supportedBillingCycles purchasePrerequisites inventoryVariables provisioningVariables actions dynamicAttributes links',
  ],
  [
    '/v1/products/CFQ7TTC0LH18/skus/0001/availabilities/CFQ7TTC0K971?country=US',
    'id productId skuId catalogItemId defaultCurrency segment country isPurchasable isRenewable renewalInstructions terms links product sku',
  ],
]

t.test('products, SKUs and availabilities have the printed members in the printed order', async (t) => {
  const { send } = await runEmulator(t, { rules: '2023' })
  for (const [path, names] of members) {
    const { status, body } = await send(path)
    t.equal(status, 200, path)
    t.equal(Object.keys(Object(body)).join(' '), names, path)
  }
})

t.test('the availability of a savings plan is as printed', async (t) => {
  const { send } = await runEmulator(t, { rules: '2023' })
  const { text } = await send(`${customer}/products/DZH318Z09V6F/skus/0001/availabilities/DZH318Z0BLD3`)
  // https://learn.microsoft.com/partner-center/developer/get-a-list-of-availabilities-for-a-sku-by-customer
  t.equal(
    text,
    '{"id":"DZH318Z0BLD3","productId":"DZH318Z09V6F","skuId":"0001","catalogItemId":"DZH318Z09V6F:0001:DZH318Z0BLD3","defaultCurrency":{"code":"USD","symbol":"$"},"segment":"commercial","country":"US","isPurchasable":true,"isRenewable":false,"renewalInstructions":[],"terms":[{"duration":"P1Y","description":"1year"}],"links":{"self":{"uri":"/products/DZH318Z09V6F/skus/0001/availabilities/DZH318Z0BLD3?country=US","method":"GET","headers":[]}},"product":{"id":"DZH318Z09V6F","title":"Azure savings plan","description":"Flexible pricing model offering lower prices compared to On-Demand pricing, in exchange for a specific usage commitment","productType":{"id":"Azure","displayName":"Azure","subType":{"id":"SavingsPlan","displayName":"SavingsPlan"}},"isMicrosoftProduct":true,"publisherName":"Microsoft Corporation","links":{"skus":{"uri":"/products/DZH318Z09V6F/skus?country=US","method":"GET","headers":[]},"self":{"uri":"/products/DZH318Z09V6F?country=US","method":"GET","headers":[]}}},"sku":{"id":"0001","productId":"DZH318Z09V6F","title":"Compute savings plan, 1 Year","description":"Compute savings plan, 1 Year","minimumQuantity":1,"maximumQuantity":1,"minimumPurchaseCommitment":{"grain":"Hourly","currencyCode":{"code":"USD","symbol":"$"},"amount":"0.001"},"isTrial":false,"supportedBillingCycles":["one_time","monthly"],"purchasePrerequisites":["MicrosoftCloudAgreement"],"inventoryVariables":[],"provisioningVariables":[],"actions":["Refund"],"dynamicAttributes":{"isMicrosoftProduct":true,"armSkuName":"Compute_Savings_Plan","duration":"1year","termDuration":"P1Y","internal":false},"links":{"availabilities":{"uri":"/products/DZH318Z09V6F/skus/0001/availabilities?country=US","method":"GET","headers":[]},"self":{"uri":"/products/DZH318Z09V6F/skus/0001?country=US","method":"GET","headers":[]}}}}',
  )
})

t.test('an item of new commerce has the printed SKU, terms and renewal', async (t) => {
  const { send } = await runEmulator(t, { rules: '2023' })
  const { body } = await send('/v1/products/CFQ7TTC0LH18/skus/0001/availabilities/CFQ7TTC0K971?country=US')
  t.match(body, {
    isRenewable: true,
    renewalInstructions: [{ renewalOptions: [{ renewToId: 'CFQ7TTC0LH18:0001', isAutoRenewable: true }] }],
    sku: {
      purchasePrerequisites: ['MicrosoftCloudAgreement'],
      dynamicAttributes: {
        isMicrosoftProduct: true,
        hasConstraints: true,
        isAddon: false,
        upgradeTargetOffers: ['CFQ7TTC0LDPB:0001', 'CFQ7TTC0LF8Q:0001'],
        provisioningId: '3b555118-da6a-4418-894f-7df1e2096870',
        internal: false,
      },
    },
  })
  const { terms, renewalInstructions } = Object(body)
  const ids: string[] = terms.map(({ id }: { id: string }) => id)
  t.same(renewalInstructions[0].applicableTermIds, ids)
  t.equal(new Set(ids).size, ids.length, 'every term has an id of its own')
  t.same(
    terms.find(({ id }: { id: string }) => id === '5aeco6mffyxo'),
    {
      id: '5aeco6mffyxo',
      duration: 'P1Y',
      description: 'One-Year commitment for monthly/yearly billing',
      billingCycle: 'Annual',
      cancellationPolicies: [{ refundOptions: [{ sequenceId: 0, type: 'Full', expiresAfter: 'P1D' }] }],
    },
  )
})

/** Requests for lists: path, status, and the ids of some items that the list must have, or must not have after a `-`. */
const lists: readonly [rules: '2019' | '2023', path: string, status: number, ids: string][] = [
  ['2019', '/v1/products?country=US&targetView=OnlineServices', 200, 'CFQ7TTC0LH18 DZH318Z0BXWC -DG7GMGF0DWT0'],
  ['2019', '/v1/products?COUNTRY=us&TargetView=azurereservations', 200, 'DZH318Z0BQ36 -DZH318Z09V6F'],
  ['2019', '/v1/products?country=US&targetView=AzureReservationsSQL', 200, '-DZH318Z0BQ36'],
  ['2019', '/v1/products?country=US&targetView=SoftwarePerpetual', 200, 'DG7GMGF0DWT0 -DG7GMGF0FKZV'],
  ['2019', '/v1/products?country=US&targetView=SoftwareSubscriptions', 200, 'DG7GMGF0FKZV -DG7GMGF0DWT0'],
  ['2019', '/v1/products?country=US&targetView=Azure&reservationScope=AzurePlan', 200, 'DZH318Z0BPS6 -DZH318Z09V6F'],
  ['2019', '/v1/products?country=US&targetView=Software&targetSegment=education', 200, '-DG7GMGF0DWT0'],
  ['2019', '/v1/products?country=US&targetView=Software&targetSegment=Commercial', 200, 'DG7GMGF0DWT0'],
  ['2019', '/v1/products?country=US&targetView=Software&targetSegment=military', 403, ''],
  ['2019', '/v1/products?country=US&targetView=Everything', 403, ''],
  ['2019', '/v1/products?country=US&targetView=MarketplaceSaaS', 403, ''],
  ['2023', '/v1/products?country=US&targetView=MarketplaceSaaS', 200, 'DZH318Z0BXWC -CFQ7TTC0LH18'],
  ['2023', '/v1/products?country=US&targetView=SpecializedOffers', 200, '-DZH318Z0BXWC'],
  ['2019', '/v1/products?country=US', 400, ''],
  ['2019', '/v1/products?country=USA&targetView=Software', 400, ''],
  ['2019', '/v1/products?country=US&targetView=Azure&reservationScope=all', 400, ''],
  ['2019', '/v1/products/DG7GMGF0DWT0/skus?country=US&targetSegment=military', 403, ''],
  ['2019', '/v1/products/DG7GMGF0DWT0/skus?country=US&targetSegment=education', 200, '-0001'],
  ['2019', '/v1/products/dg7gmgf0dwt0/skus/0001/availabilities?country=US', 200, 'DG7GMGF0DSQR'],
  ['2019', '/v1/products/DG7GMGF0DWT0/skus/0001/availabilities?country=US&targetSegment=x', 403, ''],
  ['2019', '/v1/products/x/skus/0001/availabilities?country=US', 404, ''],
  ['2019', `${customer}/products?targetView=Azure`, 200, 'DZH318Z09V6F DZH318Z0BPS6'],
  ['2019', `${customer}/products?targetView=Azzure`, 403, ''],
  ['2019', `${customer}/products?targetView=Azure&targetSegment=x`, 403, ''],
  ['2019', `${customer}/products`, 400, ''],
  ['2019', `${customer}/products/DZH318Z09V6F/skus`, 200, '0001'],
  ['2019', `${customer}/products/all/skus?targetView=MicrosoftAzure`, 200, 'MS-AZR-0145P 0001'],
  ['2019', `${customer}/products/all/skus?targetView=x`, 403, ''],
  ['2019', `${customer}/products/x/skus?targetSegment=x`, 403, ''],
  ['2019', `${customer}/products/x/skus`, 404, ''],
  ['2019', `${customer}/products/x`, 404, ''],
  ['2019', `${customer}/products/DZH318Z09V6F/skus/x`, 404, ''],
  ['2019', `${customer}/products/DZH318Z09V6F/skus/0001/availabilities`, 200, 'DZH318Z0BLD3'],
  ['2019', `${customer}/products/DZH318Z09V6F/skus/0001/availabilities?targetView=x`, 403, ''],
  ['2019', `${customer}/products/DZH318Z09V6F/skus/0001/availabilities?targetSegment=x`, 403, ''],
  ['2019', `${customer}/products/DZH318Z09V6F/skus/x/availabilities`, 404, ''],
  ['2019', `${customer}/products/DZH318Z09V6F/skus/0001/availabilities/x`, 404, ''],
  ['2019', '/v1/offers?country=US', 200, 'MS-AZR-0145P 2828BE95-46BA-4F91-B2FD-0BEF192ECF60 -CFQ7TTC0LH18'],
  ['2019', '/v1/offers?country=US&offset=1&size=1', 200, '91FD106F-4B2C-4938-95AC-F54F74E9A239 -MS-AZR-0145P'],
  ['2019', '/v1/offers?country=US&offer_category_id=x', 200, '-MS-AZR-0145P'],
  ['2019', '/v1/offers?country=US&size=many', 400, ''],
  [
    '2019',
    '/v1/offers/91fd106f-4b2c-4938-95ac-f54f74e9a239/addons?country=us',
    200,
    '2828BE95-46BA-4F91-B2FD-0BEF192ECF60',
  ],
  ['2019', '/v1/offers/MS-AZR-0145P/addons?country=us', 200, '-2828BE95-46BA-4F91-B2FD-0BEF192ECF60'],
  ['2019', '/v1/offers/CFQ7TTC0LH18/addons?country=us', 400, ''],
]

t.test('lists of the catalog show the items of the query', async (t) => {
  const emulators = { 2019: await runEmulator(t), 2023: await runEmulator(t, { rules: '2023' }) }
  for (const [rules, path, status, wanted] of lists) {
    const reply = await emulators[rules].send(path)
    t.equal(reply.status, status, path)
    if (status !== 200) continue
    const { totalCount, items } = Object(reply.body)
    t.equal(totalCount, items.length, path)
    const ids: string[] = items.map(({ id }: { id: string }) => id)
    for (const id of wanted.split(' ')) {
      t.equal(ids.includes(id.replace(/^-(?=\w)/, '')), !id.startsWith('-'), `${path}: ${id}`)
    }
  }
})

t.test('links of lists have the query, and those of items its country', async (t) => {
  const { send } = await runEmulator(t)
  const { body } = await send('/v1/products?country=US&targetView=OnlineServices')
  t.match(body, { links: { self: link('/products?country=US&targetView=OnlineServices') } })
  t.match(await send('/v1/products/CFQ7TTC0LH18?country=de'), {
    body: { links: { self: link('/products/CFQ7TTC0LH18?country=de') } },
  })
  const skus = await send(`${customer}/products/all/skus?targetView=MicrosoftAzure&targetSegment=Commercial`)
  t.match(skus.body, {
    items: [
      {
        links: {
          availabilities: link('/products/DZH318Z0BPS6/skus/0001/availabilities?country=US&targetSegment=Commercial'),
          self: link('/products/DZH318Z0BPS6/skus/0001?country=US'),
        },
      },
      { id: 'MS-AZR-0145P', productId: '9DEA7946-EC2C-441E-9FFD-E3B275F7E838' },
    ],
    links: {
      self: link(`${customer.replace('/v1', '')}/products/all/skus?targetView=MicrosoftAzure&targetSegment=Commercial`),
    },
  })
})

t.test('an absent country is US, with a hint', async (t) => {
  const { send } = await runEmulator(t)
  const { body, headers } = await send('/v1/products/DG7GMGF0DWT0')
  t.match(body, { links: { self: link('/products/DG7GMGF0DWT0?country=US') } })
  t.match(headers.get('X-Emulator-Hint'), /demands \?country=/)
})

t.test('an add-on offer is as printed', async (t) => {
  const { send } = await runEmulator(t)
  const { body } = await send('/v1/offers/2828be95-46ba-4f91-b2fd-0bef192ecf60?country=US', {
    headers: { 'X-Locale': 'en-US' },
  })
  t.match(body, {
    id: '2828BE95-46BA-4F91-B2FD-0BEF192ECF60',
    name: 'Exchange Online Archiving for Exchange Online',
    minimumQuantity: 1,
    maximumQuantity: 10000000,
    rank: 200,
    uri: '/3c95518e-8c37-41e3-9627-0ca339200f53/Offers/2828BE95-46BA-4F91-B2FD-0BEF192ECF60',
    locale: 'en-US',
    country: 'US',
    category: {
      id: '',
      name: '',
      rank: 0,
      locale: 'en-us',
      country: 'US',
      attributes: { objectType: 'OfferCategory' },
    },
    isAddOn: true,
    isAvailableForPurchase: true,
    billing: 'license',
    isAutoRenewable: true,
    salesGroupId: '1',
    product: { id: 'EE02FD1B-340E-4A4B-B355-4A514E4C8943', unit: 'Licenses' },
    unitType: 'Licenses',
    attributes: { objectType: 'Offer' },
  })
  t.equal(Object(body).prerequisiteOffers.length, 10)
})

/** Items of an inventory check, and the SKUs of the reply with their restrictions. */
const checks: readonly [what: string, items: object[], skus: [id: string, restricted: boolean][]][] = [
  ['the printed item', [{ ProductId: 'DZH318Z0BQ3P' }], [['DZH318Z0BQ3P:000S', false]]],
  ['a SKU with one free availability', [{ productId: 'dzh318z0bq3q', skuId: '0001' }], [['DZH318Z0BQ3Q:0001', false]]],
  ['a withdrawn item', [{ ProductId: 'CFQ7TTC0HD33' }], [['CFQ7TTC0HD33:0003', true]]],
  ['unknown items', [{ ProductId: 'DZH318Z0BQ00' }, { ProductId: 'DZH318Z0BQ3P', SkuId: '9999' }], []],
]

t.test('the check of inventory replies with a bare list', async (t) => {
  const { send } = await runEmulator(t)
  const azureSubscriptionId = '3A231FBE-37FE-4410-93FD-730D3D5D4C75'
  const customerId = noOrders.replace(/.*\//, '')
  const check = (TargetItems: unknown, customer: string) =>
    send('/v1/extensions/product/checkInventory?country=US', {
      method: 'POST',
      body: JSON.stringify({ TargetItems, InventoryContext: { customerId: customer, azureSubscriptionId } }),
    })
  for (const [what, items, skus] of checks) {
    const { status, body } = await check(items, customerId)
    t.equal(status, 200, what)
    const restrictions = [
      {
        reasonCode: 'NotAvailableForSubscription',
        description: 'The item is not available for the subscription.',
        properties: { type: 'AzureSubscriptionId', values: [azureSubscriptionId] },
      },
    ]
    const expected = skus.map(([id, isRestricted]) => {
      const [productId, skuId] = id.split(':')
      return { productId, skuId, isRestricted, restrictions: isRestricted ? restrictions : [] }
    })
    t.same(body, expected, what)
  }
  t.equal((await check([], '99999999-0000-4000-8000-000000000000')).status, 403)
  t.equal((await check('x', customerId)).status, 400)
  const large = await send('/v1/extensions/product/checkInventory', {
    method: 'POST',
    body: 'x'.repeat(1024 * 1024 + 1),
  })
  t.equal(large.status, 413)
})
