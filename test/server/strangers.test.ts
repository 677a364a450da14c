import { Writable } from 'node:stream'
import { pino } from 'pino'
import t from 'tap'
import { buildEmulator } from '../../src/emulator.ts'
import { type Options, readOptions } from '../../src/options.ts'
import { exchange, readReply } from '../raw-socket.ts'
import { documentedOrder, runEmulator } from '../running-emulator.ts'

const health = '/_emulator/health'
const tokenRoute = '/contoso/oauth2/token'

async function ask(url: string, line: string, headers: readonly string[], body = '') {
  const lines = [`${line} HTTP/1.1`, ...headers, 'Connection: close', `Content-Length: ${body.length}`]
  return readReply(await exchange(url, `${lines.join('\r\n')}\r\n\r\n${body}`))
}

/** Hosts, and whether the control plane and the API accept them. */
type Host = readonly [host: string, control: boolean, api: boolean]

/** Hosts that are the same wherever the emulator listens. */
const everywhere: readonly Host[] = [
  ['localhost:8080', true, true],
  ['LOCALHOST', true, true],
  ['127.0.0.1', true, true],
  ['emulator.localhost', true, true],
  ['[::1]:8080', true, true],
  ['ci.example:8080', true, true],
  ['CI.Example', true, true],
  ['evil.example', false, false],
  ['evil.example:8080', false, false],
  ['127.0.0.1.evil.example', false, false],
  ['localhost.evil.example', false, false],
  ['evilci.example', false, false],
  ['evil.ci.example', false, false],
  ['evil.', false, false],
  ['api.partnercenter.microsoft.com', false, true],
  ['login.microsoftonline.com:443', false, true],
]

const listeners: readonly { host: string; hosts: readonly Host[] }[] = [
  {
    host: '127.0.0.1',
    hosts: [
      ...everywhere,
      ['partner-center:8080', false, true],
      ['192.0.2.7:8080', false, true],
      ['[2001:db8::7]', false, true],
    ],
  },
  {
    host: '0.0.0.0',
    hosts: [
      ...everywhere,
      ['partner-center:8080', true, true],
      ['192.0.2.7:8080', true, true],
      ['[2001:db8::7]', true, true],
    ],
  },
]

for (const { host, hosts } of listeners) {
  t.test(`an emulator that listens on ${host} refuses rebound hosts`, async (t) => {
    const { url } = await runEmulator(t, { host, allowedHosts: ['ci.example'] })
    for (const [name, control, api] of hosts) {
      t.equal((await ask(url, `GET ${health}`, [`Host: ${name}`])).status, control ? 200 : 403, `control ${name}`)
      t.equal((await ask(url, `GET ${documentedOrder}`, [`Host: ${name}`])).status, api ? 200 : 403, `API ${name}`)
      const form = 'grant_type=client_credentials&client_id=x'
      t.equal((await ask(url, `POST ${tokenRoute}`, [`Host: ${name}`], form)).status, api ? 200 : 403, `token ${name}`)
    }
  })
}

t.test('no spelling of its path opens the control plane to a host of the API alone', async (t) => {
  const { url } = await runEmulator(t)
  const spellings = [
    '/_emulator',
    '//_emulator',
    '/_EMULATOR',
    '/%5Femulator',
    '/%5fEmulator/',
    '/accounts/a//_emulator',
  ]
  for (const path of spellings) {
    for (const host of ['partner-center', 'api.partnercenter.microsoft.com']) {
      const { status, body } = await ask(url, `GET ${path}/state`, [`Host: ${host}`])
      t.equal(status, 403, `${path} of ${host}`)
      t.match(JSON.parse(body.toString()), { error: String, hint: String })
    }
  }
})

t.test('any host is good with the control token', async (t) => {
  const { url } = await runEmulator(t, { host: '0.0.0.0', controlToken: 'sesame' })
  for (const path of ['/_emulator/state', documentedOrder]) {
    const statusWith = async (...headers: string[]) =>
      (await ask(url, `GET ${path}`, ['Host: evil.example', ...headers])).status
    t.equal(await statusWith('X-Emulator-Control-Token: sesame'), 200, path)
    t.equal(await statusWith('X-Emulator-Control-Token: guess'), 403, path)
    t.equal(await statusWith(), 403, path)
  }
})

t.test('without a control token, no token opens a rebound host', async (t) => {
  const { url } = await runEmulator(t, { host: '0.0.0.0' })
  for (const header of ['X-Emulator-Control-Token: any', 'Authorization: Bearer any']) {
    t.equal((await ask(url, 'GET /_emulator/state', ['Host: evil.example', header])).status, 403)
  }
})

/** Headers of browsers and their proxies, and whether the request is one of another site. */
const browsers: readonly [what: string, headers: readonly string[], foreign: boolean][] = [
  ['a fetch of another site', ['Origin: https://evil.example', 'Sec-Fetch-Site: cross-site'], true],
  ['a link on another site', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate'], true],
  ['another port of the same site', ['Origin: http://localhost:3000', 'Sec-Fetch-Site: same-site'], true],
  ['an old browser', ['Origin: https://evil.example'], true],
  ['a sandboxed frame in an old browser', ['Origin: null'], true],
  ['the address bar', ['Sec-Fetch-Site: none', 'Sec-Fetch-Mode: navigate'], false],
  ['a page of the emulator', ['Origin: http://localhost', 'Sec-Fetch-Site: same-origin'], false],
  ['a page of the emulator in an old browser', ['Origin: http://localhost'], false],
  [
    'a development proxy that changes the host',
    ['Origin: http://localhost:5173', 'Sec-Fetch-Site: same-origin'],
    false,
  ],
  ['a client that is not a browser', [], false],
]

/** A request of each kind of route, and its status for a welcome client. */
const requests: readonly [line: string, body: string, status: number][] = [
  ['POST /_emulator/reset', '', 204],
  [`GET ${health}`, '', 200],
  [`GET ${documentedOrder}`, '', 200],
  ['GET /v1/nothing', '', 404],
  [`POST ${tokenRoute}`, 'grant_type=client_credentials&client_id=x', 200],
  ['POST /generatetoken', 'grant_type=jwt_token', 200],
]

t.test('pages of other sites are refused on every route', async (t) => {
  const { url } = await runEmulator(t)
  for (const [what, headers, foreign] of browsers) {
    for (const [line, body, status] of requests) {
      const reply = await ask(url, line, ['Host: localhost', ...headers], body)
      t.equal(reply.status, foreign ? 403 : status, `${what}: ${line}`)
    }
  }
})

t.test('a form of another site creates neither an order nor an account', async (t) => {
  const { url, send } = await runEmulator(t)
  const customer = '/v1/customers/10000000-0000-4000-8000-000000000003'
  const order = '{"lineItems":[{"lineItemNumber":0,"offerId":"DG7GMGF0DWT0:0001:DG7GMGF0DSQR","quantity":1}]}'
  const post = (headers: readonly string[]) =>
    ask(
      url,
      `POST /accounts/shop${customer}/orders`,
      ['Host: localhost', 'Content-Type: text/plain', ...headers],
      order,
    )
  t.equal((await post(['Origin: https://evil.example', 'Sec-Fetch-Site: cross-site'])).status, 403)
  t.same(
    Object(await (await send('/_emulator/accounts')).body).map(({ name }: { name: string }) => name),
    ['default'],
  )
  t.equal((await post([])).status, 201, 'a client that is not a browser may send the same request')
})

t.test('a refusal has the form of the gateway, and that of the control plane there', async (t) => {
  const { url } = await runEmulator(t)
  const api = await ask(url, `GET ${documentedOrder}`, ['Host: evil.example:8080'])
  t.equal(api.body.toString(), '{ "statusCode": 403, "message": "The host evil.example:8080 is not this machine." }')
  const hint = 'ask http://127.0.0.1 or http://localhost, or add evil.example to --allowed-hosts (ALLOWED_HOSTS)'
  t.ok(api.headers.includes(`X-Emulator-Hint: ${hint}`))
  t.ok(api.headers.some((header) => header.startsWith('MS-RequestId: ')))
  const control = await ask(url, `GET ${health}`, ['Host: evil.example'])
  t.same(JSON.parse(control.body.toString()), { error: 'The host evil.example is not this machine.', hint })
})

/** Starts an emulator, and returns its warnings. */
async function warningsOf(options: Partial<Options>): Promise<string[]> {
  const lines: string[] = []
  const logger = pino(
    { level: 'warn' },
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(JSON.parse(String(chunk)).msg)
        done()
      },
    }),
  )
  const emulator = buildEmulator({ ...readOptions({}, {}), port: 0, ...options }, { logger, requestLogLevel: 'debug' })
  await emulator.listen()
  await emulator.close()
  return lines
}

t.test('a warning says that the emulator is open to the network', async (t) => {
  t.match(await warningsOf({ host: '0.0.0.0' }), [/^anyone who reaches this address .* --control-token/])
  t.same(await warningsOf({ host: '0.0.0.0', controlToken: 'sesame' }), [])
  for (const host of ['127.0.0.1', 'localhost']) t.same(await warningsOf({ host }), [])
})
