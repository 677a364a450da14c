import { createConfig, lintFromString } from '@redocly/openapi-core'
import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { exchange, readReply, requestText } from '../raw-socket.ts'
import { documentedOrder, runEmulator } from '../running-emulator.ts'

/** Headers of a browser: for a fetch from another site, from the same site, from an old browser, and for the address bar. */
const fromOtherSite = ['Origin: https://evil.example', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: cors']
const fromSameSite = ['Origin: http://app.localhost:3000', 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors']
const oldBrowser = ['Origin: null']
const fromAddressBar = ['Sec-Fetch-Site: none', 'Sec-Fetch-Mode: navigate']

t.test('the control plane refuses pages of other sites', async (t) => {
  const { url, send } = await runEmulator(t)
  const status = async (line: string, headers: readonly string[]) =>
    readReply(await exchange(url, requestText(line, headers))).status
  for (const headers of [fromOtherSite, fromSameSite, oldBrowser]) {
    t.equal(await status('POST /_emulator/reset', headers), 403)
    t.equal(await status('GET /_emulator/state', headers), 403)
  }
  t.equal(await status('GET /_emulator/health', fromAddressBar), 200)
  t.equal(await status('GET /_emulator/health', ['Sec-Fetch-Site: same-origin']), 200)
  t.equal(
    (await send('/_emulator/health', { method: 'OPTIONS', headers: { Origin: 'https://evil.example' } })).headers.get(
      'Access-Control-Allow-Origin',
    ),
    null,
  )
})

t.test('the control plane refuses rebound hosts, the API accepts any host', async (t) => {
  const { url } = await runEmulator(t)
  const status = async (path: string, host: string) => {
    const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`
    return readReply(await exchange(url, request)).status
  }
  for (const host of ['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', 'localhost.evil.example']) {
    t.equal(await status('/_emulator/health', host), 403, host)
  }
  for (const host of ['localhost:8080', '127.0.0.1', 'emulator.localhost', '[::1]:8080']) {
    t.equal(await status('/_emulator/health', host), 200, host)
  }
  t.equal(await status(documentedOrder, 'api.partnercenter.microsoft.com'), 200)
})

t.test('the control plane requires its token, the API and the health route do not', async (t) => {
  const { url, send } = await runEmulator(t, { controlToken: 'sesame' })
  for (const headers of [{}, { 'X-Emulator-Control-Token': 'wrong' }, { Authorization: 'Bearer wrong!' }]) {
    const reply = await send('/_emulator/reset', { method: 'POST', headers })
    t.equal(reply.status, 401)
    t.match(reply.body, { error: /control token/, hint: /X-Emulator-Control-Token/ })
  }
  for (const headers of [{ 'X-Emulator-Control-Token': 'sesame' }, { Authorization: 'Bearer sesame' }]) {
    t.equal((await send('/_emulator/reset', { method: 'POST', headers })).status, 204)
  }
  t.equal((await send('/_emulator/health')).status, 200)
  t.equal((await send(documentedOrder)).status, 200)
  await t.resolves((await connectEmulator(url, { controlToken: 'sesame' })).reset())
  await t.rejects((await connectEmulator(url)).reset(), { name: 'EmulatorError', status: 401 })
})

t.test('the API sends no CORS headers', async (t) => {
  const { send } = await runEmulator(t)
  const reply = await send(documentedOrder, { headers: { Origin: 'https://evil.example' } })
  t.same(
    [...reply.headers.keys()].filter((name) => name.startsWith('access-control')),
    [],
  )
})

t.test('an unknown control route, a malformed body and a wrong method get a clear error', async (t) => {
  const { send } = await runEmulator(t)
  const json = { 'Content-Type': 'application/json' }
  const replies = [
    await send('/_emulator/nothing'),
    await send('/_emulator/clock', { method: 'PUT', headers: json, body: '{' }),
    await send('/_emulator/clock', { method: 'PUT', headers: { 'Content-Type': 'text/xml' }, body: '<now/>' }),
    await send('/_emulator/reset'),
  ]
  t.same(
    replies.map(({ status }) => status),
    [404, 400, 415, 404],
  )
  for (const { body } of replies) t.match(body, { error: String, hint: String })
})

t.test('the control-plane document passes a linter', async (t) => {
  const { send } = await runEmulator(t)
  const { text, body } = await send('/_emulator/control.json')
  t.match(body, { openapi: /^3\.1/, paths: { '/_emulator/faults': {}, '/_emulator/requests/verify': {} } })
  const config = await createConfig({ extends: ['recommended'] })
  const problems = await lintFromString({ source: text, absoluteRef: 'control.json', config })
  t.same(
    problems.map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0]?.pointer })),
    [],
  )
})
