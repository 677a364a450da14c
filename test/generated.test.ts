import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import t from 'tap'
import { generatedFiles } from '../scripts/generate/files.ts'
import { packageRoot } from '../src/version.ts'
import { runEmulator } from './running-emulator.ts'

const textOf = (path: string) => readFileSync(new URL(path, packageRoot), 'utf8')

for (const { path, make } of generatedFiles) {
  t.test(`${path} matches the output of "npm run generate"`, async (t) => {
    t.equal(textOf(path), await make())
  })
}

t.test('the published schemas accept the built-in fixtures and reject an unknown member', async (t) => {
  for (const name of ['catalog', 'customers', 'orders']) {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const validate = ajv.compile(JSON.parse(textOf(`fixtures/${name}.schema.json`)))
    const content = JSON.parse(textOf(`fixtures/${name}.json`))
    t.ok(validate(content), name, { errors: validate.errors })
    t.notOk(validate({ ...content, mistake: true }))
  }
})

t.test('the published schema accepts the state of an account', async (t) => {
  const { send } = await runEmulator(t)
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(textOf('fixtures/state.schema.json')))
  const { body } = await send('/_emulator/state')
  t.ok(validate(body), 'the state', { errors: validate.errors })
  t.notOk(validate({ ...Object(body), version: 2 }))
})
