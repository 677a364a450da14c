import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import t from 'tap'
import { TokenIssuer } from '../../../src/partner-center/tokens/issuer.ts'
import { documentedOrder, type RunningEmulator, runEmulator } from '../../running-emulator.ts'

const tenant = '9e0c1f4a-5a0b-4b1e-9d3a-6f7c2d8e4b10'
const other = '11111111-2222-4333-8444-555555555555'
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

const ask = async ({ send }: RunningEmulator, path: string, fields: Record<string, string>) =>
  send(path, { method: 'POST', headers: form, body: new URLSearchParams(fields).toString() })

const appOnly = { grant_type: 'client_credentials', client_id: 'my-app', client_secret: 'x' }

t.test('the v1 route sends numbers as strings, the v2 route as numbers', async (t) => {
  const emulator = await runEmulator(t)
  const v1 = await ask(emulator, `/${tenant}/oauth2/token`, {
    ...appOnly,
    resource: 'https://api.partnercenter.microsoft.com',
  })
  t.equal(v1.status, 200)
  t.match(v1.body, {
    token_type: 'Bearer',
    expires_in: '3600',
    expires_on: /^\d+$/,
    resource: 'https://api.partnercenter.microsoft.com',
  })
  t.equal(v1.headers.get('Cache-Control'), 'no-cache, no-store')
  const scope = 'https://api.partnercenter.microsoft.com/.default'
  const v2 = await ask(emulator, `/${tenant}/oauth2/v2.0/token`, { ...appOnly, scope })
  t.match(v2.body, { expires_in: 3600, resource: 'https://api.partnercenter.microsoft.com' })
})

t.test('tokens have the claims of real tokens, and a client can verify them through discovery', async (t) => {
  const emulator = await runEmulator(t)
  const { text } = await ask(emulator, `/${tenant}/oauth2/token`, {
    grant_type: 'refresh_token',
    client_id: 'my-app',
    refresh_token: 'r',
  })
  const { access_token, refresh_token } = JSON.parse(text)
  t.equal(refresh_token, 'r')
  const discovery = JSON.parse((await emulator.send(`/${tenant}/v2.0/.well-known/openid-configuration`)).text)
  const keys = createRemoteJWKSet(new URL(discovery.jwks_uri))
  const { payload } = await jwtVerify(access_token, keys, { issuer: discovery.issuer })
  t.match(payload, {
    aud: 'https://api.partnercenter.microsoft.com',
    iss: `https://sts.windows.net/${tenant}/`,
    tid: tenant,
    appid: 'my-app',
    appidacr: '1',
    ver: '1.0',
    upn: String,
    scp: 'user_impersonation',
    exp: Number,
  })
})

t.test('an invalid grant gets an error in the format of Entra', async (t) => {
  const emulator = await runEmulator(t)
  for (const fields of [{}, { grant_type: 'magic', client_id: 'x' }, { grant_type: 'client_credentials' }]) {
    const reply = await ask(emulator, `/${tenant}/oauth2/token`, fields)
    t.equal(reply.status, 400)
    t.match(reply.body, {
      error: /^(invalid_request|unsupported_grant_type)$/,
      error_description: /^AADSTS\d+: .*\r\nTrace ID: /,
      error_codes: [Number],
      trace_id: String,
    })
  }
})

t.test('the scope of a token request is read in linear time', async (t) => {
  const emulator = await runEmulator(t)
  const scopes = ['/.default', '/user_impersonation'].map((end) => `${end.repeat(60_000 / end.length)}\n`)
  const start = performance.now()
  for (const scope of scopes) await ask(emulator, `/${tenant}/oauth2/v2.0/token`, { ...appOnly, scope })
  t.ok(performance.now() - start < 500)
  for (const [scope, resource] of [
    ['https://graph.windows.net/.default offline_access', 'https://graph.windows.net'],
    ['https://graph.windows.net/user_impersonation', 'https://graph.windows.net'],
    ['https://graph.windows.net', 'https://graph.windows.net'],
    ['/.default', 'https://api.partnercenter.microsoft.com'],
  ] as const) {
    t.match((await ask(emulator, `/${tenant}/oauth2/v2.0/token`, { ...appOnly, scope })).body, { resource }, scope)
  }
})

const routes = [`/${tenant}/oauth2/token`, `/${tenant}/oauth2/v2.0/token`, '/generatetoken', '/v3/generatetoken']

const forms: readonly [what: string, fields: Record<string, string>, mistake: RegExp | undefined][] = [
  ['the longest secret', { client_secret: 'x'.repeat(16_384) }, undefined],
  ['a secret over the limit', { client_secret: 'x'.repeat(16_385) }, /parameter 'client_secret' is longer than 16384/],
  ['a client id over the limit', { client_id: 'x'.repeat(1025) }, /parameter 'client_id' is longer than 1024/],
  ['a scope over the limit', { scope: 'x'.repeat(1025) }, /parameter 'scope' is longer than 1024/],
  ['a name over the limit', { ['x'.repeat(16_385)]: '' }, /name of a parameter is longer than 16384/],
  ['a body over the limit', { scope: 'x'.repeat(180_000) }, /body is longer than 65536/],
]

t.test('a token request over a limit gets 400 in the form of Entra', async (t) => {
  const emulator = await runEmulator(t)
  for (const route of routes) {
    for (const [what, fields, mistake] of forms) {
      const { status, body } = await ask(emulator, route, { ...appOnly, ...fields })
      t.equal(status, mistake === undefined ? 200 : 400, `${route}: ${what}`)
      if (mistake !== undefined)
        t.match(body, { error: 'invalid_request', error_description: mistake, error_codes: [90013] })
    }
  }
})

t.test('a token with the longest fields fits into the headers of a request', async (t) => {
  const emulator = await runEmulator(t, { auth: 'strict' })
  const longest = '€'.repeat(1024)
  const fields = { grant_type: 'password', client_id: longest, username: longest, resource: longest }
  const { text } = await ask(emulator, `/${tenant}/oauth2/token`, fields)
  const headers = { Authorization: `Bearer ${JSON.parse(text).access_token}` }
  t.match((await emulator.send(documentedOrder, { headers })).body, { code: '900420' })
})

t.test('auth=strict accepts only tokens that this emulator has issued for Partner Center', async (t) => {
  const emulator = await runEmulator(t, { auth: 'strict' })
  const stranger = await runEmulator(t)
  const tokenOf = async (from: RunningEmulator, fields: Record<string, string>) =>
    JSON.parse((await ask(from, `/${tenant}/oauth2/token`, fields)).text).access_token
  const own = await tokenOf(emulator, appOnly)
  const statusWith = async (token: string) =>
    (await emulator.send(documentedOrder, { headers: { Authorization: `Bearer ${token}` } })).status

  t.equal(await statusWith(own), 200)
  t.equal(await statusWith('emulator-development-token'), 200)
  t.equal((await emulator.send(documentedOrder)).status, 401)
  for (const token of ['x', await tokenOf(stranger, appOnly), `${own}x`, own.replace(/\.[^.]+$/, '.')]) {
    t.equal(await statusWith(token), 401, token)
  }
  const audience = await emulator.send(documentedOrder, {
    headers: {
      Authorization: `Bearer ${await tokenOf(emulator, { ...appOnly, resource: 'https://graph.windows.net' })}`,
    },
  })
  t.match(audience.body, { code: '900420', description: /^The audience 'https:\/\/graph\.windows\.net'/ })
  t.match(audience.headers.get('WWW-Authenticate'), /^OAuth realm=urn:cpsvc:cpid:/)
})

t.test('the provisioning status needs a token for an app and a user', async (t) => {
  const emulator = await runEmulator(t, { auth: 'strict' })
  for (const [grant_type, status] of [
    ['client_credentials', 403],
    ['password', 200],
  ] as const) {
    const { text } = await ask(emulator, `/${tenant}/oauth2/token`, { ...appOnly, grant_type, username: 'me' })
    const headers = { Authorization: `Bearer ${JSON.parse(text).access_token}` }
    t.equal((await emulator.send(`${documentedOrder}/provisioningstatus`, { headers })).status, status, grant_type)
  }
})

t.test('generatetoken exchanges an Azure AD Graph token for a Partner Center token', async (t) => {
  const emulator = await runEmulator(t, { auth: 'strict' })
  const { text } = await ask(emulator, `/${tenant}/oauth2/token`, { ...appOnly, resource: 'https://graph.windows.net' })
  const headers = { ...form, Authorization: `Bearer ${JSON.parse(text).access_token}` }
  for (const path of ['/generatetoken', '/v3/generatetoken']) {
    const exchanged = await emulator.send(path, { method: 'POST', headers, body: 'grant_type=jwt_token' })
    t.match(exchanged.body, { token_type: 'bearer', expires_in: 3600 })
    const { access_token } = JSON.parse(exchanged.text)
    t.match(decodeJwt(access_token), { aud: 'https://api.partnercenter.microsoft.com', tid: tenant, appid: 'my-app' })
    t.equal(
      (await emulator.send(documentedOrder, { headers: { Authorization: `Bearer ${access_token}` } })).status,
      200,
    )
  }
})

t.test("a token for another tenant selects that tenant's account, with its own orders", async (t) => {
  const emulator = await runEmulator(t)
  const { text } = await ask(emulator, `/${other}/oauth2/token`, appOnly)
  const headers = { Authorization: `Bearer ${JSON.parse(text).access_token}` }
  t.match((await emulator.patch(documentedOrder, { status: 'cancelled' }, headers)).body, { status: 'cancelled' })
  t.match(
    (await emulator.send(documentedOrder)).body,
    { status: 'completed' },
    'the order of the default account is unchanged',
  )
  t.match((await emulator.send(documentedOrder, { headers })).body, { status: 'cancelled' })
  const stranger = await emulator.send('/v1/customers/99999999-0000-4000-8000-000000000000', { headers })
  t.match(stranger.body, { description: new RegExp(`^The partner id ${other} has no`) })
})

/** Where a token comes from, the path and the headers of a request with it, and the status. `@`: the path of the API. */
const openings: readonly [from: string, path: string, headers: Record<string, string>, status: number][] = [
  [`/${other}`, '@', {}, 200],
  [`/${other}`, `/accounts/${other}@`, {}, 200],
  ['/worker-1', '/accounts/worker-1@', {}, 200],
  ['/worker-1', '/accounts/Worker-1@', {}, 200],
  [`/${tenant}`, '/accounts/worker-1@', {}, 200],
  [`/accounts/worker-1/${other}`, '/accounts/worker-1@', {}, 200],
  [`/${other}`, '/accounts/worker-1@', {}, 401],
  [`/${other}`, '@', { 'X-Emulator-Account': 'worker-1' }, 401],
  [`/${other}`, '@', { 'X-Emulator-Account': 'default' }, 401],
  [`/${tenant}`, `/accounts/${other}@`, {}, 401],
  ['/worker-2', '/accounts/worker-1@', {}, 401],
  [`/accounts/worker-2/${other}`, '/accounts/worker-1@', {}, 401],
]

t.test('auth=strict refuses a token of one tenant for the account of another', async (t) => {
  const emulator = await runEmulator(t, { auth: 'strict' })
  for (const [from, path, headers, status] of openings) {
    const { text } = await ask(emulator, `${from}/oauth2/token`, appOnly)
    const Authorization = `Bearer ${JSON.parse(text).access_token}`
    const reply = await emulator.send(path.replace('@', documentedOrder), { headers: { ...headers, Authorization } })
    t.equal(reply.status, status, `${from} at ${path} ${JSON.stringify(headers)}`)
    if (status === 401) t.match(reply.headers.get('X-Emulator-Hint'), /^the token is for tenant .*, not for account /)
  }
})

t.test('a token expires after an hour', async (t) => {
  const issuer = new TokenIssuer()
  const subject = {
    tenantId: tenant,
    appId: 'my-app',
    audience: 'https://api.partnercenter.microsoft.com',
    user: undefined,
  }
  const token = await issuer.issue(subject, 0)
  t.same(await issuer.check(token, 3599 * 1000), { subject })
  t.same(await issuer.check(token, 3601 * 1000), { wrong: 'expired' })
})
