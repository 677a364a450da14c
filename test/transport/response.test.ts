import t from 'tap'
import { exchange, readReply, requestText } from '../raw-socket.ts'
import { documentedOrder, everyProduct, runEmulator } from '../running-emulator.ts'

const ids = ['MS-RequestId: 655890BA-4d2b-4d09-a95f-4ea1348686a5', 'ms-correlationid: Not-A-Guid']
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function headerValue(headers: readonly string[], name: string): string | undefined {
  return headers.find((header) => header.startsWith(`${name}: `))?.slice(name.length + 2)
}

t.test('headers have the documented names, case and order', async (t) => {
  const { url } = await runEmulator(t)
  const { status, headers } = readReply(await exchange(url, requestText(`GET ${documentedOrder}`, ids)))
  t.equal(status, 200)
  t.same(
    headers.map((header) => header.replace(/:.*/, '')),
    [
      'Content-Length',
      'Content-Type',
      'MS-CorrelationId',
      'MS-RequestId',
      'MS-CV',
      'MS-ServerId',
      'X-Content-Type-Options',
      'Date',
      'Connection',
    ],
  )
  t.equal(headerValue(headers, 'Content-Type'), 'application/json; charset=utf-8')
  t.match(headerValue(headers, 'MS-CV'), /^[A-Za-z0-9+/]{16}\.0$/)
  t.match(headerValue(headers, 'MS-ServerId'), /^[0-9A-F]{8}$/)
})

/** A request for each kind of reply, and its status. */
const replies: readonly [what: string, status: number, line: string, headers?: string[], body?: string][] = [
  ['an order', 200, `GET ${documentedOrder}`],
  ['the head of an order', 200, `HEAD ${documentedOrder}`],
  ['a body that is not JSON', 400, `PATCH ${documentedOrder}`, [], '{'],
  ['a customer id that is not a GUID', 400, 'GET /v1/customers/x/orders/y'],
  ['a path that cannot be decoded', 400, 'GET /v1/customers/%zz'],
  ['a malformed token', 401, `GET ${documentedOrder}`, ['Authorization: Basic eDp5']],
  ['an unknown customer', 403, 'GET /v1/customers/99999999-0000-4000-8000-000000000000/orders/x'],
  ['an unknown order', 404, `GET ${everyProduct}/orders/x`],
  ['an order id of 2,000 characters', 404, `GET ${everyProduct}/orders/${'x'.repeat(2000)}`],
  ['an unknown route', 404, 'GET /v2'],
  ['a method that the route does not support', 404, `DELETE ${documentedOrder}`],
  ['a method that no route supports', 404, `PROPFIND ${documentedOrder}`],
  ['the allowed methods of a route', 204, `OPTIONS ${documentedOrder}`],
  ['a conflict', 409, `PATCH ${everyProduct}/orders/software-adjustment-pending-00001`, [], '{"status":"cancelled"}'],
  ['a body over 1 MiB', 413, `PATCH ${documentedOrder}`, [], 'x'.repeat(1024 * 1024 + 1)],
  ['health', 200, 'GET /_emulator/health'],
  ['an unknown control route', 404, 'GET /_emulator/nothing'],
]

t.test('every reply echoes the two ids unchanged', async (t) => {
  const { url } = await runEmulator(t)
  for (const [what, status, line, headers = [], body] of replies) {
    const reply = readReply(await exchange(url, requestText(line, [...ids, ...headers], body)))
    t.equal(reply.status, status, what)
    t.equal(headerValue(reply.headers, 'MS-RequestId'), '655890BA-4d2b-4d09-a95f-4ea1348686a5', what)
    t.equal(headerValue(reply.headers, 'MS-CorrelationId'), 'Not-A-Guid', what)
  }
})

t.test('every reply forbids a browser to guess its type', async (t) => {
  const { url } = await runEmulator(t)
  for (const [what, , line, headers, body] of replies) {
    const reply = readReply(await exchange(url, requestText(line, headers, body)))
    t.equal(headerValue(reply.headers, 'X-Content-Type-Options'), 'nosniff', what)
  }
  const garbage = readReply(await exchange(url, 'hello\r\n\r\n'))
  t.equal(headerValue(garbage.headers, 'X-Content-Type-Options'), 'nosniff')
})

t.test('every reply to a request without ids has new ids', async (t) => {
  const { url } = await runEmulator(t)
  for (const [what, , line, headers, body] of replies) {
    const reply = readReply(await exchange(url, requestText(line, headers, body)))
    t.match(headerValue(reply.headers, 'MS-RequestId'), guid, what)
    t.match(headerValue(reply.headers, 'MS-CorrelationId'), guid, what)
    t.not(headerValue(reply.headers, 'MS-RequestId'), headerValue(reply.headers, 'MS-CorrelationId'))
  }
})

t.test('an id with any bytes that a header can hold is echoed byte for byte', async (t) => {
  const { url } = await runEmulator(t)
  const odd = 'a\tb~é\xff"{}'
  const request = Buffer.from(requestText(`GET ${documentedOrder}`, [`MS-RequestId: ${odd}`]), 'latin1')
  t.equal(headerValue(readReply(await exchange(url, request)).headers, 'MS-RequestId'), odd)
})

t.test('with bom, orders start with a byte order mark and errors do not', async (t) => {
  const { url } = await runEmulator(t, { bom: true })
  const mark = Buffer.from([0xef, 0xbb, 0xbf])
  const order = readReply(await exchange(url, requestText(`GET ${documentedOrder}`)))
  t.same(order.body.subarray(0, 3), mark)
  t.equal(headerValue(order.headers, 'Content-Length'), '839', 'the length counts the mark')
  t.equal(JSON.parse(order.body.subarray(3).toString()).id, 'UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1')
  const cancelled = readReply(
    await exchange(url, requestText(`PATCH ${documentedOrder}`, [], '{"status":"cancelled"}')),
  )
  t.same(cancelled.body.subarray(0, 3), mark)
  const error = readReply(await exchange(url, requestText(`GET ${everyProduct}/orders/x`)))
  t.equal(error.body.subarray(0, 1).toString(), '{')
})

t.test('without bom, an order starts with a brace', async (t) => {
  const { url } = await runEmulator(t)
  t.equal(
    readReply(await exchange(url, requestText(`GET ${documentedOrder}`)))
      .body.subarray(0, 1)
      .toString(),
    '{',
  )
})

t.test("the gateway's 404 is byte for byte as observed", async (t) => {
  const { url } = await runEmulator(t)
  const { headers, body } = readReply(await exchange(url, requestText('GET /v1/nothing')))
  t.equal(body.toString(), '{ "statusCode": 404, "message": "Resource not found" }')
  t.equal(headerValue(headers, 'Content-Type'), 'application/json')
  t.equal(headerValue(headers, 'Content-Length'), '54')
})

t.test('the reply to HEAD has the headers of GET, but no body', async (t) => {
  const { url } = await runEmulator(t)
  const { headers, body } = readReply(await exchange(url, requestText(`HEAD ${documentedOrder}`)))
  t.equal(headerValue(headers, 'Content-Length'), '836')
  t.equal(body.length, 0)
})

t.test('malformed HTTP gets an error in the form of the gateway', async (t) => {
  const { url } = await runEmulator(t)
  const garbage = readReply(await exchange(url, 'hello\r\n\r\n'))
  t.equal(garbage.status, 400)
  t.same(JSON.parse(garbage.body.toString()), { statusCode: 400, message: 'Bad Request' })
  const longHead = requestText(`GET ${documentedOrder}`, [`X-Long: ${'x'.repeat(20_000)}`])
  t.equal(readReply(await exchange(url, longHead)).status, 431)
})
