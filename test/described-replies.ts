import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { packageRoot } from '../src/version.ts'

interface Response {
  content?: Record<string, { examples?: Record<string, { $ref: string }> }>
}

/** The parts of openapi.yaml that the checks below read. */
interface Described {
  paths: Record<string, Record<string, { responses?: Record<string, Response | { $ref: string }> }>>
  components: { responses: Record<string, Response>; examples: Record<string, { value: unknown }> }
}

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
 * The first difference between a reply and the description of its operation, or undefined. Replies to unknown operations
 * are not checked. `path`: without the query.
 */
export function mistakeInReply(method: string, path: string, status: number, body: string): string | undefined {
  const operation = operations.find((known) => known.method === method && known.pattern.test(path))
  if (operation === undefined) return undefined
  const described = operation.responses[status]
  if (described === undefined) return `${method} ${path} does not describe ${status}`
  const [response, pointer] = resolve(described, `${operation.pointer}/${status}`)
  if (response.content === undefined) return body === '' ? undefined : `${method} ${path} ${status} has a body`
  if (!('application/json' in response.content)) return undefined
  const validate = ajv.getSchema(`openapi${pointer}/content/application~1json/schema`)
  if (validate === undefined) return `${method} ${path} ${status} has no schema`
  const parsed: unknown = JSON.parse(body)
  if (!validate(parsed)) return ajv.errorsText(validate.errors)
  return isListed(parsed, response) ? undefined : `${method} ${path} ${status} does not list ${Object(parsed).code}`
}

/** Whether an error is one of the table of operations, whose examples the response has. Other bodies have no code. */
function isListed(body: unknown, { content }: Response): boolean {
  const { code } = Object(body)
  const examples = Object.values(content?.['application/json']?.examples ?? {})
  const listed = examples.map(({ $ref }) => document.components.examples[$ref.replace('#/components/examples/', '')])
  return code === undefined || listed.some((example) => Object(example?.value).code === code)
}

/** A response and its place in the document, which may be among the components. */
function resolve(response: Response | { $ref: string }, pointer: string): [Response, string] {
  if (!('$ref' in response)) return [response, pointer]
  const name = response.$ref.replace('#/components/responses/', '')
  return [document.components.responses[name] ?? {}, response.$ref]
}
