import { readFileSync } from 'node:fs'
import { Ruleset, Spectral } from '@stoplight/spectral-core'
import { oas } from '@stoplight/spectral-rulesets'
import newman, { type NewmanRunSummary } from 'newman'
import converter from 'openapi-to-postmanv2'
import type { CollectionDefinition } from 'postman-collection'
import t, { type Test } from 'tap'
import { apiRequests, controlRequests } from '../../scripts/generate/openapi/example-requests.ts'
import { packageRoot } from '../../src/version.ts'
import { runEmulator } from '../running-emulator.ts'

const textOf = (path: string) => readFileSync(new URL(path, packageRoot), 'utf8')

/** The documents, with their example requests. `unsent` gives the reason why a request cannot succeed. */
const documents = [
  { json: 'docs/api/openapi.json', requests: apiRequests },
  { json: 'docs/api/control.json', requests: controlRequests },
] as const

for (const { json, requests } of documents) {
  t.test(`${json} passes the OpenAPI rules of Spectral`, async (t) => {
    const spectral = new Spectral()
    spectral.setRuleset(new Ruleset(oas))
    const problems = await spectral.run(JSON.parse(textOf(json)))
    t.same(
      problems.map(({ code, message, path }) => ({ code, message, at: path.join('/') })),
      [],
    )
  })

  t.test(`${json}: every request of a converted collection succeeds`, async (t) => {
    const { url } = await runEmulator(t, { idSeed: 'docs' })
    const { operations, collection } = await convert(json)
    const omitted = Object.entries(requests).flatMap(([name, { unsent }]) => (unsent === undefined ? [] : [name]))
    collection.item = withoutItems(
      collection.item ?? [],
      omitted.map((name) => operations.get(name) ?? name),
    )
    const { run } = await runCollection(t, collection, url)
    const failed = run.executions
      .map(({ item, request, response }) => ({ name: item.name, url: `${request.url}`, status: response?.code ?? 0 }))
      .filter(({ status }) => status < 200 || status > 299)
    t.same(failed, [])
    t.equal(run.executions.length, operations.size - omitted.length)
  })
}

interface Document {
  paths: Record<string, Record<string, { operationId: string; summary: string }>>
}

/** Converts a document to a Postman collection. `operations`: the name of the item for each operation id. */
async function convert(file: string): Promise<{ operations: Map<string, string>; collection: CollectionDefinition }> {
  const data = textOf(file)
  const { paths }: Document = JSON.parse(data)
  const operations = Object.values(paths)
    .flatMap((item) => Object.values(item))
    .filter(({ operationId }) => operationId !== undefined)
  const { promise, resolve, reject } = Promise.withResolvers<CollectionDefinition>()
  const options = { parametersResolution: 'Example', folderStrategy: 'Tags', enableOptionalParameters: true }
  converter.convertV2({ type: 'string', data }, options, (error, conversion) => {
    const collection = conversion?.output?.[0]?.data
    if (error !== null || collection === undefined) reject(error ?? new Error(conversion?.reason))
    else resolve(collection)
  })
  return {
    operations: new Map(operations.map(({ operationId, summary }) => [operationId, summary])),
    collection: await promise,
  }
}

type Items = NonNullable<CollectionDefinition['item']>

function withoutItems(items: Items, names: readonly string[]): Items {
  return items
    .filter(({ name }) => !names.includes(name ?? ''))
    .map((item) =>
      'item' in item && item.item !== undefined ? { ...item, item: withoutItems(item.item, names) } : item,
    )
}

function runCollection(t: Test, collection: CollectionDefinition, url: string): Promise<NewmanRunSummary> {
  const variable = [
    { key: 'baseUrl', value: url },
    { key: 'bearerToken', value: 'any' },
  ]
  const { promise, resolve, reject } = Promise.withResolvers<NewmanRunSummary>()
  newman.run({ collection: { ...collection, variable }, timeoutRequest: 10_000 }, (error, summary) => {
    if (error === null) resolve(summary)
    else reject(error)
  })
  t.comment(`${collection.info?.name}`)
  return promise
}
