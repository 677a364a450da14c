import { pino } from 'pino'
import type { ClockChange } from './control/clock-routes.ts'
import { EmulatorControl, type Method, type Transport } from './control-client.ts'
import { type Emulator as BuiltEmulator, buildEmulator } from './emulator.ts'
import { type OptionName, optionTable, readOptions } from './options.ts'

export type { ClockBody as Clock, ClockChange } from './control/clock-routes.ts'
export type { FaultBody as Fault, ListedFault } from './control/fault-routes.ts'
export type { StatusChange } from './control/order-status-routes.ts'
export type { RequestBody as JournalRequest, RequestFilter, Verification } from './control/request-routes.ts'
export type { SettingsBody as Settings, SettingsChange } from './control/settings.ts'
export type { StateBody as State, StateChange } from './control/state-routes.ts'
export { AccountControl, connectEmulator, EmulatorControl, EmulatorError, VerificationError } from './control-client.ts'
export type { Order } from './model/orders/schema.ts'

/** The options of the command line, and the clock to start with. A free port by default. */
export type CreateOptions = { [Name in OptionName]?: string | number | boolean } & { clock?: ClockChange }

/** The methods of `inject`. */
export type InjectMethod = Method | 'PATCH' | 'HEAD' | 'OPTIONS'

/** A reply of `inject`. */
export interface InjectedReply {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  body: string
}

/** An emulator in this process. */
export class Emulator extends EmulatorControl {
  readonly #built: BuiltEmulator

  /** @internal */
  constructor(built: BuiltEmulator) {
    super(transportOf(built), built.url())
    this.#built = built
  }

  /** Sends a request without a connection. `path` starts with /v1. */
  async inject(request: {
    method?: InjectMethod
    path: string
    headers?: Record<string, string>
    body?: string
  }): Promise<InjectedReply> {
    const reply = await injectInto(this.#built, request.method ?? 'GET', request.path, request.body, request.headers)
    return { status: reply.statusCode, headers: reply.headers, body: reply.body }
  }

  /** Replies to the requests that it has received, then closes the port. */
  close(): Promise<void> {
    return this.#built.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/**
 * Starts an emulator in this process: `await using emulator = await createEmulator({ rules: '2022' })`.
 * Throws OptionError for a bad option, FixtureError and DatabaseError for unusable fixtures or an unusable data directory,
 * and the error of the system when the port is taken.
 */
export async function createEmulator({ clock, ...options }: CreateOptions = {}): Promise<Emulator> {
  const flags: Record<string, string> = {}
  for (const [name, { flag }] of optionTable) {
    const value = Object.entries(options).find(([given]) => given === name)?.[1]
    if (value !== undefined) flags[flag] = String(value)
  }
  const read = readOptions({ port: '0', 'log-level': 'silent', ...flags }, {})
  const built = buildEmulator(read, { logger: pino({ level: read.logLevel }), requestLogLevel: 'debug' })
  await built.listen()
  const emulator = new Emulator(built)
  if (clock !== undefined) await emulator.clock.set(clock)
  return emulator
}

/** Sends control requests without a connection, and with the control token. */
function transportOf(built: BuiltEmulator): Transport {
  const token = built.controlToken
  const headers: Record<string, string> = token === undefined ? {} : { 'X-Emulator-Control-Token': token }
  return async (method, path, body) => {
    const { statusCode, body: text } = await injectInto(built, method, path, body, headers)
    return { status: statusCode, text }
  }
}

async function injectInto(
  { server }: BuiltEmulator,
  method: InjectMethod,
  url: string,
  body: string | undefined,
  headers: Record<string, string> = {},
) {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return server.inject({
    method,
    url,
    headers: { ...type, ...headers },
    ...(body === undefined ? {} : { payload: body }),
  })
}
