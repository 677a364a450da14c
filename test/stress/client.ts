import { Agent, request } from 'node:http'

export interface Request {
  method: string
  /** With the query and, if any, the prefix of the account. */
  path: string
  headers: Record<string, string>
  body: string | undefined
}

/** `broken`: the connection ended without a reply. `late`: no complete reply within the time limit. */
export type Outcome = { status: number; fault: boolean; text: string } | 'broken' | 'late'

/** A client with its own connections. */
export class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 4 })
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** Sends a request. `limit`: milliseconds until the complete reply. */
  send({ method, path, headers, body }: Request, limit = 10_000): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const length = body === undefined ? {} : { 'Content-Length': `${Buffer.byteLength(body)}` }
    const options = { method, path, headers: { ...length, ...headers }, agent: this.#agent }
    const sent = request(this.#url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', () => resolve('broken'))
      response.on('close', () => {
        const fault = response.headers['x-emulator-fault'] !== undefined
        const text = Buffer.concat(chunks).toString()
        resolve(response.complete ? { status: response.statusCode ?? 0, fault, text } : 'broken')
      })
    })
    const timer = setTimeout(() => {
      resolve('late')
      sent.destroy()
    }, limit)
    sent.on('error', () => resolve('broken'))
    sent.end(body)
    return promise.finally(() => clearTimeout(timer))
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** A request of the control plane. */
export function control(method: string, path: string, account: string, body?: unknown): Request {
  const headers: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return {
    method,
    path: `/accounts/${account}/_emulator${path}`,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  }
}
