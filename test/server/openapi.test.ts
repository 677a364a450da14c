import { readFileSync } from 'node:fs'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import t from 'tap'
import { parse } from 'yaml'
import { packageRoot } from '../../src/version.ts'
import { runEmulator } from '../running-emulator.ts'

const textOf = (path: string) => readFileSync(new URL(path, packageRoot), 'utf8')

const documents = [
  { file: 'openapi.yaml', json: 'docs/api/openapi.json' },
  { file: 'docs/api/control.json', json: 'docs/api/control.json' },
] as const

t.test('the served documents are the published files', async (t) => {
  const { send } = await runEmulator(t)
  for (const [path, file, type] of [
    ['openapi.json', 'docs/api/openapi.json', 'application/json; charset=utf-8'],
    ['openapi.yaml', 'openapi.yaml', 'application/yaml; charset=utf-8'],
    ['control.json', 'docs/api/control.json', 'application/json; charset=utf-8'],
  ] as const) {
    const { status, headers, text } = await send(`/_emulator/${path}`)
    t.equal(status, 200)
    t.equal(headers.get('Content-Type'), type)
    t.equal(text, textOf(file), path)
  }
})

t.test('openapi.yaml has the content of openapi.json, in fewer than 100 lines an operation', async (t) => {
  const yaml = textOf('openapi.yaml')
  t.same(parse(yaml), JSON.parse(textOf('docs/api/openapi.json')))
  const lines = yaml.split('\n').length
  const operations = yaml.split('operationId: ').length - 1
  t.ok(lines < 100 * operations, `${lines} lines, ${operations} operations`)
})

for (const { file, json } of documents) {
  t.test(`${file} passes the recommended rules of Redocly`, async (t) => {
    const config = await createConfig({ extends: ['recommended'] })
    const problems = await lintFromString({ source: textOf(file), absoluteRef: file, config })
    t.same(
      problems.map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0]?.pointer })),
      [],
    )
  })

  t.test(`${file}: every property, parameter and header has a description`, async (t) => {
    const document: Document = JSON.parse(textOf(json))
    t.same(undescribed(document, document), [])
    const { parameters, headers, responses } = document.components
    for (const [name, part] of Object.entries({ ...parameters, ...headers, ...responses })) {
      t.match(part, { description: /\S/ }, name)
    }
  })

  t.test(`${file}: request bodies and successful replies have examples that match their schemas`, async (t) => {
    const document: Document = JSON.parse(textOf(json))
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    ajv.addSchema(document, 'document')
    for (const { place, media } of mediaOf(document)) {
      const examples = examplesOf(document, media)
      t.ok(examples.length > 0, `${place} has an example`)
      const validate = ajv.getSchema(`document${place}/schema`)
      for (const example of examples) t.ok(validate?.(example), place, { errors: validate?.errors, example })
    }
  })
}

interface Media {
  example?: unknown
  examples?: Record<string, { value?: unknown; $ref?: string }>
}

interface Reply {
  $ref?: string
  content?: Record<string, Media>
}

interface Operation {
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, Reply>
}

interface Document {
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, object>>
}

/** The places of all schema properties without a description. */
function undescribed(document: Document, value: unknown, place = '#'): string[] {
  if (typeof value !== 'object' || value === null) return []
  const properties = 'properties' in value && 'type' in value ? Object.entries(Object(value.properties)) : []
  return [
    ...properties.filter(([, schema]) => !isDescribed(document, Object(schema))).map(([name]) => `${place}/${name}`),
    ...Object.entries(value)
      .filter(([name]) => name !== 'example' && name !== 'examples')
      .flatMap(([name, member]) => undescribed(document, member, `${place}/${name}`)),
  ]
}

function isDescribed({ components }: Document, schema: { description?: string; $ref?: string }): boolean {
  const named = components['schemas']?.[schema.$ref?.replace('#/components/schemas/', '') ?? '']
  const description: unknown = schema.description ?? Object(named).description
  return typeof description === 'string' && description !== '' && !description.includes('\n')
}

/** The media types of request bodies and successful replies in JSON, with their places. */
function mediaOf(document: Document): { place: string; media: Media }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { requestBody, responses }]) => {
      const place = `#/paths/${path.replaceAll('/', '~1')}/${method}`
      const successes = Object.entries(responses ?? {}).filter(([status]) => status.startsWith('2'))
      return [
        ...contentOf(requestBody, `${place}/requestBody`),
        ...successes.flatMap(([status, reply]) =>
          reply.$ref === undefined
            ? contentOf(reply, `${place}/responses/${status}`)
            : contentOf(resolve(document, reply.$ref), reply.$ref),
        ),
      ]
    }),
  )
}

function contentOf(part: Reply | undefined, place: string): { place: string; media: Media }[] {
  return Object.entries(part?.content ?? {}).map(([type, media]) => ({
    place: `${place}/content/${type.replaceAll('/', '~1')}`,
    media,
  }))
}

function resolve({ components }: Document, reference: string): object {
  const [, , kind = '', name = ''] = reference.split('/')
  return components[kind]?.[name] ?? {}
}

function examplesOf(document: Document, { example, examples = {} }: Media): unknown[] {
  const named = Object.values(examples).map(({ value, $ref }) =>
    $ref === undefined ? value : Object(resolve(document, $ref)).value,
  )
  return example === undefined ? named : [example, ...named]
}
