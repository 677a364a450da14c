import type { Options } from '../options.ts'

/** Wildcard addresses, and the address of this machine to ask instead. */
const reachableAt: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }

/** Asks the emulator with these options whether it is ready. Returns the problem, or undefined. */
export async function checkHealth({ host, port }: Pick<Options, 'host' | 'port'>): Promise<string | undefined> {
  const address = reachableAt[host] ?? (host.includes(':') ? `[${host}]` : host)
  const url = `http://${address}:${port}/_emulator/health`
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(2000) })
    return reply.ok ? undefined : `${url} replies ${reply.status}`
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return `${url} cannot be reached: ${cause instanceof Error ? cause.message : cause}`
  }
}
