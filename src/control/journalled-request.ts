import * as z from 'zod'
import type { JournalEntry } from '../accounts/journal.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import { evidenceGrades } from '../model/sources.ts'

const JournalledFault = lazy(() =>
  z
    .looseObject({
      place: z.int().meta({ description: 'Place in the list of faults at that time, from 0.' }),
      operation: z.string().meta({ description: 'Operation of the fault.' }),
    })
    .meta({ description: 'A fault, with its connection, status, code and delay in milliseconds.' }),
)

const JournalledRule = lazy(() =>
  z
    .strictObject({
      name: z.string().meta({
        description: 'Name of the refusal, or place of the rule in the table of the edition, such as `cancellation`.',
      }),
      edition: z.string().optional().meta({ description: 'Edition whose table decided.' }),
      sources: z
        .array(
          z.strictObject({
            page: z.string().meta({ description: 'Page that the rule comes from.' }),
            date: z.string().meta({ description: 'Date of the page.' }),
            evidence: z
              .enum(Object.keys(evidenceGrades))
              .meta({ description: 'How well the page supports the rule; guess: the documentation leaves it open.' }),
          }),
        )
        .meta({ description: 'Where the rule comes from.' }),
    })
    .meta({ description: 'A rule and its sources.' }),
)

export const RequestBody = lazy(() =>
  z
    .strictObject({
      time: z.string().meta({ description: 'When the reply was sent, by the clock of the account.' }),
      method: z.string().meta({ description: 'HTTP method.' }),
      url: z.string().meta({ description: 'Path and query.' }),
      operation: z.string().nullable().meta({ description: 'Operation of openapi.yaml; null for an unknown route.' }),
      headers: z.record(z.string(), z.string()).meta({ description: 'Headers as received, without credentials.' }),
      requestId: z.string().meta({ description: 'MS-RequestId.' }),
      correlationId: z.string().meta({ description: 'MS-CorrelationId.' }),
      customerId: z.string().nullable().meta({ description: 'Customer id in the path.' }),
      orderId: z.string().nullable().meta({ description: 'Order id in the path.' }),
      body: z.string().nullable().meta({ description: 'Body as received, at most 16,384 characters of it.' }),
      status: z
        .int()
        .nullable()
        .meta({ description: 'HTTP status of the reply; null when a fault ended the connection without one.' }),
      answer: z.string().nullable().meta({ description: 'Body of the reply, at most 16,384 characters of it.' }),
      duration: z.number().meta({ description: 'Milliseconds until the reply.' }),
      fault: JournalledFault()
        .nullable()
        .meta({ description: 'The fault that acted on the request; null without one.' }),
      rule: JournalledRule()
        .nullable()
        .meta({ description: 'The rule that refused the request or let it cancel; null without one.' }),
    })
    .meta({ id: 'Request', description: 'A request of the journal.' }),
)
export type RequestBody = Infer<typeof RequestBody>

/** Headers with credentials. */
const secretHeaders = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'ocp-apim-subscription-key',
  'x-emulator-control-token',
])

const redacted = '(redacted)'

export type WriteRequest = (entry: JournalEntry) => RequestBody

/** Returns a function that writes an entry of a journal without credentials, and without the control token anywhere. */
export function requestWriter(controlToken: string | undefined): WriteRequest {
  const token = controlToken === undefined ? undefined : formsOf(controlToken)
  const clean = (text: string): string => (token === undefined ? text : text.replace(token, redacted))
  const cleanIfAny = (text: string | null): string | null => (text === null ? null : clean(text))
  return ({ time, method, operation, status, duration, ...entry }) => ({
    time: new Date(time).toISOString(),
    method,
    url: clean(entry.url),
    operation,
    headers: writeHeaders(entry.rawHeaders, clean),
    requestId: clean(entry.requestId),
    correlationId: clean(entry.correlationId),
    customerId: cleanIfAny(entry.customerId),
    orderId: cleanIfAny(entry.orderId),
    body: cleanIfAny(entry.body),
    status,
    answer: cleanIfAny(entry.reply),
    duration,
    fault: entry.fault === null ? null : JSON.parse(entry.fault),
    rule: entry.decision === null ? null : JSON.parse(entry.decision),
  })
}

function writeHeaders(rawHeaders: readonly string[], clean: (text: string) => string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    headers[name] = secretHeaders.has(name.toLowerCase()) ? redacted : clean(rawHeaders[at + 1] ?? '')
  }
  return headers
}

/** Matches a token as it is, and escaped as in a URL, a form or JSON. */
function formsOf(token: string): RegExp {
  const inForm = new URLSearchParams([['', token]]).toString().slice(1)
  const forms = [token, encodeURIComponent(token), encodeURI(token), inForm, JSON.stringify(token).slice(1, -1)]
  return new RegExp(forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gi')
}
