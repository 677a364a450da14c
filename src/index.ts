import './require-node.ts'
import { pino } from 'pino'
import type { ClockChange } from './control/clock-routes.ts'
import { type AccountControl, EmulatorControl, EmulatorError, type Method, type Transport } from './control-client.ts'
import { type Emulator as BuiltEmulator, buildEmulator } from './emulator.ts'
import { type OptionName, optionTable, readOptions, refuseUnknownNames } from './options.ts'

export type { ClockBody as Clock, ClockChange } from './control/clock-routes.ts'
export type { FaultBody as Fault, ListedFault } from './control/fault-routes.ts'
export type { RequestBody as JournalRequest } from './control/journalled-request.ts'
export type { StatusChange } from './control/order-status-routes.ts'
export type { RequestFilter, Verification } from './control/request-routes.ts'
export type { SettingsBody as Settings, SettingsChange } from './control/settings.ts'
export type { StateBody as State, StateChange } from './control/state-routes.ts'
export { AccountControl, connectEmulator, EmulatorControl, EmulatorError, VerificationError } from './control-client.ts'
export { FixtureError } from './fixtures/fixture-order.ts'
export type { Order } from './model/orders/schema.ts'
export { OptionError } from './options.ts'
export { DatabaseError } from './storage/database-error.ts'

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

/** An emulator in this process. After `close`, every other method throws EmulatorError. */
export class Emulator extends EmulatorControl {
  readonly #built: BuiltEmulator

  /** @internal */
  constructor(built: BuiltEmulator) {
    super(transportOf(built), built.url())
    this.#built = built
  }

  override account(name: string): AccountControl {
    refuseClosed(this.#built)
    return super.account(name)
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

  /** Replies to the requests that it has received, then closes the port. Further calls wait for the first. */
  close(): Promise<void> {
    return this.#built.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

/**
 * Starts an emulator in this process: `await using emulator = await createEmulator({ rules: '2022' })`.
 * Throws OptionError for an unknown or bad option, EmulatorError for a bad clock, FixtureError and DatabaseError for unusable
 * fixtures or an unusable data directory, and the error of the system when the port is taken. Then nothing listens.
 */
export async function createEmulator({ clock, ...options }: CreateOptions = {}): Promise<Emulator> {
  refuseUnknownNames(Object.keys(options), ['clock'])
  const flags: Record<string, string> = {}
  for (const [name, { flag }] of optionTable) {
    const value = Object.entries(options).find(([given]) => given === name)?.[1]
    if (value !== undefined) flags[flag] = String(value)
  }
  const read = readOptions({ port: '0', 'log-level': 'silent', ...flags }, {})
  const built = buildEmulator(read, { logger: pino({ level: read.logLevel }), requestLogLevel: 'debug' })
  try {
    if (clock !== undefined) await new EmulatorControl(transportOf(built), '').clock.set(clock)
    await built.listen()
    return new Emulator(built)
  } catch (error) {
    await built.close()
    throw error
  }
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
  built: BuiltEmulator,
  method: InjectMethod,
  url: string,
  body: string | undefined,
  headers: Record<string, string> = {},
) {
  refuseClosed(built)
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return built.server.inject({
    method,
    url,
    headers: { ...type, ...headers },
    ...(body === undefined ? {} : { payload: body }),
  })
}

function refuseClosed(built: BuiltEmulator): void {
  if (built.isClosed()) throw new EmulatorError(0, 'The emulator is closed.', 'start another one with createEmulator')
}
