import t from 'tap'
import { connectEmulator, type VerificationError } from '../../src/control-client.ts'
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

t.test('new requests are streamed as they arrive', async (t) => {
  const { url, send } = await runEmulator(t)
  const stream = await fetch(`${url}/_emulator/requests/stream`)
  t.match(stream.headers.get('Content-Type'), /^text\/event-stream/)
  await send(documentedOrder, { headers: ids })
  await send('/accounts/another/v1/customers')
  await send(twoLineOrder)
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of stream.body ?? []) {
    text += decoder.decode(chunk)
    if (text.split('data: ').length > 2) break
  }
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
