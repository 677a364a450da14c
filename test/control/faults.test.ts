import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { Faults } from '../../src/accounts/faults.ts'
import type { FaultBody } from '../../src/control/fault-routes.ts'
import { connectEmulator } from '../../src/control-client.ts'
import { DescribedReplies } from '../described-replies.ts'
import { exchange, readReply, requestText } from '../raw-socket.ts'
import { documentedOrder, runEmulator, twoLineOrder } from '../running-emulator.ts'

const customerId = 'bd59b416-37f9-4d8f-8df3-5750111fc615'

/** Faults, and the reply to a GET of the documented order under each. */
const effects: readonly [what: string, fault: Omit<FaultBody, 'operation'>, status: number, text: RegExp][] = [
  ['a code', { code: 20002 }, 403, /^\{"code":20002,/],
  [
    'a code without a rule',
    { code: 800043 },
    403,
    /^\{"code":800043,"description":"Access to pricing information is not/,
  ],
  ['a code as text', { code: '800023' }, 403, /^\{"code":800023,/],
  ['the first of two rows', { code: 800082 }, 400, /^\{"code":800082,/],
  [
    'a code and a status',
    { code: 2006, status: 400 },
    400,
    /"description":"Updates on subscriptions for offer \{0\} are/,
  ],
  [
    'a code, a status and a text',
    { code: 900421, status: 403, description: 'x' },
    403,
    /"code":900421,"description":"x"/,
  ],
  ['a code that is text', { code: '900420' }, 401, /"code":"900420"/],
  ['a status', { status: 503 }, 503, /^\{ "statusCode": 503, "message": "Service Unavailable" \}$/],
  ['a 500', { status: 500 }, 500, /^\{"code":800003,"description":"Unexpected service error"/],
  [
    'a throttle',
    { status: 429, retryAfter: 7 },
    429,
    /^\{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 7 seconds." \}$/,
  ],
  ['malformed JSON', { body: '{"id": ' }, 200, /^\{"id": $/],
  ['a body and a status', { status: 502, body: '<html>' }, 502, /^<html>$/],
]

t.test('a fault has its effect, and a header of the reply names the fault', async (t) => {
  const { url, send } = await runEmulator(t)
  const { faults } = await connectEmulator(url)
  for (const [what, fault, status, text] of effects) {
    await faults.set([{ operation: 'getOrder', ...fault }])
    const reply = await send(documentedOrder)
    t.equal(reply.status, status, what)
    t.match(reply.text, text, what)
    t.equal(reply.headers.get('X-Emulator-Fault'), '0', what)
    t.ok(reply.headers.get('MS-RequestId'), what)
    t.equal(reply.headers.get('Retry-After'), fault.retryAfter === undefined ? null : `${fault.retryAfter}`)
  }
  await faults.clear()
  t.equal((await send(documentedOrder)).headers.get('X-Emulator-Fault'), null)
})

t.test('a fault resets a connection, closes it without a reply, or truncates the reply', async (t) => {
  const { url } = await runEmulator(t)
  const { faults, requests } = await connectEmulator(url)
  const request = requestText(`GET ${documentedOrder}`)
  await faults.set([{ operation: 'getOrder', connection: 'reset' }])
  await t.rejects(exchange(url, request), { code: 'ECONNRESET' })
  await faults.set([{ operation: 'getOrder', connection: 'empty' }])
  t.equal((await exchange(url, request)).length, 0)
  await faults.set([{ operation: 'getOrder', connection: 'truncate' }])
  const { headers, body } = readReply(await exchange(url, request))
  t.ok(headers.includes('Content-Length: 836'))
  t.equal(body.length, 418)
  t.equal((await requests.list()).length, 3, 'the journal has all three requests')
})

t.test('a truncated reply does not undo the cancellation, an empty one prevents it', async (t) => {
  const { url, send } = await runEmulator(t)
  const { faults } = await connectEmulator(url)
  await faults.set([{ operation: 'patchOrder', connection: 'truncate' }])
  await exchange(url, requestText(`PATCH ${documentedOrder}`, [], '{"status":"cancelled"}'))
  t.match((await send(documentedOrder)).body, { status: 'cancelled' }, 'only the reply was lost')
  await faults.set([{ operation: 'patchOrder', connection: 'empty' }])
  await exchange(url, requestText(`PATCH ${twoLineOrder}`, [], '{"status":"cancelled"}'))
  t.match((await send(twoLineOrder)).body, { status: 'completed' }, 'the request was lost')
})

t.test('after and times limit the hits of a fault, and the list shows the remaining hits', async (t) => {
  const { url, send } = await runEmulator(t)
  const { faults } = await connectEmulator(url)
  await faults.set([{ operation: 'getOrder', status: 503, after: 2, times: 2 }])
  const statuses = []
  for (let time = 0; time < 6; time++) statuses.push((await send(documentedOrder)).status)
  t.same(statuses, [200, 200, 503, 503, 200, 200])
  t.match(await faults.list(), [{ operation: 'getOrder', status: 503, after: 2, times: 2, hits: 2, remaining: 0 }])
})

t.test('a fault counts requests or request ids', async (t) => {
  const { url, send } = await runEmulator(t)
  const { faults } = await connectEmulator(url)
  const retry = async () => (await send(documentedOrder, { headers: { 'MS-RequestId': 'one' } })).status
  await faults.set([{ operation: 'getOrder', status: 503, times: 1 }])
  t.same([await retry(), await retry()], [503, 200])
  await faults.set([{ operation: 'getOrder', status: 503, times: 1, counts: 'requestIds' }])
  t.same([await retry(), await retry(), (await send(documentedOrder)).status], [503, 503, 200])
})

t.test('faults remember the last 10,000 request ids, in bounded memory', async (t) => {
  const faults = new Faults()
  faults.set([{ operation: '*', status: 503, times: 1, counts: 'requestIds' }])
  const isHit = (requestId: string) =>
    faults.hit({ operation: 'getOrder', requestId, customerId: undefined, orderId: undefined, headers: {} }) !==
    undefined
  t.ok(isHit('first'))
  for (let id = 0; id < 9999; id++) isHit(`${id}`)
  t.ok(isHit('first'), 'the first of 10,000 ids')
  isHit('one more')
  t.notOk(isHit('first'), 'a forgotten id counts again')
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  for (let id = 0; id < 20_000; id++) isHit(Buffer.alloc(15_000, `${id} `).toString())
  collectGarbage()
  t.ok(process.memoryUsage().heapUsed - before < 16 * 1024 * 1024)
})

t.test('a fault matches an operation, a customer, an order or a header', async (t) => {
  const { url, send, patch } = await runEmulator(t)
  const { faults } = await connectEmulator(url)
  const hit = async (fault: FaultBody) => {
    await faults.set([fault])
    const replies = [
      await send(documentedOrder),
      await send(twoLineOrder, { headers: { 'X-Locale': 'de-DE' } }),
      await patch(twoLineOrder, { status: 'none' }),
      await send('/v1/products/nothing'),
    ]
    return replies.map(({ status }) => status === 503)
  }
  const status = 503
  t.same(await hit({ operation: '*', status }), [true, true, true, true])
  t.same(await hit({ operation: 'patchOrder', status }), [false, false, true, false])
  t.same(await hit({ operation: '*', status, match: { customerId: customerId.toUpperCase() } }), [
    true,
    false,
    false,
    false,
  ])
  t.same(await hit({ operation: 'getOrder', status, match: { orderId: '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1' } }), [
    false,
    true,
    false,
    false,
  ])
  t.same(await hit({ operation: '*', status, match: { headers: { 'x-locale': 'de-DE' } } }), [
    false,
    true,
    false,
    false,
  ])
})

t.test('a delay is fixed, in a range, or lasts until its release', async (t) => {
  const { url, send } = await runEmulator(t)
  const { faults } = await connectEmulator(url)
  const timed = async () => {
    const start = performance.now()
    const { status } = await send(documentedOrder)
    return { status, time: performance.now() - start }
  }
  await faults.set([{ operation: 'getOrder', delay: 'PT0.2S' }])
  const fixed = await timed()
  t.equal(fixed.status, 200, 'a delay alone does not change the reply')
  t.ok(fixed.time >= 195)
  await faults.set([{ operation: 'getOrder', delay: ['PT0.1S', 'PT0.15S'], status: 503 }])
  const range = await timed()
  t.equal(range.status, 503)
  t.ok(range.time >= 95)

  await faults.set([{ operation: 'getOrder', delay: 'released' }])
  let replied = false
  const waiting = send(documentedOrder).then(({ status }) => {
    replied = true
    return status
  })
  await sleep(150)
  t.notOk(replied)
  await faults.clear()
  t.equal(await waiting, 200)
})

t.test('a fault matches the Content-Type of a request without a body', async (t) => {
  const { url, send } = await runEmulator(t)
  const { faults } = await connectEmulator(url)
  const headers = { 'Content-Type': 'application/json' }
  await faults.set([{ operation: '*', match: { headers }, status: 503 }])
  for (const method of ['GET', 'PATCH']) t.equal((await send(documentedOrder, { method, headers })).status, 503, method)
})

t.test('an invalid fault is refused, an unknown operation with the nearest, and the old faults stay', async (t) => {
  const { url } = await runEmulator(t)
  const { faults } = await connectEmulator(url)
  await faults.set([{ operation: 'getOrder', status: 503 }])
  await t.rejects(faults.set([{ operation: 'getOrdr', status: 503 }]), {
    name: 'EmulatorError',
    status: 400,
    hint: /^the nearest is getOrder;/,
  })
  await t.rejects(faults.set([{ operation: 'getOrder', code: 800044 }]), {
    status: 400,
    message: /no documented error 800044/,
    hint: /^the nearest is 8\d{5};/,
  })
  for (const fault of [
    { operation: 'getOrder' },
    { operation: 'getOrder', status: 400, description: 'x' },
    { operation: 'getOrder', status: 99 },
    { status: 503 },
    { operation: 'getOrder', delay: 5 },
    { operation: 'getOrder', delay: 'PT24H0.001S' },
    { operation: 'getOrder', delay: 'P25D' },
    { operation: 'getOrder', delay: ['PT1S', 'P999999Y'] },
    { operation: 'getOrder', delay: 'PT0.0001S' },
  ]) {
    await t.rejects(faults.set([Object(fault)]), { name: 'EmulatorError', status: 400 }, JSON.stringify(fault))
  }
  t.match(await faults.list(), [{ operation: 'getOrder', status: 503, hits: 0, remaining: null }])
})

t.test('the document of the control plane describes a delay with a fraction of a second', async (t) => {
  const { url } = await runEmulator(t)
  const { faults } = await connectEmulator(url)
  await faults.set([{ operation: 'getOrder', delay: 'PT0.05S' }])
  const text = await (await fetch(`${url}/_emulator/faults`)).text()
  t.equal(new DescribedReplies('docs/api/control.json').mistakeIn('GET', '/_emulator/faults', 200, text), undefined)
})
