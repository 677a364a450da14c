import { accountName } from './accounts/accounts.ts'
import type { AccountBody } from './control/account-routes.ts'
import type { ClockBody, ClockChange } from './control/clock-routes.ts'
import type { FaultBody, ListedFault } from './control/fault-routes.ts'
import type { RequestBody } from './control/journalled-request.ts'
import type { StatusChange } from './control/order-status-routes.ts'
import type { RequestFilter, Unverified, Verification } from './control/request-routes.ts'
import type { SettingsChange } from './control/settings.ts'
import type { SnapshotBody, StateBody, StateChange } from './control/state-routes.ts'
import type { Order } from './model/orders/schema.ts'

/** The methods of the control plane. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Carries a request to an emulator, in this process or over HTTP. `path` starts with a slash. */
export type Transport = (
  method: Method,
  path: string,
  body: string | undefined,
) => Promise<{ status: number; text: string }>

/** A control request that was refused, with the `status` and `hint` of the reply. `status` is 0 without a reply. */
export class EmulatorError extends Error {
  override name = 'EmulatorError'
  readonly status: number
  readonly hint: string

  constructor(status: number, error: string, hint: string) {
    super(`${error} (${hint})`)
    this.status = status
    this.hint = hint
  }
}

/** The requests differ from the expectation. `nearest`: the requests that differ least, with their differences. */
export class VerificationError extends Error {
  override name = 'VerificationError'
  readonly count: number
  readonly nearest: Unverified['nearest']

  constructor({ error, count, nearest }: Unverified) {
    const requests = nearest.map(({ request, differences }) => {
      const lines = Object.entries(differences).map(
        ([name, { expected, actual }]) => `${name} ${actual}, not ${expected}`,
      )
      return `\n  ${request.method} ${request.url} ${request.status}: ${lines.join('; ') || 'as expected'}`
    })
    super(error + requests.join(''))
    this.count = count
    this.nearest = nearest
  }
}

/** Controls one account of an emulator. Every method throws EmulatorError when the emulator refuses it. */
export class AccountControl {
  /** Base URL of the account's API, for a client under test. */
  readonly url: string
  protected readonly transport: Transport
  readonly #prefix: string

  /** `prefix`: the start of every path, such as `/accounts/worker-1`. */
  constructor(transport: Transport, url: string, prefix: string) {
    this.transport = transport
    this.#prefix = prefix
    this.url = `${url}${prefix}`
  }

  readonly clock = {
    get: (): Promise<ClockBody> => this.request('GET', '/clock'),
    /** Sets, freezes or advances the time; `advance` is an ISO 8601 duration. */
    set: (change: ClockChange): Promise<ClockBody> => this.request('PUT', '/clock', change),
  }

  readonly faults = {
    list: (): Promise<ListedFault[]> => this.request('GET', '/faults'),
    set: (faults: FaultBody[]): Promise<ListedFault[]> => this.request('PUT', '/faults', faults),
    clear: (): Promise<void> => this.request('DELETE', '/faults'),
  }

  readonly requests = {
    /** Newest first. */
    list: (filter: RequestFilter & { limit?: number } = {}): Promise<RequestBody[]> => {
      const fields = Object.entries(filter).map(([name, value]) => [name, String(value)])
      return this.request('GET', `/requests?${new URLSearchParams(Object.fromEntries(fields))}`)
    },
    /** Throws VerificationError when the number of matching requests differs. */
    verify: (verification: Verification): Promise<{ count: number }> =>
      this.request('POST', '/requests/verify', verification),
    clear: (): Promise<void> => this.request('DELETE', '/requests'),
  }

  /** Returns the account to its initial state. */
  reset(): Promise<void> {
    return this.request('POST', '/reset')
  }

  state(): Promise<StateBody> {
    return this.request('GET', '/state')
  }

  putState(state: StateChange): Promise<StateBody> {
    return this.request('PUT', '/state', state)
  }

  snapshot(name = 'default'): Promise<SnapshotBody> {
    return this.request('PUT', `/snapshots/${encodeURIComponent(name)}`)
  }

  restore(name = 'default'): Promise<void> {
    return this.request('POST', `/snapshots/${encodeURIComponent(name)}/restore`)
  }

  setOrderStatus(customerId: string, orderId: string, change: StatusChange): Promise<Order> {
    const path = `/customers/${encodeURIComponent(customerId)}/orders/${encodeURIComponent(orderId)}/status`
    return this.request('PUT', path, change)
  }

  protected async request<Reply>(method: Method, path: string, body?: unknown): Promise<Reply> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const reply = await this.transport(method, `${this.#prefix}/_emulator${path}`, text)
    const read = readReply(reply)
    if (reply.status === 422) throw new VerificationError(read)
    if (reply.status >= 400) {
      const { error = 'The emulator refuses the request.', hint = 'is it an emulator?' } = Object(read)
      throw new EmulatorError(reply.status, error, hint)
    }
    return read
  }
}

/** Throws EmulatorError for a reply that is not one of the control plane. */
function readReply({ status, text }: { status: number; text: string }) {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new EmulatorError(status, 'The reply is not JSON.', 'is it an emulator?')
  }
}

/** Controls a running emulator: its default account, and access to the others. */
export class EmulatorControl extends AccountControl {
  constructor(transport: Transport, url: string) {
    super(transport, url, '')
  }

  /** Another account, created on first use. Its `url` is a base URL for clients. Throws EmulatorError for a bad name. */
  account(name: string): AccountControl {
    refuseBadName(name)
    return new AccountControl(this.transport, this.url, `/accounts/${name}`)
  }

  accounts(): Promise<AccountBody[]> {
    return this.request('GET', '/accounts')
  }

  /** Creates an account, or changes its settings. */
  configure(name: string, settings: SettingsChange): Promise<AccountBody> {
    return this.request('PUT', `/accounts/${encodeURIComponent(name)}`, settings)
  }

  deleteAccount(name: string): Promise<void> {
    return this.request('DELETE', `/accounts/${encodeURIComponent(name)}`)
  }

  resetAll(): Promise<void> {
    return this.request('POST', '/reset?all=true')
  }
}

function refuseBadName(name: string): void {
  if (accountName.test(name)) return
  const hint = 'a name has 1 to 64 of A-Z a-z 0-9 . _ -'
  throw new EmulatorError(400, `${JSON.stringify(name)} is not a name of an account.`, hint)
}

/** Milliseconds to wait for the health of an emulator. */
const connectTimeout = 10_000

/**
 * Controls an emulator in another process, such as a container, at a URL. Throws EmulatorError when it is not ready.
 */
export async function connectEmulator(url: string, options: { controlToken?: string } = {}): Promise<EmulatorControl> {
  const base = url.replace(/\/+$/, '')
  const headers = options.controlToken === undefined ? {} : { 'X-Emulator-Control-Token': options.controlToken }
  const send: Transport = (method, path, body) => {
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
    return sendOver(base, path, { method, headers: { ...type, ...headers }, body: body ?? null })
  }
  const { status, text } = await sendOver(base, '/_emulator/health', {
    headers,
    signal: AbortSignal.timeout(connectTimeout),
  })
  if (status !== 200 || !isReady(text)) {
    throw new EmulatorError(status, `${base} is not ready.`, 'is it an emulator?')
  }
  return new EmulatorControl(send, base)
}

/** Throws EmulatorError with status 0 without a reply. */
async function sendOver(base: string, path: string, init: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(`${base}${path}`, init)
    return { status: response.status, text: await response.text() }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new EmulatorError(0, `${base} cannot be reached: ${reason}.`, 'start an emulator there, or correct the URL')
  }
}

/** Whether a text is the health of an emulator. */
function isReady(text: string): boolean {
  try {
    return Object(JSON.parse(text)).status === 'ready'
  } catch {
    return false
  }
}
