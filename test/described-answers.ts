import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { packageRoot } from '../src/version.ts'

/** The part of the OpenAPI document that the checks below use. */
interface Described {
  paths: Record<string, Record<string, { responses: Record<string, { content: Record<string, unknown> }> }>>
}

// The generated file: building the document takes longer than most test files. test/generated.test.ts checks that it is current.
const document: Described = JSON.parse(readFileSync(new URL('docs/api/openapi.json', packageRoot), 'utf8'))
const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false })
addFormats.default(ajv)
ajv.addSchema(document, 'openapi')

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => ({
    method: method.toUpperCase(),
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`, 'i'),
    pointer: `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}/responses`,
    responses: item[method]?.responses ?? {},
  })),
)

/**
 * What is wrong with an answer to an operation of openapi.yaml, or undefined. Answers to anything else are not judged.
 * `path`: without the query. The schema of an answer is compiled when the first such answer comes.
 */
export function mistakeInAnswer(method: string, path: string, status: number, body: string): string | undefined {
  const operation = operations.find((known) => known.method === method && known.pattern.test(path))
  if (operation === undefined) return undefined
  if (operation.responses[status] === undefined) return `${method} ${path} does not describe ${status}`
  if (status === 204) return body === '' ? undefined : `${method} ${path} 204 has a body`
  const validate = ajv.getSchema(`openapi${operation.pointer}/${status}/content/application~1json/schema`)
  if (validate === undefined) return `${method} ${path} ${status} has no schema`
  return validate(JSON.parse(body)) ? undefined : ajv.errorsText(validate.errors)
}
