import { type IncomingMessage, request as sendRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { pino } from 'pino'
import { buildEmulator, type Emulator } from '../../../src/emulator.ts'
import { builtInFixtures, readFixtures } from '../../../src/fixtures/fixtures.ts'
import { readOptions } from '../../../src/options.ts'
import type { ExampleRequest, FromReply } from './example-requests.ts'
import { type ApiDocument, callsIn, isReference, type Operation } from './types.ts'

/** The seed of new ids in the examples. With it, an emulator gives the ids of the document. */
const idSeed = 'docs'

/** The time of the examples, since seeded orders have dates before now. */
const now = '2021-03-01T12:00:00.000Z'

/** An example of an operation: the values of its parameters, and its reply. */
export interface ExampleReply {
  parameters: Readonly<Record<string, string>>
  /** Undefined when the request is not sent or its reply has no body. JSON is parsed. */
  reply: unknown
}

interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body?: Buffer | undefined
}

/**
 * Sends the example request of every operation, in the order of the document, to an emulator of its own with the seeded
 * fixtures. Throws for a reply that is not a success.
 */
export async function exampleReplies(
  document: ApiDocument,
  requests: Readonly<Record<string, ExampleRequest>>,
): Promise<Map<string, ExampleReply>> {
  const emulator = buildEmulator(readOptions({}, { ID_SEED: idSeed, PORT: '0' }), {
    logger: pino({ level: 'silent' }),
    requestLogLevel: 'debug',
  })
  await emulator.listen()
  try {
    await freezeTime(emulator)
    return await replies(emulator.url(), document, requests)
  } finally {
    await emulator.close()
  }
}

/** Seeds the account again at a fixed time. */
async function freezeTime(emulator: Emulator): Promise<void> {
  const { orders } = readFixtures(builtInFixtures)
  const state = { version: 1, clock: { now, frozen: true }, orders }
  await send(emulator.url(), { method: 'PUT', path: '/_emulator/state', ...json(state) })
}

async function replies(
  url: string,
  document: ApiDocument,
  requests: Readonly<Record<string, ExampleRequest>>,
): Promise<Map<string, ExampleReply>> {
  const found = new Map<string, ExampleReply>()
  const calls = callsOf(document)
  const run = async ({ operation, method, path }: Call): Promise<void> => {
    const { operationId } = operation
    const request = requests[operationId]
    if (request === undefined) throw new Error(`${operationId} has no example request`)
    const { before, unsent } = request
    if (before !== undefined) await send(url, { method: 'PATCH', path: before.path, ...json(before.body) })
    const parameters = resolve(request.parameters, found)
    const target = targetOf(path, parameters, operation)
    const reply = unsent === undefined ? await send(url, { method, path: target, ...bodyOf(request) }) : request.reply
    found.set(operationId, { parameters, reply })
  }
  for (const call of calls) {
    await run(call)
    const repeated = calls.find(
      ({ operation }) => requests[operation.operationId]?.after === call.operation.operationId,
    )
    if (repeated !== undefined) await run(repeated)
  }
  return found
}

interface Call {
  method: string
  path: string
  operation: Operation
}

function callsOf({ paths }: ApiDocument): Call[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    callsIn(item).map(({ method, operation }) => ({ method: method.toUpperCase(), path, operation })),
  )
}

function resolve(
  parameters: ExampleRequest['parameters'] = {},
  found: ReadonlyMap<string, ExampleReply>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : valueIn(value, found),
    ]),
  )
}

function valueIn({ operation, path }: FromReply, found: ReadonlyMap<string, ExampleReply>): string {
  let value = found.get(operation)?.reply
  for (const member of path) value = Object(value)[member]
  if (typeof value !== 'string') throw new Error(`the reply to ${operation} has no text at ${path.join('/')}`)
  return value
}

function targetOf(path: string, values: Record<string, string>, { parameters = [] }: Operation): string {
  const query = new URLSearchParams()
  for (const parameter of parameters) {
    const value = isReference(parameter) ? undefined : values[parameter.name]
    if (!isReference(parameter) && parameter.in === 'query' && value !== undefined) query.set(parameter.name, value)
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? ''))
  return query.size === 0 ? filled : `${filled}?${query}`
}

function json(body: unknown): Pick<Sent, 'headers' | 'body'> {
  return { headers: { 'Content-Type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) }
}

const boundary = 'example'

function bodyOf({ body, form }: ExampleRequest): Pick<Sent, 'headers' | 'body'> {
  if (body !== undefined) return json(body)
  if (form === undefined) return { headers: {} }
  const { file, fileName, ...fields } = form
  const parts = [
    `Content-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: text/plain\r\n\r\n${file}`,
    ...Object.entries(fields).map(([name, value]) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`),
  ]
  const content = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')
  return {
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.from(`${content}--${boundary}--\r\n`),
  }
}

/** The URL of the examples. */
const usualUrl = 'http://127.0.0.1:8080'

/** Headers that are the same in every run, since the journal shows them. */
const constantHeaders = {
  Host: '127.0.0.1:8080',
  'MS-RequestId': '65b26053-37d0-4303-9fd1-46ad8012bcb6',
  'MS-CorrelationId': 'd1f4c2b0-9d6a-4d0e-8a53-2f6b1d6d1c11',
}

/** Sends a request and reads the reply, with the usual URL in it. Throws for a reply that is not a success. */
async function send(url: string, { method, path, headers, body }: Sent): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  sendRequest(new URL(path, url), { method, headers: { ...constantHeaders, ...headers } })
    .on('error', reject)
    .on('response', resolve)
    .end(body)
  const response = await promise
  const content = await text(response)
  const { statusCode = 0 } = response
  if (statusCode >= 300) throw new Error(`${method} ${path} gets ${statusCode}: ${content}`)
  return readReply(content.replaceAll(url, usualUrl), response.headers['content-type'])
}

function readReply(content: string, type: string | undefined): unknown {
  if (content === '') return undefined
  return type?.startsWith('application/json') ? JSON.parse(content, shorten) : content
}

/** Keeps the first item of a collection, and a constant duration. */
function shorten(key: string, value: unknown): unknown {
  if (key === 'duration' && typeof value === 'number') return 0.8
  return isCollection(value) ? { ...value, totalCount: 1, items: value.items.slice(0, 1) } : value
}

function isCollection(value: unknown): value is { totalCount: number; items: unknown[] } {
  if (typeof value !== 'object' || value === null) return false
  return 'totalCount' in value && 'items' in value && Array.isArray(value.items) && value.items.length > 1
}
