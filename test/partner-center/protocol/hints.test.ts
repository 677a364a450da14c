import t from 'tap'
import { documentedOrder, everyProduct, noOrders, runEmulator } from '../../running-emulator.ts'

/** Mistakes in the set-up of a client, with the status and the hint that each request gets. */
const hints: readonly [method: string, path: string, status: number, hint: RegExp][] = [
  ['GET', documentedOrder.replace('/v1', ''), 404, /start with \/v1: try \/v1\/customers\/bd59b416/],
  ['POST', documentedOrder, 404, /POST is not one of GET, HEAD, OPTIONS, PATCH/],
  [
    'GET',
    `${noOrders}/agreements`,
    404,
    /^GET \/v1\/customers\/\{c\}\/agreements is documented and not emulated: https/,
  ],
  ['GET', `${noOrders}/subscriptions/overage`, 404, /not emulated: .*\/get-subscription-overage \(2023-01-03\)$/],
  ['PUT', `${noOrders}/subscriptions/Overage/`, 404, /not emulated: .*\/update-subscription-overage \(2023-01-03\)$/],
  ['GET', `${noOrders}/subscriptions/usagerecords?x`, 404, /not emulated: .*\/get-a-customer-subscription-s-usage/],
  ['GET', `${noOrders}/subscriptions/customTermEndDates`, 404, /not emulated: .*\/custom-term-end-dates/],
  ['GET', '/v1/customers/relationshiprequests', 404, /not emulated: .*\/request-reseller-relationship/],
  ['HEAD', '/v1/domains/contoso.onmicrosoft.com', 404, /not emulated: .*\/verify-domain-availability/],
  ['PUT', '/webhooks/v1/registration', 404, /^PUT \/webhooks\/v1\/registration is documented and not emulated/],
  ['GET', '/v1/Invoices/x?size=1', 404, /\/v1\/Invoices\/x is documented/],
  ['GET', '/', 404, /\/v1\/customers\/\{customer-tenant-id\}\/orders; GET/],
  ['GET', '/v1/nothing', 404, /the API starts with/],
  [
    'GET',
    `${everyProduct}/orders/perpetualSoftware-complete-0001`,
    404,
    /nearest .* perpetualSoftware-completed-00001/,
  ],
  ['GET', `${noOrders}/orders/x`, 404, /has no orders/],
  ['GET', documentedOrder.replace(/^.*orders/, `${noOrders}/orders`), 404, /of customer bd59b416/],
  ['GET', '/v1/customers/99999999-0000-4000-8000-000000000000/orders/x', 403, /not among this account's customers/],
  ['GET', `/v1/custom%20ers/${encodeURIComponent('é\r\n\u0001😀')}`, 404, /the API starts with/],
]

t.test('a mistaken request gets a hint in a header and none in the body', async (t) => {
  const { send } = await runEmulator(t)
  for (const [method, path, status, hint] of hints) {
    const reply = await send(path, { method })
    t.equal(reply.status, status, path)
    t.match(reply.headers.get('X-Emulator-Hint'), hint, path)
    t.notMatch(reply.text, /emulate/i)
  }
})

t.test('a hint is a valid header value whatever the path contains', async (t) => {
  const { send } = await runEmulator(t)
  const reply = await send(`/v1/customers/%F0%9F%98%80%0d%0a%00/orders/%C3%A9`)
  t.equal(reply.status, 400)
  const nearest = await send(`${everyProduct}/orders/%F0%9F%98%80%0d%0a%00`)
  t.equal(nearest.status, 404)
  t.ok(nearest.headers.get('X-Emulator-Hint'))
})

t.test('OPTIONS lists the methods that a route allows', async (t) => {
  const { send } = await runEmulator(t)
  const reply = await send(documentedOrder, { method: 'OPTIONS' })
  t.equal(reply.status, 204)
  t.equal(reply.headers.get('Allow'), 'GET, HEAD, OPTIONS, PATCH')
})
