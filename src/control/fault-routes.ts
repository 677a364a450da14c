import { closest } from 'fastest-levenshtein'
import * as z from 'zod'
import type { FaultError, FaultRule, Faults } from '../accounts/faults.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import { limits } from '../model/limits.ts'
import { Duration, milliseconds } from '../model/time/duration.ts'
import type { Routes } from '../routes.ts'
import { ControlError } from './errors.ts'
import { findOperation } from './input/operation-names.ts'
import { describeControl } from './route-schema.ts'

/** The operations of the API that faults can name. */
export interface FaultRouteOptions {
  operationNames: readonly string[]
}

const FaultDelay = lazy(() =>
  Duration().refine(
    (text) => !z.regexes.duration.test(text) || milliseconds(text) <= limits.faultDelay,
    'a delay has at most 24 hours; released has no end',
  ),
)

export const FaultBody = lazy(() =>
  z
    .strictObject({
      operation: z.string().meta({ description: 'An operationId of openapi.yaml, or * for every one.' }),
      match: z
        .strictObject({
          customerId: z.string().optional().meta({ description: 'Customer id in the path, in any case.' }),
          orderId: z.string().optional().meta({ description: 'Order id in the path, in any case.' }),
          headers: z.record(z.string(), z.string()).optional().meta({ description: 'Headers and their exact values.' }),
        })
        .optional()
        .meta({ description: 'Members that a request must have. Every request matches without it.' }),
      status: z.int().min(200).max(599).optional().meta({ description: 'HTTP status of the reply.' }),
      code: z
        .union([z.int(), z.string()])
        .optional()
        .meta({ description: 'A documented error code, with the status and text of its list.' }),
      description: z
        .string()
        .max(1024)
        .optional()
        .meta({ description: 'With a code: another text than the list has.' }),
      connection: z.enum(['reset', 'empty', 'truncate']).optional().meta({
        description:
          'reset: reset the connection; empty: close it without a reply; truncate: close it half-way through the reply.',
      }),
      body: z
        .string()
        .optional()
        .meta({ description: 'Body of the reply, sent without a change, such as invalid JSON.' }),
      delay: z
        .union(
          [FaultDelay(), z.tuple([FaultDelay(), FaultDelay()]), z.literal('released')],
          'a duration such as PT0.5S, two as a range, or released',
        )
        .optional()
        .meta({
          description:
            'A duration of at most 24 hours; two, and the delay lies between them; or released: until the faults are set or deleted.',
        }),
      retryAfter: z.int().nonnegative().optional().meta({ description: 'Seconds; with status 429.' }),
      times: z
        .int()
        .positive()
        .optional()
        .meta({ description: 'Number of requests that it hits. All of them without it.' }),
      after: z.int().nonnegative().optional().meta({ description: 'Number of matching requests that pass first.' }),
      counts: z.enum(['requests', 'requestIds']).optional().meta({
        description:
          'requests, the default: a retry counts again; requestIds: requests with one MS-RequestId count once, among the last 10,000 ids of the account.',
      }),
    })
    .refine(
      ({ status, code, connection, body, delay }) =>
        [status, code, connection, body, delay].some((what) => what !== undefined),
      'a fault needs one of status, code, connection, body, delay',
    )
    .refine(({ code, description }) => code !== undefined || description === undefined, 'a description needs a code')
    .meta({ id: 'Fault', description: 'A fault: the requests that it matches, and its effect on them.' }),
)
export type FaultBody = Infer<typeof FaultBody>

const FaultList = lazy(() => z.array(FaultBody()).max(1000))

export const ListedFault = lazy(() =>
  z
    .looseObject({
      operation: z.string().meta({ description: 'An operationId of openapi.yaml, or * for every one.' }),
      hits: z.int().meta({ description: 'Number of requests that it has hit.' }),
      remaining: z
        .int()
        .nullable()
        .meta({ description: 'Number of requests that it will still hit; null without a limit.' }),
    })
    .meta({ id: 'ListedFault', description: 'A fault as it was set, with its hits and the hits that remain.' }),
)
export type ListedFault = Infer<typeof ListedFault>

const ListedFaults = lazy(() => z.array(ListedFault()))

/** Faults that a test sets up. */
export const faultRoutes: Routes<FaultRouteOptions> = (app, options) => {
  /** The fault as a client sent it, by the rule made of it. */
  const written = new WeakMap<FaultRule, FaultBody>()
  const list = (faults: Faults): ListedFault[] =>
    faults.list().map(({ rule, hits, remaining }) => {
      const { operation, error, ...rest } = { ...rule, ...written.get(rule) }
      return { operation, hits, remaining, ...rest }
    })

  app.get(
    '/faults',
    { schema: describeControl('listFaults', 'List the faults and their hits', {}, { 200: ListedFaults }) },
    ({ account }) => list(account.faults),
  )

  app.put(
    '/faults',
    {
      schema: describeControl('setFaults', 'Replace the faults', { body: FaultList }, { 200: ListedFaults }),
    },
    async ({ account, body }) => {
      const read = await Promise.all(body.map(async (fault) => ({ fault, rule: await readFault(fault, options) })))
      for (const { fault, rule } of read) written.set(rule, fault)
      account.faults.set(read.map(({ rule }) => rule))
      return list(account.faults)
    },
  )

  app.delete(
    '/faults',
    {
      schema: describeControl('deleteFaults', 'Remove the faults, and release what they delay', {}, { 204: undefined }),
    },
    ({ account }, reply) => {
      account.faults.set([])
      reply.code(204).send()
    },
  )
}

async function readFault(fault: FaultBody, { operationNames }: FaultRouteOptions): Promise<FaultRule> {
  const operation = fault.operation === '*' ? '*' : findOperation(fault.operation, operationNames)
  const error = fault.code === undefined ? undefined : await readError(fault.code, fault)
  return { ...fault, operation, error, delay: readDelay(fault.delay) }
}

/** The error of a fault: its row of the documented list, of two rows the one with its status. Loads the list on first use. */
async function readError(code: number | string, { status, description }: FaultBody): Promise<FaultError> {
  const { listedErrors, listedErrorsOf } = await import('../model/documentation/errors.ts')
  const rows = listedErrorsOf(code)
  const row = rows.find((listed) => listed.status === status) ?? rows[0]
  if (row !== undefined) {
    return { code: row.code, status: status ?? row.status, description: description ?? row.description }
  }
  const nearest = closest(
    `${code}`.slice(0, 20),
    listedErrors().map((listed) => `${listed.code}`),
  )
  throw new ControlError(
    400,
    `There is no documented error ${code}.`,
    `the nearest is ${nearest}; docs/errors.md lists them; give another error by status and body`,
  )
}

function readDelay(delay: FaultBody['delay']): FaultRule['delay'] {
  if (delay === undefined || delay === 'released') return delay
  return typeof delay === 'string' ? milliseconds(delay) : [milliseconds(delay[0]), milliseconds(delay[1])]
}
