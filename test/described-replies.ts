import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { packageRoot } from '../src/version.ts'

interface Response {
  content?: Record<string, { examples?: Record<string, { $ref: string } | { value: unknown }> }>
}

/** The parts of an OpenAPI document that the checks below read. */
interface Described {
  paths: Record<string, Record<string, { responses?: Record<string, Response | { $ref: string }> }>>
  components: { responses: Record<string, Response>; examples: Record<string, { value: unknown }> }
}

interface Operation {
  method: string
  pattern: RegExp
  pointer: string
  responses: Record<string, Response | { $ref: string }>
}

/** The replies that an OpenAPI document describes. */
export class DescribedReplies {
  readonly #document: Described
  readonly #operations: readonly Operation[]
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false })

  /** `file`: its path in the project. */
  constructor(file: string) {
    this.#document = JSON.parse(readFileSync(new URL(file, packageRoot), 'utf8'))
    addFormats.default(this.#ajv)
    this.#ajv.addSchema(this.#document, 'openapi')
    this.#operations = operationsOf(this.#document)
  }

  /**
   * The first difference between a reply and the description of its operation, or undefined. Replies to unknown operations
   * are not checked. `path`: without the query.
   */
  mistakeIn(method: string, path: string, status: number, body: string): string | undefined {
    const operation = this.#operations.find((known) => known.method === method && known.pattern.test(path))
    if (operation === undefined) return undefined
    const described = operation.responses[status]
    if (described === undefined) return `${method} ${path} does not describe ${status}`
    const [response, pointer] = this.#resolve(described, `${operation.pointer}/${status}`)
    if (response.content === undefined) return body === '' ? undefined : `${method} ${path} ${status} has a body`
    if (!('application/json' in response.content)) return undefined
    const validate = this.#ajv.getSchema(`openapi${pointer}/content/application~1json/schema`)
    if (validate === undefined) return `${method} ${path} ${status} has no schema`
    const parsed: unknown = JSON.parse(body)
    if (!validate(parsed)) return this.#ajv.errorsText(validate.errors)
    return this.#isListed(parsed, response)
      ? undefined
      : `${method} ${path} ${status} does not list ${Object(parsed).code}`
  }

  /** Whether an error is one of the table of operations, whose examples the response has. Other bodies have no code. */
  #isListed(body: unknown, { content }: Response): boolean {
    const { code } = Object(body)
    const examples = Object.values(content?.['application/json']?.examples ?? {})
    const named = this.#document.components.examples
    const listed = examples.map((example) =>
      '$ref' in example ? named[example.$ref.replace('#/components/examples/', '')] : example,
    )
    return code === undefined || listed.some((example) => Object(example?.value).code === code)
  }

  /** A response and its place in the document, which may be among the components. */
  #resolve(response: Response | { $ref: string }, pointer: string): [Response, string] {
    if (!('$ref' in response)) return [response, pointer]
    const name = response.$ref.replace('#/components/responses/', '')
    return [this.#document.components.responses[name] ?? {}, response.$ref]
  }
}

function operationsOf({ paths }: Described): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`, 'i'),
      pointer: `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}/responses`,
      responses: item[method]?.responses ?? {},
    })),
  )
}

/** The replies of the API of Partner Center. */
export const apiReplies = new DescribedReplies('docs/api/openapi.json')
