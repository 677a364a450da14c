import fc from 'fast-check'
import t from 'tap'
import { exchange, readReply, requestText } from '../../raw-socket.ts'
import { documentedOrder, everyProduct, runEmulator, twoLineOrder } from '../../running-emulator.ts'

const runs = { numRuns: 300 }

/** JSON values near an order's PATCH: its members with any values, among any others. */
const nearPatch = fc.record(
  {
    id: fc.oneof(fc.constant('2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1'), fc.jsonValue()),
    status: fc.oneof(fc.constantFrom('pending', 'none', 'canceled', ''), fc.jsonValue()),
    lineItems: fc.oneof(
      fc.array(
        fc.record(
          { lineItemNumber: fc.oneof(fc.integer(), fc.jsonValue()), offerId: fc.jsonValue(), quantity: fc.jsonValue() },
          { requiredKeys: [] },
        ),
      ),
      fc.jsonValue(),
    ),
    __proto__: fc.jsonValue(),
    constructor: fc.jsonValue(),
  },
  { requiredKeys: [] },
)

const asksToCancel = (value: unknown) => /cancelled/i.test(JSON.stringify(value))

t.test('no JSON value gives a 500, and none that does not ask to cancel changes an order', async (t) => {
  const { patch, send } = await runEmulator(t)
  const before = (await send(twoLineOrder)).text
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), nearPatch), async (value) => {
      fc.pre(!asksToCancel(value))
      const reply = await patch(twoLineOrder, value)
      return reply.status < 500 && (await send(twoLineOrder)).text === before
    }),
    runs,
  )
  t.pass('held')
})

t.test('no bytes give a 500 or a changed order', async (t) => {
  const { send } = await runEmulator(t)
  const before = (await send(twoLineOrder)).text
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const reply = await send(twoLineOrder, { method: 'PATCH', body: Uint8Array.from(bytes) })
      return reply.status === 400 && (await send(twoLineOrder)).text === before
    }),
    runs,
  )
  t.pass('held')
})

t.test('a cancellation that has lost or gained characters cancels or is refused, but never fails', async (t) => {
  const text = '{"id": "x", "status": "cancelled", "lineItems": [{"lineItemNumber": 9, "offerId": null}],}'
  const { patch } = await runEmulator(t)
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length), fc.nat(5), fc.string({ maxLength: 3 }), async (at, removed, added) => {
      const { status } = await patch(twoLineOrder, text.slice(0, at) + added + text.slice(at + removed))
      return status === 200 || status === 400
    }),
    runs,
  )
  t.pass('held')
})

t.test('no header values give a 500', async (t) => {
  const { url } = await runEmulator(t)
  const value = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })
  const name = fc.constantFrom(
    'MS-RequestId',
    'MS-CorrelationId',
    'MS-CV',
    'Authorization',
    'Accept',
    'Content-Type',
    'X-Locale',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 6 }), async (headers) => {
      const lines = headers.map(([key, text]) => `${key}: ${text}`)
      const request = requestText(`PATCH ${twoLineOrder}`, lines, '{"status":"none"}')
      const { status } = readReply(await exchange(url, Buffer.from(request, 'latin1')))
      return status === 400 || status === 401
    }),
    runs,
  )
  t.pass('held')
})

t.test('no path gives a 500', async (t) => {
  const { url } = await runEmulator(t)
  const segment = fc.oneof(
    fc.constantFrom(
      'v1',
      'customers',
      'orders',
      '10000000-0000-4000-8000-000000000001',
      '..',
      '%',
      '%00',
      '%e9',
      '?',
      '#',
    ),
    fc.webSegment(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(segment, { maxLength: 7 }), async (segments) => {
      const { status } = readReply(await exchange(url, requestText(`GET /${segments.join('/')}`)))
      return status < 500
    }),
    runs,
  )
  t.pass('held')
})

t.test('a body nested a hundred thousand deep is refused', async (t) => {
  const { patch } = await runEmulator(t)
  for (const body of ['['.repeat(100_000), `${'['.repeat(100_000)}${']'.repeat(100_000)}`, '{"a":'.repeat(100_000)]) {
    t.match((await patch(documentedOrder, body)).body, { code: 800002 })
  }
  const inUnknownMember = `{"status":"none","unknown":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  t.match((await patch(documentedOrder, inUnknownMember)).body, { code: 0 })
})

t.test('a description holds at most 1,024 characters', async (t) => {
  const { patch } = await runEmulator(t)
  const { body } = await patch(documentedOrder, { status: 'x'.repeat(5000) })
  t.match(body, { code: 0, description: /^.{1024}$/ })
})

t.test("a parser's words stand in data and say where the mistake is", async (t) => {
  const { patch } = await runEmulator(t)
  const { body } = await patch(`${everyProduct}/orders/perpetualSoftware-completed-00001`, '{\n  "status": oops\n}')
  t.same(body, {
    code: 800002,
    description: 'Invalid request input',
    data: ['The body is not JSON: InvalidSymbol at line 2, column 13.'],
    source: 'PartnerFD',
  })
})
