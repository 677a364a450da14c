import { type ApiDocument, callsIn, type Header, isReference, type Reference } from './types.ts'

const text = { type: 'string' }

/** The headers of replies. https://learn.microsoft.com/partner-center/developer/headers */
const headers = {
  'MS-RequestId': {
    description: 'Id of the request, as received or new.',
    example: '65b26053-37d0-4303-9fd1-46ad8012bcb6',
    schema: text,
  },
  'MS-CorrelationId': {
    description: 'Id of the call, as received or new.',
    example: 'd1f4c2b0-9d6a-4d0e-8a53-2f6b1d6d1c11',
    schema: text,
  },
  'MS-CV': {
    description: 'Correlation vector, as received or new.',
    example: 'xqqtn+OEVE2ridoS.0',
    schema: text,
  },
  'MS-ServerId': { description: 'Id of the server that replied.', example: '0000112D', schema: text },
  'X-Emulator-Replayed': {
    description: '`true` when a repeated MS-RequestId gets the first success again.',
    example: 'true',
    schema: { ...text, const: 'true' },
  },
  'X-Emulator-Hint': {
    description:
      'A mistake in the set-up or in the request: the likely cause of an error, or a part of a request that had no effect.',
    example: 'the customer has no orders',
    schema: text,
  },
  'X-Emulator-Fault': {
    description: 'Place of the fault that hit the request, from 0. Absent without a fault.',
    example: 0,
    schema: { type: 'integer', minimum: 0 },
  },
  'Retry-After': { description: 'Seconds to wait.', example: 60, schema: { type: 'integer', minimum: 0 } },
  'WWW-Authenticate': {
    description: 'The scheme, and the partner as realm.',
    example: 'OAuth realm=urn:cpsvc:cpid:9e0c1f4a-5a0b-4b1e-9d3a-6f7c2d8e4b10',
    schema: text,
  },
  'Content-Disposition': {
    description: 'Name of the file.',
    example: "attachment; filename*=UTF-8''purchase-order.txt",
    schema: text,
  },
  'Cache-Control': { description: 'Events are not cached.', example: 'no-store', schema: text },
} as const satisfies Record<string, Header>

type HeaderName = keyof typeof headers

/** The headers of every reply that a client reads. `X-Content-Type-Options` is for browsers; about.ts names it once. */
const always = ['MS-RequestId', 'MS-CorrelationId', 'MS-CV', 'MS-ServerId'] as const

/** Statuses of errors that come with a hint at the set-up. */
const withHint: readonly string[] = ['401', '403', '404']

/** Names the headers of every reply of the API, and describes them as components. */
export function addApiHeaders(document: ApiDocument): void {
  addHeaders(document, (method, status, operationId) => [
    ...always,
    'X-Emulator-Fault',
    ...when(method !== 'get' && method !== 'delete' && status.startsWith('2'), 'X-Emulator-Replayed'),
    ...when(withHint.includes(status) || (method !== 'get' && status.startsWith('2')), 'X-Emulator-Hint'),
    ...when(status === '401', 'WWW-Authenticate'),
    ...when(status === '429', 'Retry-After'),
    ...when(operationId === 'downloadAttachment' && status === '200', 'Content-Disposition'),
  ])
}

/** Names the headers of every reply of the control plane, and describes them as components. */
export function addControlHeaders(document: ApiDocument): void {
  addHeaders(document, (_method, status, operationId) => [
    ...always,
    ...when(operationId === 'streamRequests' && status === '200', 'Cache-Control'),
  ])
}

function when(condition: boolean, name: HeaderName): HeaderName[] {
  return condition ? [name] : []
}

function addHeaders(
  document: ApiDocument,
  headersOf: (method: string, status: string, operationId: string) => HeaderName[],
): void {
  const used = new Set<HeaderName>()
  for (const item of Object.values(document.paths)) {
    for (const { method, operation } of callsIn(item)) {
      const { operationId, responses } = operation
      for (const [status, response] of Object.entries(responses)) {
        if (isReference(response)) continue
        const names = headersOf(method, status, operationId)
        for (const name of names) used.add(name)
        response.headers = Object.fromEntries(names.map((name) => [name, referenceTo(name)]))
      }
    }
  }
  document.components.headers = Object.fromEntries([...used].map((name) => [name, headers[name]]))
}

function referenceTo(name: HeaderName): Reference {
  return { $ref: `#/components/headers/${name}` }
}
