import t from 'tap'
import { exchange, readReply, requestText } from '../raw-socket.ts'
import { documentedOrder, runEmulator } from '../running-emulator.ts'

const order = documentedOrder.slice('/v1'.length)

/** Requests that may lack a body, and the status of the reply without one. */
const routes: readonly [request: string, status: number][] = [
  ['GET /_emulator/health', 200],
  ['GET /_emulator/openapi.json', 200],
  ['GET /_emulator/accounts', 200],
  ['GET /_emulator/accounts/default', 200],
  ['PUT /_emulator/accounts/default', 400],
  ['DELETE /_emulator/accounts/default', 204],
  ['POST /_emulator/reset', 204],
  ['POST /_emulator/reset?all=true', 204],
  ['GET /_emulator/state', 200],
  ['PUT /_emulator/state', 400],
  ['PUT /_emulator/snapshots/one', 200],
  ['GET /_emulator/snapshots', 200],
  ['GET /_emulator/snapshots/one', 200],
  ['POST /_emulator/snapshots/one/restore', 204],
  ['DELETE /_emulator/snapshots/none', 404],
  ['GET /_emulator/clock', 200],
  ['PUT /_emulator/clock', 400],
  ['GET /_emulator/faults', 200],
  ['PUT /_emulator/faults', 400],
  ['DELETE /_emulator/faults', 204],
  ['GET /_emulator/requests', 200],
  ['DELETE /_emulator/requests', 204],
  ['POST /_emulator/requests/verify', 400],
  ['HEAD /_emulator/requests/stream', 200],
  [`PUT /_emulator${order}/status`, 400],
  ['POST /_emulator/nothing', 404],
  ['POST /tenant/oauth2/token', 400],
  ['POST /tenant/oauth2/v2.0/token', 400],
  ['POST /generatetoken', 200],
  ['POST /v3/generatetoken', 200],
  [`PATCH ${documentedOrder}`, 400],
  [`POST ${documentedOrder}/attachment`, 400],
  ['OPTIONS /v1/customers', 204],
  ['POST /nothing', 404],
]

const json = 'Content-Type: application/json'

/** The forms of a request without a body. */
const forms: readonly [headers: string[], body: string][] = [
  [[], ''],
  [[json], ''],
  [['Content-Length: 0'], ''],
  [['Content-Length: 00'], ''],
  [[json, 'Content-Length: 0'], ''],
  [['Content-Type: multipart/form-data; boundary=x'], ''],
  [['Content-Type: application/x-collected', 'Content-Length: 0'], ''],
  [['Content-Type: nonsense'], ''],
  [[json, 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
]

t.test('a request without a body gets the same reply, whatever its Content-Type and Content-Length', async (t) => {
  const { url } = await runEmulator(t)
  for (const [request, expected] of routes) {
    for (const [headers, body] of forms) {
      const reply = readReply(await exchange(url, requestText(request, headers) + body))
      t.equal(reply.status, expected, `${request} with ${headers.join(', ') || 'neither'}`)
    }
  }
})

t.test('a control body without a Content-Type is JSON', async (t) => {
  const { url } = await runEmulator(t)
  const requests: readonly [request: string, body: string, status: number][] = [
    ['PUT /_emulator/clock', '{"frozen": true}', 200],
    ['PUT /_emulator/accounts/other', '{"kind": "production"}', 200],
    ['PUT /_emulator/faults', '[{"operation": "getOrder", "status": 503}]', 200],
    ['POST /_emulator/requests/verify', '{"match": {}, "count": 0}', 200],
    ['PUT /_emulator/clock', 'nonsense', 400],
  ]
  for (const [request, body, status] of requests)
    t.equal(readReply(await exchange(url, requestText(request, [], body))).status, status, `${request} ${body}`)
  const empty = requestText('PUT /_emulator/clock', ['Content-Type: '], '{"frozen": true}')
  t.equal(readReply(await exchange(url, empty)).status, 200, 'an empty Content-Type')
  const chunked = requestText('PUT /_emulator/clock', ['Transfer-Encoding: chunked'])
  t.equal(readReply(await exchange(url, `${chunked}10\r\n{"frozen": true}\r\n0\r\n\r\n`)).status, 200)
})

t.test('a control body may have comments and trailing commas', async (t) => {
  const { url } = await runEmulator(t)
  const text = requestText('PUT /_emulator/clock', [json], '{ "frozen": true, /* from now on */ }')
  t.match(readReply(await exchange(url, text)).body.toString(), /"frozen":true/)
})

const manyMembers = JSON.stringify(Object.fromEntries(Array.from({ length: 12 }, (_, place) => [`h${place}`, place])))

/** Control bodies with several mistakes, and the error. */
const mistakes: readonly [what: string, request: string, body: string, error: RegExp][] = [
  [
    'mistakes of syntax',
    'PUT /_emulator/clock',
    '{\n  "frozen": maybe,\n  "now": later\n}',
    /^The body is not JSON: InvalidSymbol at line 2, column 13; InvalidSymbol at line 3, column 10\.$/,
  ],
  [
    'thirteen mistakes of syntax',
    'PUT /_emulator/faults',
    `[${'no,'.repeat(13)}]`,
    /^The body is not JSON: (InvalidSymbol at line 1, column \d+; ){10}and 3 more\.$/,
  ],
  [
    'a mistake of syntax in a body over 1 MiB',
    'PUT /_emulator/state',
    `["${'x'.repeat(1024 * 1024)}", no, no]`,
    /^The body is not JSON: Unexpected token/,
  ],
  [
    'mistakes of schema',
    'PUT /_emulator/clock',
    '{"frozen": 1, "now": "later", "x": 2}',
    /^body\/now: Invalid ISO datetime; body\/frozen: .*expected boolean.*; body: Unrecognized key: "x"$/,
  ],
  [
    'twelve mistakes of schema',
    'PUT /_emulator/faults',
    `[{"operation": "getOrder", "status": 503, "match": {"headers": ${manyMembers}}}]`,
    /^body\/0\/match\/headers\/h0: .*; body\/0\/match\/headers\/h9: [^;]*; and 2 more$/,
  ],
  [
    'values of the wrong kind for durations',
    'PUT /_emulator/faults',
    '[{"operation": "getOrder", "delay": 5}, {"operation": "getOrder", "delay": ["PT1S"]}]',
    /^body\/0\/delay: a duration such as PT0.5S, two as a range, or released; body\/1\/delay: a duration/,
  ],
  [
    'a fulfilment delay of the wrong kind',
    'PUT /_emulator/accounts/other',
    '{"fulfilmentDelay": 5}',
    /^body\/fulfilmentDelay: a duration such as PT15M, or manual$/,
  ],
  [
    'mistakes of the settings in a state',
    'PUT /_emulator/state',
    '{"version": 1, "settings": {"kind": "moon", "rules": "1999"}}',
    /^settings: kind: .*; rules: /,
  ],
]

t.test('every mistake of a control body is listed', async (t) => {
  const { send } = await runEmulator(t)
  for (const [what, request, body, error] of mistakes) {
    const [method = '', path = ''] = request.split(' ')
    const reply = await send(path, { method, headers: { 'Content-Type': 'application/json' }, body })
    t.equal(reply.status, 400, what)
    t.match(reply.body, { error }, what)
  }
})

t.test('a path that cannot be decoded gets an error of the control plane', async (t) => {
  const { url } = await runEmulator(t)
  const reply = readReply(await exchange(url, requestText('PUT /_emulator/customers/%ff/orders/x/status', [], '{}')))
  t.equal(reply.status, 400)
  t.match(JSON.parse(reply.body.toString()), { error: /%ff/, hint: String })
})

/** Routes outside the customers of `/v1`, and an upload, which is read by its Content-Type. */
const otherRoutes = ['POST /nothing', 'POST /v1/nothing', 'POST /generatetoken', `POST ${documentedOrder}/attachment`]

t.test('no Content-Type avoids the limit of a body', async (t) => {
  const { url } = await runEmulator(t)
  for (const request of otherRoutes) {
    const large = 'x'.repeat(1024 * 1024 + 1)
    const typed = requestText(request, ['Content-Type: application/x-collected'], large)
    t.equal(readReply(await exchange(url, typed)).status, 413, request)
  }
})

t.test('a form of curl -d without a header is refused with a hint that names the header', async (t) => {
  const { send } = await runEmulator(t)
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const { status, body } = await send('/_emulator/clock', { method: 'PUT', headers, body: '{"frozen":true}' })
  t.equal(status, 415)
  t.match(body, { hint: /'Content-Type: application\/json'/ })
})

t.test('a long body that is not JSON is refused with its first mistakes, before all of it is read', async (t) => {
  const { send } = await runEmulator(t)
  const headers = { 'Content-Type': 'application/json' }
  const { status, body } = await send('/_emulator/clock', { method: 'PUT', headers, body: 'a '.repeat(500_000) })
  t.equal(status, 400)
  t.match(body, { error: /InvalidSymbol at line 1, column 1.*; and mistakes after that/ })
})
