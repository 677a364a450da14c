import { createConfig, lintFromString } from '@redocly/openapi-core'
import t from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { documentedOrder, runEmulator } from '../running-emulator.ts'

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

t.test('no route sends CORS headers', async (t) => {
  const { url } = await runEmulator(t)
  const headers = { Origin: url, 'Access-Control-Request-Method': 'PATCH' }
  for (const path of [documentedOrder, '/_emulator/health']) {
    for (const method of ['GET', 'OPTIONS']) {
      const reply = await fetch(`${url}${path}`, { method, headers })
      t.same(
        [...reply.headers.keys()].filter((name) => name.startsWith('access-control')),
        [],
      )
    }
  }
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
