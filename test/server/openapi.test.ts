import { createConfig, lintFromString } from '@redocly/openapi-core'
import t from 'tap'
import { parse } from 'yaml'
import { runEmulator } from '../running-emulator.ts'

t.test('the document is served in JSON and in YAML, and both say the same', async (t) => {
  const { send } = await runEmulator(t)
  const json = await send('/_emulator/openapi.json')
  t.equal(json.status, 200)
  t.equal(json.headers.get('Content-Type'), 'application/json; charset=utf-8')
  t.match(json.body, { openapi: /^3\.1/ })
  const yaml = await send('/_emulator/openapi.yaml')
  t.match(yaml.headers.get('Content-Type'), /^application\/yaml/)
  t.same(parse(yaml.text), json.body)
})

t.test('a validator and linter finds nothing wrong with it', async (t) => {
  const { send } = await runEmulator(t)
  const { text } = await send('/_emulator/openapi.yaml')
  const config = await createConfig({ extends: ['recommended'], rules: { 'no-server-example.com': 'off' } })
  const problems = await lintFromString({ source: text, absoluteRef: 'openapi.yaml', config })
  t.same(
    problems.map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0]?.pointer })),
    [],
  )
})
