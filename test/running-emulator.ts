import { pino } from 'pino'
import type { Test } from 'tap'
import { buildEmulator } from '../src/emulator.ts'
import { builtInFixtures, readFixtures } from '../src/fixtures/fixtures.ts'
import { type Options, readOptions } from '../src/options.ts'
import { apiReplies } from './described-replies.ts'

/** A reply as a client sees it. `body`: the parsed text if it is JSON, else undefined. */
export interface Reply {
  status: number
  headers: Headers
  text: string
  body: unknown
}

export interface SendOptions {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
}

export interface RunningEmulator {
  url: string
  /** Sends a request to a path of the emulator. Fails the test if openapi.yaml does not describe the reply. */
  send: (path: string, options?: SendOptions) => Promise<Reply>
  /** Sends a PATCH. A body that is not a string is sent as JSON. */
  patch: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Reply>
}

/** The order in the documentation's cancellation example. */
export const documentedOrder =
  '/v1/customers/bd59b416-37f9-4d8f-8df3-5750111fc615/orders/UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1'
/** The order with two software lines in the documentation. */
export const twoLineOrder =
  '/v1/customers/45411344-b09d-47e7-9653-542006bf9766/orders/2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1'
/** The customer with an order of every product type and status. */
export const everyProduct = '/v1/customers/10000000-0000-4000-8000-000000000001'
/** The customer with orders of many ages. */
export const everyAge = '/v1/customers/10000000-0000-4000-8000-000000000002'
export const noOrders = '/v1/customers/10000000-0000-4000-8000-000000000003'

/** The number of orders of a fresh account. */
export const seededOrders = readFixtures(builtInFixtures).orders.length

/** Runs an emulator in this process, on a free port, until the test ends. */
export async function runEmulator(t: Test, options: Partial<Options> = {}): Promise<RunningEmulator> {
  const defaults = readOptions({}, {})
  const emulator = buildEmulator(
    { ...defaults, port: 0, ...options },
    { logger: pino({ level: 'silent' }), requestLogLevel: 'debug' },
  )
  await emulator.listen()
  t.teardown(() => emulator.close())
  return clientOf(t, emulator.url())
}

/** Creates a client for an emulator at any URL. */
export function clientOf(t: Test, url: string): RunningEmulator {
  const send = async (path: string, { method = 'GET', ...init }: SendOptions = {}): Promise<Reply> => {
    const response = await fetch(`${url}${path}`, { method, ...init })
    const text = Buffer.from(await response.arrayBuffer()).toString()
    const json = text.replace(/^\uFEFF/, '')
    const notEmulated = response.headers.get('X-Emulator-Hint')?.includes('is documented and not emulated')
    const notChecked = method === 'HEAD' || response.headers.has('X-Emulator-Fault') || notEmulated
    const mistake = notChecked ? undefined : apiReplies.mistakeIn(method, pathOf(path), response.status, json)
    if (mistake !== undefined) t.fail(`openapi.yaml does not describe the reply: ${mistake}`, { text })
    return { status: response.status, headers: response.headers, text, body: parsed(json) }
  }
  const patch = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
    send(path, { method: 'PATCH', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
  return { url, send, patch }
}

function pathOf(path: string): string {
  return path.replace(/\?.*$/, '').replace(/\/+/g, '/').replace(/\/$/, '')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
