import type { Options } from '../options.ts'

/** Addresses that mean every interface of a machine, and the one to ask on the machine itself. */
const reachableAt: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }

/** Asks the emulator that runs with these options whether it is ready. Gives why not, or undefined. */
export async function checkHealth({ host, port }: Pick<Options, 'host' | 'port'>): Promise<string | undefined> {
  const address = reachableAt[host] ?? (host.includes(':') ? `[${host}]` : host)
  const url = `http://${address}:${port}/_emulator/health`
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) })
    return answer.ok ? undefined : `${url} answers ${answer.status}`
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return `${url} cannot be reached: ${cause instanceof Error ? cause.message : cause}`
  }
}
