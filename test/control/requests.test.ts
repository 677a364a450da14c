import t from 'tap'
import { connectEmulator, type VerificationError } from '../../src/control-client.ts'
import { exchange, readReply, requestText } from '../raw-socket.ts'
import { documentedOrder, runEmulator, twoLineOrder } from '../running-emulator.ts'

const ids = { 'MS-RequestId': 'request-1', 'MS-CorrelationId': 'correlation-1' }

t.test('the journal lists requests and replies, newest first, without secrets', async (t) => {
  const { url, send, patch } = await runEmulator(t)
  const { requests } = await connectEmulator(url)
  await patch(documentedOrder, { status: 'none' }, { ...ids, Authorization: 'Bearer secret' })
  await send('/v1/nothing')
  const order = await send(documentedOrder)
  await send('/_emulator/health')
  const [read, unknown, patched, ...others] = await requests.list()
  t.same(others, [])
  t.match(read, { operation: 'getOrder', status: 200, body: null, answer: order.text })
  t.match(unknown, { method: 'GET', url: '/v1/nothing', operation: null, status: 404, answer: /Resource not found/ })
  t.match(patched, {
    method: 'PATCH',
    url: documentedOrder,
    operation: 'patchOrder',
    requestId: 'request-1',
    correlationId: 'correlation-1',
    customerId: 'bd59b416-37f9-4d8f-8df3-5750111fc615',
    orderId: 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1',
    body: '{"status":"none"}',
    status: 400,
    answer: /not a valid OrderStatus/,
    duration: Number,
    time: /^\d{4}-/,
  })
  t.match(
    Object.entries(patched?.headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization'),
    [String, '(redacted)'],
  )
  t.notMatch(JSON.stringify(await requests.list()), /secret/)
})

t.test('the journal names the rule of a refusal and of a cancellation, with its evidence, and the fault', async (t) => {
  const { url, send, patch } = await runEmulator(t, { rules: '2022' })
  const { requests, faults } = await connectEmulator(url)
  await patch(documentedOrder, { billingCycle: 'annual' })
  await send(`${documentedOrder}x`)
  await patch(twoLineOrder, { status: 'cancelled' }, ids)
  await patch(twoLineOrder, { status: 'cancelled' }, ids)
  await send(documentedOrder)
  await faults.set([
    { operation: 'getOrder', connection: 'reset', times: 1 },
    { operation: 'getOrder', code: 900421, times: 1 },
    { operation: 'getOrder', status: 500, times: 1 },
  ])
  await t.rejects(send(documentedOrder))
  for (let time = 0; time < 3; time++) await send(documentedOrder)
  const page = (name: string) => `https://learn.microsoft.com/partner-center/developer/${name}`
  t.match((await requests.list()).reverse(), [
    {
      status: 400,
      fault: null,
      rule: { name: 'notSupported', sources: [{ page: page('error-codes'), evidence: 'guess' }] },
    },
    { status: 404, rule: { name: 'orderNotFound', sources: [{ evidence: 'documented' }] } },
    { status: Number },
    { status: Number },
    { status: 200, rule: null, fault: null },
    { status: null, answer: null, rule: null, fault: { place: 0, operation: 'getOrder', connection: 'reset' } },
    { status: 401, rule: null, fault: { place: 1, code: 900421 } },
    { status: 500, rule: null, fault: { place: 2, status: 500 } },
    { status: 200, rule: null, fault: null },
  ])
})

t.test('the journal names the table of the edition that let an order cancel, and a replay has none', async (t) => {
  const { url, patch } = await runEmulator(t)
  const { requests } = await connectEmulator(url)
  for (let time = 0; time < 2; time++) await patch(documentedOrder, { status: 'cancelled' }, ids)
  t.match(await requests.list(), [
    { status: 200, rule: null },
    {
      status: 200,
      rule: {
        name: 'cancellation',
        edition: '2019',
        sources: [
          { page: /\/cancel-an-order-from-the-integration-sandbox$/, date: '2019-08-16', evidence: 'documented' },
        ],
      },
    },
  ])
})

t.test('the journal names the rule that let a subscription cancel', async (t) => {
  const { url, patch, send } = await runEmulator(t, { rules: '2022' })
  const { requests } = await connectEmulator(url)
  const customer = '/v1/customers/10000000-0000-4000-8000-000000000003'
  const lineItems = [{ offerId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971', quantity: 1 }]
  await send(`${customer}/orders`, { method: 'POST', body: JSON.stringify({ lineItems }) })
  const { items } = JSON.parse((await send(`${customer}/subscriptions`)).text)
  const reply = await patch(`${customer}/subscriptions/${items[0]?.id}`, { status: 'deleted' })
  t.equal(reply.status, 200)
  t.match((await requests.list())[0], {
    rule: { name: 'subscriptions.rules.newCommerceLicense.cancel', edition: '2022', sources: [{ date: /^2023/ }] },
  })
})

t.test('the journal keeps texts in any script and truncates long ones', async (t) => {
  const { url, patch } = await runEmulator(t)
  const { requests } = await connectEmulator(url)
  const bodies = [' ', 'Ünïcödé \u{1F600} 日本\u0000\n"', 'é'.repeat(20_000), '日'.repeat(5_000), 'short again']
  for (const body of bodies) await patch(documentedOrder, body, { 'MS-RequestId': 'Größe' })
  const kept = (await requests.list()).reverse()
  const longest = 16 * 1024
  for (const [at, body] of bodies.entries()) t.ok(kept[at]?.body === body.slice(0, longest), `body ${at}`)
  for (const entry of kept) t.match(entry, { requestId: 'Größe', url: documentedOrder, answer: /800002|invalid/i })
})

t.test('the journal is limited to 1,000 requests and can be filtered and cleared', async (t) => {
  const { url, send, patch } = await runEmulator(t)
  const { requests } = await connectEmulator(url)
  for (let time = 0; time < 1005; time++) await send('/v1/products/nothing')
  await send(documentedOrder, { headers: ids })
  await patch(twoLineOrder, { status: 'cancelled' }, { 'MS-RequestId': 'request-2' })
  t.equal((await requests.list()).length, 1000)
  t.equal((await requests.list({ limit: 5 })).length, 5)
  const filters = [
    { operation: 'getOrder' },
    { method: 'patch' },
    { requestId: 'REQUEST-2' },
    { correlationId: 'correlation-1' },
    { customerId: 'BD59B416-37F9-4D8F-8DF3-5750111FC615' },
    { orderId: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1', status: 200 },
  ]
  for (const filter of filters) t.equal((await requests.list(filter)).length, 1, JSON.stringify(filter))
  t.equal((await requests.list({ status: 404 })).length, 998)
  await requests.clear()
  t.same(await requests.list(), [])
  await t.rejects(requests.list(Object({ colour: 'red' })), { name: 'EmulatorError', status: 400 })
})

t.test('verify confirms an expectation, or fails with the nearest requests', async (t) => {
  const { url, send, patch } = await runEmulator(t)
  const { requests } = await connectEmulator(url)
  await patch(documentedOrder, { status: 'cancelled' }, ids)
  await send(documentedOrder)
  await send(twoLineOrder)
  t.same(await requests.verify({ match: { operation: 'getOrder' }, count: 2 }), { count: 2 })
  t.same(await requests.verify({ match: { operation: 'getOrder' }, atLeast: 1 }), { count: 2 })
  t.same(await requests.verify({ match: { operation: 'createOrder' }, never: true }), { count: 0 })
  const match = { operation: 'patchOrder', orderId: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1', status: 200 }
  const error = await requests.verify({ match, count: 1 }).then(
    () => undefined,
    (thrown: VerificationError) => thrown,
  )
  t.match(error, {
    name: 'VerificationError',
    count: 0,
    message: /^Expected 1 such requests, and there were 0\.\n {2}GET .*2y6dF/,
  })
  t.match(error?.nearest, [
    { request: { url: twoLineOrder }, differences: { operation: { expected: 'patchOrder', actual: 'getOrder' } } },
    { request: { url: documentedOrder, method: 'PATCH' }, differences: { orderId: { expected: match.orderId } } },
    { request: { method: 'GET' } },
  ])
  t.same(Object.keys(error?.nearest[0]?.differences ?? {}), ['operation'])
  for (const wrong of [{ match: {} }, { match: {}, count: 1, never: true }, { match: { colour: 'red' }, count: 1 }]) {
    await t.rejects(requests.verify(Object(wrong)), { name: 'EmulatorError', status: 400 })
  }
})

/** Names of operations that do not exist, and the nearest that does. */
const misspelt: readonly [given: string, nearest: string][] = [
  ['createOrders', 'createOrder'],
  ['pachOrder', 'patchOrder'],
  ['*', 'getSku'],
  ['x'.repeat(5000), 'listOrders'],
]

t.test('an unknown operation in the list, in verify and in a fault is refused with the nearest', async (t) => {
  const { send } = await runEmulator(t)
  const put = (path: string, method: string, body: object) =>
    send(`/_emulator/${path}`, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  for (const [operation, nearest] of misspelt) {
    const replies = [
      await send(`/_emulator/requests?operation=${operation}`),
      await put('requests/verify', 'POST', { match: { operation }, never: true }),
      ...(operation === '*' ? [] : [await put('faults', 'PUT', [{ operation, status: 503 }])]),
    ]
    for (const { status, body } of replies) {
      t.equal(status, 400)
      const shown = operation.length > 100 ? `${operation.slice(0, 100)}...` : operation
      t.match(body, { error: `There is no operation ${shown}.`, hint: `the nearest is ${nearest}` })
    }
  }
})

t.test('an operation is found in any case', async (t) => {
  const { url, send } = await runEmulator(t)
  const { requests, faults } = await connectEmulator(url)
  await send(documentedOrder)
  t.equal((await requests.list({ operation: 'GETORDER' })).length, 1)
  t.same(await requests.verify({ match: { operation: 'getorder' }, count: 1 }), { count: 1 })
  await faults.set([{ operation: 'getorder', status: 503 }])
  t.equal((await send(documentedOrder)).status, 503)
})

/** Request targets of the control plane, as clients and proxies write them. */
const controlTargets = [
  '/_emulator/health',
  '/_EMULATOR/health',
  '/_Emulator/Health?x=1',
  '//_emulator/health',
  '//_emulator//health',
  '/accounts/default/_emulator/health',
  '/accounts/default//_EMULATOR/health',
  '//accounts/default/_emulator/health',
  '/%5Femulator/health',
  '/_%65mulator/health',
  'http://localhost/_emulator/health',
  'http://localhost//_EMULATOR/health',
]

t.test('the journal leaves out control requests, however their path is written', async (t) => {
  const { url } = await runEmulator(t)
  const { requests } = await connectEmulator(url)
  for (const target of controlTargets) {
    t.equal(readReply(await exchange(url, requestText(`GET ${target}`))).status, 200, target)
    const unknown = target.replace(/health/i, 'nothing')
    const reply = readReply(await exchange(url, requestText(`GET ${unknown}`)))
    t.match(reply.body.toString(), /"error":"There is no GET/, unknown)
  }
  t.same(await requests.list(), [])
})

const otherTargets = ['/_emulators', '/v1/_emulator', '/?/_emulator', '/_emulator%2Fhealth', '/%E0%A4/_emulator']

t.test('the journal has the requests whose path only resembles that of the control plane', async (t) => {
  const { url } = await runEmulator(t)
  const { requests } = await connectEmulator(url)
  for (const target of otherTargets) await exchange(url, requestText(`GET ${target}`))
  const listed = await requests.list()
  t.same(listed.map(({ url }) => url).reverse(), otherTargets.slice(0, 4))
})

/** A control token with characters that URLs and JSON escape. */
const controlToken = 'open "sesame"+/100%'

t.test('the journal never shows the control token, wherever a client sends it', async (t) => {
  const { url, send } = await runEmulator(t, { controlToken })
  const { requests } = await connectEmulator(url, { controlToken })
  const stream = await fetch(`${url}/_emulator/requests/stream`, {
    headers: { 'X-Emulator-Control-Token': controlToken },
  })
  const queries = [
    encodeURIComponent(controlToken),
    encodeURIComponent(controlToken).toLowerCase(),
    encodeURI(controlToken),
    new URLSearchParams({ controlToken }).toString(),
  ]
  for (const query of queries) await send(`/v1/nothing?${query}`)
  const headers = ['X-Emulator-Control-Token', 'X-Custom', 'MS-RequestId', 'MS-CorrelationId']
  for (const name of headers) await send('/v1/nothing', { headers: { [name]: controlToken } })
  await send('/v1/nothing', { headers: { Authorization: 'Bearer sesame' } })
  await send(documentedOrder, { method: 'PATCH', body: JSON.stringify({ status: controlToken }) })
  await send(`/v1/customers/${encodeURIComponent(controlToken)}/orders/${encodeURIComponent(controlToken)}`)
  const listed = await requests.list()
  t.equal(listed.length, queries.length + headers.length + 3)
  const unverified = await send('/_emulator/requests/verify', {
    method: 'POST',
    headers: { 'X-Emulator-Control-Token': controlToken },
    body: Buffer.from(JSON.stringify({ match: { requestId: 'x', orderId: 'y' }, count: 1 })),
  })
  t.equal(unverified.status, 422)
  const streamed = await readEvents(stream, listed.length)
  for (const text of [JSON.stringify(listed), streamed, unverified.text]) t.notMatch(text, /sesame/i)
})

t.test('the header of the control token is redacted without a control token, too', async (t) => {
  const { url, send } = await runEmulator(t)
  await send('/v1/nothing', { headers: { 'X-Emulator-Control-Token': 'sesame' } })
  const [entry] = await (await connectEmulator(url)).requests.list()
  t.match(entry?.headers, { 'X-Emulator-Control-Token': '(redacted)' })
})

/** Reads a stream until it has had a number of events. */
async function readEvents(stream: Response, count: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stream.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.split('data: ').length > count) break
  }
  return text
}

t.test('HEAD of the stream gets its headers and ends', async (t) => {
  const { url } = await runEmulator(t)
  const { status, headers, body } = readReply(await exchange(url, requestText('HEAD /_emulator/requests/stream')))
  t.equal(status, 200)
  t.ok(headers.includes('Content-Type: text/event-stream'))
  t.equal(body.length, 0)
})

t.test('new requests are streamed as they arrive', async (t) => {
  const { url, send } = await runEmulator(t)
  const stream = await fetch(`${url}/_emulator/requests/stream`)
  t.match(stream.headers.get('Content-Type'), /^text\/event-stream/)
  await send(documentedOrder, { headers: ids })
  await send('/accounts/another/v1/customers')
  await send(twoLineOrder)
  const text = await readEvents(stream, 2)
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data))
  t.match(events, [{ requestId: 'request-1', url: documentedOrder }, { url: twoLineOrder }])
})

t.test('an open stream does not keep the emulator running', async (t) => {
  let ended: Promise<string> | undefined
  await t.test('while it runs', async (t) => {
    const { url } = await runEmulator(t)
    const stream = await fetch(`${url}/_emulator/requests/stream`)
    ended = stream.text()
  })
  t.equal(await ended, ': the requests from now on\n\n')
})
