import fc from 'fast-check'
import t from 'tap'
import { exchange, readReply, requestText } from '../../raw-socket.ts'
import { documentedOrder, everyProduct, runEmulator, twoLineOrder } from '../../running-emulator.ts'

const runs = { numRuns: 150 }

/** JSON values similar to the PATCH of an order: its members, and special names, with any values. */
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

t.test('a JSON body never gives a 500, and changes no order unless it contains "cancelled"', async (t) => {
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
  t.pass('the property holds')
})

t.test('a body of random bytes gets 400 and changes nothing', async (t) => {
  const { send } = await runEmulator(t)
  const before = (await send(twoLineOrder)).text
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const reply = await send(twoLineOrder, { method: 'PATCH', body: Uint8Array.from(bytes) })
      return reply.status === 400 && (await send(twoLineOrder)).text === before
    }),
    runs,
  )
  t.pass('the property holds')
})

t.test('a cancellation with missing or extra characters gets 200 or 400', async (t) => {
  const text = '{"id": "x", "status": "cancelled", "lineItems": [{"lineItemNumber": 9, "offerId": null}],}'
  const { patch } = await runEmulator(t)
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length), fc.nat(5), fc.string({ maxLength: 3 }), async (at, removed, added) => {
      const { status } = await patch(twoLineOrder, text.slice(0, at) + added + text.slice(at + removed))
      return status === 200 || status === 400
    }),
    runs,
  )
  t.pass('the property holds')
})

t.test('random header values never give a 500', async (t) => {
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
  t.pass('the property holds')
})

t.test('a random path never gives a 500', async (t) => {
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
  t.pass('the property holds')
})

t.test('a body nested 100,000 levels deep is refused, unless in an unknown member', async (t) => {
  const { patch } = await runEmulator(t)
  for (const body of ['['.repeat(100_000), `${'['.repeat(100_000)}${']'.repeat(100_000)}`, '{"a":'.repeat(100_000)]) {
    t.match((await patch(documentedOrder, body)).body, { code: 800002 })
  }
  const inUnknownMember = `{"status":"none","unknown":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  t.match((await patch(documentedOrder, inUnknownMember)).body, { code: 0 })
})

t.test('a description has at most 1,024 characters', async (t) => {
  const { patch } = await runEmulator(t)
  const { body } = await patch(documentedOrder, { status: 'x'.repeat(5000) })
  t.match(body, { code: 0, description: /^.{1024}$/ })
})

t.test('every mistake of syntax of a body is in data, ten of them with their positions', async (t) => {
  const { patch } = await runEmulator(t)
  const bodies: readonly [body: string, data: string][] = [
    ['{"status": oops, "id": none}', 'InvalidSymbol at line 1, column 12; InvalidSymbol at line 1, column 24'],
    ['{"a" 1, "b" 2}', 'ColonExpected at line 1, column 6; ColonExpected at line 1, column 13'],
    ['{"a": 1 "b": 2 "c": 3}', 'CommaExpected at line 1, column 9; CommaExpected at line 1, column 16'],
    [`[${'no\n,'.repeat(12)}]`, `${Array.from({ length: 10 }, (_, at) => place(at)).join('; ')}; and 2 more`],
  ]
  for (const [body, mistakes] of bodies) {
    const reply = await patch(`${everyProduct}/orders/perpetualSoftware-completed-00001`, body)
    t.match(reply.body, { code: 800002, data: [`The body is not JSON: ${mistakes}.`] }, body)
  }
})

function place(line: number): string {
  return `InvalidSymbol at line ${line + 1}, column 2`
}

t.test('the message of the parser is in data and gives the position of the mistake', async (t) => {
  const { patch } = await runEmulator(t)
  const { body } = await patch(`${everyProduct}/orders/perpetualSoftware-completed-00001`, '{\n  "status": oops\n}')
  t.same(body, {
    code: 800002,
    description: 'Invalid request input',
    data: ['The body is not JSON: InvalidSymbol at line 2, column 13.'],
    source: 'PartnerFD',
  })
})
