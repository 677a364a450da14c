import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { ControlError } from './errors.ts'

/** Routes that change nothing and reveal no secret. Orchestrators call them without a token. */
const open: readonly string[] = ['/_emulator/health', '/_emulator/openapi.json', '/_emulator/openapi.yaml']

/** Throws ControlError for a control request without the control token. Without `token`, the control plane demands none. */
export function requireControlToken({ headers, routeOptions }: FastifyRequest, token: string | undefined): void {
  if (token === undefined || open.includes(routeOptions.url ?? '') || sendsControlToken(headers, token)) return
  throw new ControlError(
    401,
    'The control token is missing or wrong.',
    'send X-Emulator-Control-Token, see --control-token',
  )
}

/** Whether a request has the control token. */
export function sendsControlToken(headers: IncomingHttpHeaders, token: string | undefined): boolean {
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? headers['x-emulator-control-token']
  return token !== undefined && typeof given === 'string' && isSame(given, token)
}

/** Compares in constant time. Loads node:crypto on first use, since few emulators have a control token. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && process.getBuiltinModule('node:crypto').timingSafeEqual(one, other)
}
