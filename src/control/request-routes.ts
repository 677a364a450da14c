import * as z from 'zod'
import type { Journal, JournalEntry } from '../accounts/journal.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import type { Routes } from '../routes.ts'
import { methodOf } from '../transport/head-as-get.ts'
import { EventStreams } from './event-streams.ts'
import { findOperation } from './input/operation-names.ts'
import { RequestBody, requestWriter, type WriteRequest } from './journalled-request.ts'
import { describeControl } from './route-schema.ts'

/** Members that a request must have. Values match in any case. */
const filterMembers = lazy(() => ({
  operation: z.string().optional().meta({ description: 'An operationId of openapi.yaml. Another is refused.' }),
  method: z.string().optional().meta({ description: 'HTTP method.' }),
  status: z.coerce.number().int().optional().meta({ description: 'HTTP status of the reply.' }),
  customerId: z.string().optional().meta({ description: 'Customer id in the path.' }),
  orderId: z.string().optional().meta({ description: 'Order id in the path.' }),
  requestId: z.string().optional().meta({ description: 'MS-RequestId.' }),
  correlationId: z.string().optional().meta({ description: 'MS-CorrelationId.' }),
}))

export const RequestFilter = lazy(() =>
  z
    .strictObject(filterMembers())
    .meta({ id: 'RequestFilter', description: 'Members that a request must have. Values match in any case.' }),
)
export type RequestFilter = Infer<typeof RequestFilter>

const RequestQuery = lazy(() =>
  z.strictObject({
    ...filterMembers(),
    limit: z.coerce.number().int().positive().max(1000).optional().meta({ description: 'Largest number of requests.' }),
  }),
)

const RequestList = lazy(() => z.array(RequestBody()))

export const Verification = lazy(() =>
  z
    .strictObject({
      match: RequestFilter(),
      count: z.int().nonnegative().optional().meta({ description: 'The exact number.' }),
      atLeast: z.int().positive().optional().meta({ description: 'The smallest number.' }),
      never: z.literal(true).optional().meta({ description: 'No request may match.' }),
    })
    .refine(
      ({ count, atLeast, never }) => [count, atLeast, never].filter((wanted) => wanted !== undefined).length === 1,
      'give one of count, atLeast, never',
    )
    .meta({ id: 'Verification', description: 'A filter, and one of count, atLeast, never.' }),
)
export type Verification = Infer<typeof Verification>

const Verified = lazy(() =>
  z
    .strictObject({ count: z.int().meta({ description: 'Number of matching requests.' }) })
    .meta({ id: 'Verified', description: 'The number is as expected.' }),
)

export const Unverified = lazy(() =>
  z
    .strictObject({
      error: z.string().meta({ description: 'The expected and the actual number.' }),
      hint: z.string().meta({ description: 'Where to look.' }),
      count: z.int().meta({ description: 'Number of matching requests.' }),
      nearest: z
        .array(
          z.strictObject({
            request: RequestBody(),
            differences: z
              .record(
                z.string(),
                z.strictObject({
                  expected: z.unknown().meta({ description: 'Value of the filter.' }),
                  actual: z.unknown().meta({ description: 'Value of the request.' }),
                }),
              )
              .meta({ description: 'Members that differ from the filter.' }),
          }),
        )
        .meta({ description: 'Up to three requests that differ least.' }),
    })
    .meta({ id: 'Unverified', description: 'The number is not as expected.' }),
)
export type Unverified = Infer<typeof Unverified>

const EventStream = lazy(() =>
  z
    .string()
    .meta({ mediaType: 'text/event-stream', description: 'One event for each request, with its JSON as data.' }),
)

/** `controlToken`: the journal shows it nowhere. */
export interface RequestRouteOptions {
  operationNames: readonly string[]
  controlToken?: string | undefined
}

/** The journal of an account: its requests and their replies. */
export const requestRoutes: Routes<RequestRouteOptions> = (app, { operationNames, controlToken }) => {
  const write = requestWriter(controlToken)

  app.get(
    '/requests',
    {
      schema: describeControl(
        'listRequests',
        'List the last thousand requests, newest first',
        { querystring: RequestQuery },
        { 200: RequestList },
      ),
    },
    ({ account, query: { limit, ...filter } }) => {
      refuseUnknownOperation(filter, operationNames)
      const found = account.journal.entries().filter((entry) => differencesOf(entry, filter).length === 0)
      return found.slice(0, limit).map(write)
    },
  )

  app.delete(
    '/requests',
    { schema: describeControl('deleteRequests', 'Delete the requests', {}, { 204: undefined }) },
    ({ account }, reply) => {
      account.journal.clear()
      reply.code(204).send()
    },
  )

  app.post(
    '/requests/verify',
    {
      schema: describeControl(
        'verifyRequests',
        'Check the number of matching requests',
        { body: Verification },
        { 200: Verified, 422: Unverified },
      ),
    },
    ({ account, body }, reply) => {
      refuseUnknownOperation(body.match, operationNames)
      const count = account.journal.entries().filter((entry) => differencesOf(entry, body.match).length === 0).length
      if (holds(body, count)) reply.send({ count })
      else reply.code(422).send(explain(body, count, account.journal, write))
    },
  )

  const streams = new EventStreams()
  app.addHook('preClose', (closed) => {
    streams.close()
    closed()
  })
  app.get(
    '/requests/stream',
    {
      schema: describeControl(
        'streamRequests',
        'Stream the requests from now on as server-sent events',
        {},
        { 200: EventStream },
      ),
    },
    ({ account, raw }, reply) => {
      reply.type('text/event-stream').header('Cache-Control', 'no-store')
      // Node would keep the reply to a HEAD open until the end of the stream.
      if (methodOf(raw) === 'HEAD') return reply.send()
      const stream = streams.open(account.journal, write)
      reply.raw.once('close', () => stream.destroy())
      return reply.send(stream)
    },
  )
}

/** A misspelt operation would match no request, and an expectation of none would hold. */
function refuseUnknownOperation({ operation }: RequestFilter, names: readonly string[]): void {
  if (operation !== undefined) findOperation(operation, names)
}

const filterNames = ['operation', 'method', 'status', 'customerId', 'orderId', 'requestId', 'correlationId'] as const

/** The members of a filter that differ from a request. */
function differencesOf(entry: JournalEntry, filter: RequestFilter): (typeof filterNames)[number][] {
  return filterNames.filter((name) => {
    const wanted = filter[name]
    return wanted !== undefined && String(wanted).toLowerCase() !== String(entry[name]).toLowerCase()
  })
}

function holds({ count: exactly, atLeast, never }: Verification, count: number): boolean {
  if (atLeast !== undefined) return count >= atLeast
  return count === (never ? 0 : exactly)
}

function explain(wanted: Verification, count: number, journal: Journal, write: WriteRequest): Unverified {
  const { match, count: exactly, atLeast, never } = wanted
  const expected = never ? 'none' : atLeast === undefined ? `${exactly}` : `at least ${atLeast}`
  const nearest = journal
    .entries()
    .map((entry) => ({ entry, differences: differencesOf(entry, match) }))
    .sort((one, other) => one.differences.length - other.differences.length)
    .slice(0, 3)
    .map(({ entry, differences }) => {
      const request = write(entry)
      const compared = differences.map((name) => [name, { expected: match[name], actual: request[name] }])
      return { request, differences: Object.fromEntries(compared) }
    })
  const hint = nearest.length === 0 ? 'the account has had no requests' : 'nearest has the requests that differ least'
  return { error: `Expected ${expected} such requests, and there were ${count}.`, hint, count, nearest }
}
