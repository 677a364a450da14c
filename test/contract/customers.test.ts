import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import type { Link } from '../../src/model/links.ts'
import { documentedOrder, everyProduct, noOrders, type Reply, runEmulator } from '../running-emulator.ts'

const documented = documentedOrder.replace(/\/orders.*/, '')

/** https://learn.microsoft.com/partner-center/developer/create-a-customer, with its trailing commas. */
const documentedRequest = `{
  "enableGDAPByDefault": false,
  "CompanyProfile": { "Domain": "xyz.ccsctp.net", },
  "BillingProfile": {
    "Culture": "EN-US", "Email": "test@outlook.com", "Language": "en", "CompanyName": "test company",
    "DefaultAddress": { "FirstName": "Test", "LastName": "Test", "AddressLine1": "One Microsoft Way", "City": "Redmond",
      "State": "WA", "PostalCode": "98052", "Country": "US", }
  }
}`

/** The parsed text of a reply. */
const bodyOf = ({ text }: Reply) => JSON.parse(text)

t.test(
  'the documented request creates a customer, whose replies have the documented members in their order',
  async (t) => {
    const { send } = await runEmulator(t)
    const headers = { 'MS-RequestId': 'a1' }
    const created = await send('/v1/customers', { method: 'POST', body: documentedRequest, headers })
    t.equal(created.status, 201)
    const { id, commerceId, billingProfile, userCredentials } = bodyOf(created)
    const { etag } = billingProfile.attributes
    t.match(etag, /^-?\d+$/)
    t.match(userCredentials.password, /^\S{9}$/)
    t.equal(
      created.text,
      `{"id":"${id}","commerceId":"${commerceId}","companyProfile":{"tenantId":"${id}","domain":"xyz.ccsctp.net","attributes":{"objectType":"CustomerCompanyProfile"}},"billingProfile":{"id":"${billingProfile.id}","email":"test@outlook.com","culture":"en-US","language":"en","companyName":"test company","defaultAddress":{"country":"US","city":"Redmond","state":"WA","addressLine1":"One Microsoft Way","postalCode":"98052","firstName":"Test","lastName":"Test","phoneNumber":""},"attributes":{"etag":"${etag}","objectType":"CustomerBillingProfile"}},"enableGDAPByDefault":false,"relationshipToPartner":"none","userCredentials":{"userName":"admin","password":"${userCredentials.password}"},"attributes":{"objectType":"Customer"}}`,
    )
    const again = await send('/v1/customers', { method: 'POST', body: documentedRequest, headers })
    t.equal(again.text, created.text, 'a repeated request id creates one customer')

    const link = (path: string) => `"links":{"self":{"uri":"/customers/${id}${path}","method":"GET","headers":[]}}`
    const company = `{"tenantId":"${id}","domain":"xyz.ccsctp.net","companyName":"test company","address":{"country":"US","region":"WA","city":"Redmond","addressLine1":"One Microsoft Way","postalCode":"98052","phoneNumber":""},"email":"test@outlook.com",${link('/profiles/company')},"attributes":{"objectType":"CustomerCompanyProfile"}}`
    const billing = `{"id":"${billingProfile.id}","firstName":"Test","lastName":"Test","email":"test@outlook.com","culture":"en-US","language":"en","companyName":"test company","defaultAddress":{"country":"US","city":"Redmond","state":"WA","addressLine1":"One Microsoft Way","postalCode":"98052","firstName":"Test","lastName":"Test","phoneNumber":""},${link('/profiles/billing')},"attributes":{"etag":"${etag}","objectType":"CustomerBillingProfile"}}`
    t.equal(
      (await send(`/v1/customers/${id.toUpperCase()}`)).text,
      `{"id":"${id}","commerceId":"${commerceId}","companyProfile":${company},"billingProfile":${billing},"relationshipToPartner":"reseller","allowDelegatedAccess":true,"customDomains":["xyz.ccsctp.net"],${link('')},"attributes":{"objectType":"Customer"}}`,
    )
    t.equal((await send(`/v1/customers/${id}/profiles/company`)).text, company)
    t.equal((await send(`/v1/customers/${id}/profiles/billing`)).text, billing)
    t.ok(
      (await send('/v1/customers?size=0')).text.endsWith(
        `{"id":"${id}","companyProfile":{"tenantId":"${id}","domain":"xyz.ccsctp.net","companyName":"test company",${link('/profiles/company')},"attributes":{"objectType":"CustomerCompanyProfile"}},"relationshipToPartner":"reseller",${link('')},"attributes":{"objectType":"Customer"}}],"links":{"self":{"uri":"/customers","method":"GET","headers":[]}},"attributes":{"objectType":"Collection"}}`,
      ),
    )
  },
)

t.test('state, upload and snapshot carry a created customer whole', async (t) => {
  const { url, send } = await runEmulator(t)
  const emulator = await connectEmulator(url)
  const { id } = bodyOf(await send('/v1/customers', { method: 'POST', body: documentedRequest }))
  await send(`/v1/customers/${id}`, { method: 'PATCH', body: '{"AllowDelegatedAccess":false}' })
  const before = (await send(`/v1/customers/${id}`)).text
  t.notMatch(before, /customDomains|"region"/, 'without delegated rights the address is absent')
  const state = await emulator.state()
  await emulator.snapshot('created')
  await emulator.reset()
  t.equal((await send(`/v1/customers/${id}`)).status, 403)
  await emulator.putState(state)
  t.equal((await send(`/v1/customers/${id}`)).text, before)
  await emulator.reset()
  await emulator.restore('created')
  t.equal((await send(`/v1/customers/${id}`)).text, before)
})

const filter = (Field: string, Value: string, Operator = 'starts_with') =>
  `filter=${encodeURIComponent(JSON.stringify({ Field, Value, Operator }))}`

/** Queries of the list, each with the number of customers that it finds or the code of its refusal. */
const queries = {
  '': 8,
  'size=0': 8,
  [`size=40&${filter('CompanyName', 'DOCUMENTED')}`]: 4,
  [`size=40&${filter('domain', 'no-', 'StartsWith')}`]: 1,
  [`size=0?${filter('IndirectReseller', '4b1e')}`]: 1,
  [filter('IndirectCloudSolutionProvider', '4b1e')]: 0,
  [filter('City', 'x')]: 900126,
  [filter('Domain', 'x', 'contains')]: 900126,
  'filter=x': 800002,
  'filter={}': 800002,
  'size=x': 800002,
  'seekOperation=Last': 900126,
  'seekOperation=Next': 800002,
}

t.test('the list has the customers that its query asks for', async (t) => {
  const { send } = await runEmulator(t)
  const body = documentedRequest.replace('{', '{"AssociatedPartnerId":"4B1E0000-0000-4000-8000-000000000000",')
  const created = await send('/v1/customers', { method: 'POST', body })
  t.match(created.body, { relationshipToPartner: 'reseller', associatedPartnerId: /^4b1e/ })
  for (const [query, expected] of Object.entries(queries)) {
    const { totalCount, code } = bodyOf(await send(`/v1/customers?${query}`))
    t.equal(totalCount ?? code, expected, query)
  }
})

t.test('the pages of a list hold every customer once, and the last one has no next link', async (t) => {
  const { send } = await runEmulator(t)
  const all = bodyOf(await send('/v1/customers')).items
  const names = filter('CompanyName', 'd')
  for (const [query, sizes] of [
    ['size=3', [3, 3, 1]],
    ['size=7', [7]],
    [`size=3&${names}`, [3, 1]],
  ] as const) {
    const pages = []
    let page = bodyOf(await send(`/v1/customers?${query}`))
    for (; page.links.next !== undefined; page = bodyOf(await send(`/v1${page.links.next.uri}`, next(page))))
      pages.push(page)
    pages.push(page)
    t.same(
      pages.map(({ totalCount }) => totalCount),
      sizes,
    )
    const found = pages.flatMap(({ items }) => items)
    t.same(
      found,
      all.filter(({ companyProfile }: { companyProfile: { companyName: string } }) => {
        return !query.includes('filter') || companyProfile.companyName.startsWith('D')
      }),
    )
    t.equal(Object.keys(pages[0])[0], pages.length > 1 ? 'continuationToken' : 'totalCount')
  }
  function next({ continuationToken, links }: { continuationToken: string; links: Record<string, Link> }) {
    t.same(links['next']?.headers, [{ key: 'MS-ContinuationToken', value: continuationToken }])
    return { headers: { 'MS-ContinuationToken': continuationToken } }
  }
})

t.test('a customer of the fixtures has the same derived members in every run', async (t) => {
  const replies = await Promise.all([1, 2].map(async () => (await (await runEmulator(t)).send(documented)).text))
  t.equal(replies[0], replies[1])
  t.match(JSON.parse(replies[0] ?? ''), {
    id: 'bd59b416-37f9-4d8f-8df3-5750111fc615',
    commerceId: /^[0-9a-f]{8}-/,
    companyProfile: { tenantId: 'bd59b416-37f9-4d8f-8df3-5750111fc615' },
    billingProfile: { email: 'admin@documented-cancellation.onmicrosoft.com' },
    customDomains: ['documented-cancellation.onmicrosoft.com'],
  })
})

t.test('a deleted sandbox customer can no longer be read and is not in the list', async (t) => {
  const { send } = await runEmulator(t)
  const reply = await send(noOrders, { method: 'DELETE' })
  t.equal(reply.status, 204)
  t.equal(reply.text, '')
  t.equal((await send(noOrders)).status, 403)
  t.match((await send('/v1/customers')).body, { totalCount: 6 })
})

t.test(
  'a customer with active software or reservation orders cannot be deleted, and the refusal lists their alternate ids',
  async (t) => {
    const { send, patch } = await runEmulator(t)
    t.match((await send(documented, { method: 'DELETE' })).body, {
      description:
        'Customer relationship cannot be removed due to active Azure reserved instances.Please cancel the following orders: 11fc4bdfd47a',
    })
    await patch(documentedOrder, { status: 'cancelled' })
    t.equal((await send(documented, { method: 'DELETE' })).status, 204)
    t.equal((await send(documentedOrder)).status, 403)
  },
)

t.test('a relationship ends when no order is open, also in a production account', async (t) => {
  for (const account of ['sandbox', 'production'] as const) {
    const { send, patch } = await runEmulator(t, { account })
    const removal = { relationshipToPartner: 'None', attributes: { objectType: 'Customer' } }
    t.match((await patch(documented, removal)).body, { code: 2000 })
    t.match((await patch(documented, { relationshipToPartner: 'advisor' })).body, { code: 800002 })
    t.match((await patch(documented, {})).body, { relationshipToPartner: 'reseller', allowDelegatedAccess: true })
    const headers = { 'MS-RequestId': 'end' }
    const ended = await patch(noOrders, removal, headers)
    t.match(ended.body, { id: '10000000-0000-4000-8000-000000000003', relationshipToPartner: 'none' })
    t.equal((await patch(noOrders, removal, headers)).text, ended.text, 'a repeated request gets the first reply')
    t.equal((await send(noOrders)).status, 403)
  }
})

t.test(
  'after the documented clean-up, an order with a pending change and a savings plan keep their customer',
  async (t) => {
    const { send, patch } = await runEmulator(t)
    const { items } = bodyOf(await send(`${everyProduct}/orders`))
    for (const { id } of items) await patch(`${everyProduct}/orders/${id}`, { status: 'cancelled' })
    const friendlyId = (start: string) => items.find(({ id }: { id: string }) => id.startsWith(start)).alternateId
    const stuck = friendlyId('software-adjustment-pending')
    t.match((await send(everyProduct, { method: 'DELETE' })).body, { description: new RegExp(`${stuck}, `) })
    const subscriptions = bodyOf(await send(`${everyProduct}/subscriptions`)).items
    for (const { id } of subscriptions) await patch(`${everyProduct}/subscriptions/${id}`, { status: 'suspended' })
    const { body } = await send(everyProduct, { method: 'DELETE' })
    t.match(body, { description: new RegExp(`: 5f9d52bb1405, ${stuck}$`) })
  },
)

t.test('a production account has no route to delete a customer', async (t) => {
  const { send } = await runEmulator(t, { account: 'production' })
  const reply = await send(noOrders, { method: 'DELETE' })
  t.equal(reply.status, 404)
  t.same(reply.body, { statusCode: 404, message: 'Resource not found' })
})
