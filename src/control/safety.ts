import type { FastifyRequest } from 'fastify'
import { ControlError } from './errors.ts'

/** `token`: the control token, if there is one. `loopback`: whether the emulator listens only on this machine. */
export interface SafetyOptions {
  token: string | undefined
  loopback: boolean
}

/** The host names of this machine. Any other name points here because of DNS rebinding. */
const ownNames = /^(localhost|([a-z0-9-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/** Routes that change nothing and reveal no secret. Orchestrators call them without a token. */
const open: readonly string[] = ['/_emulator/health', '/_emulator/openapi.json', '/_emulator/openapi.yaml']

/**
 * Refuses cross-site requests of browsers, rebound host names and, with a control token, requests without it.
 */
export function refuseStrangers({ headers, routeOptions }: FastifyRequest, { token, loopback }: SafetyOptions): void {
  if (loopback && !ownNames.test(headers.host ?? 'localhost')) {
    throw new ControlError(
      403,
      `The host ${headers.host} is not this machine.`,
      'ask http://127.0.0.1 or http://localhost',
    )
  }
  const site = headers['sec-fetch-site']
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (foreign || isForeignOrigin(headers.origin, headers.host)) {
    throw new ControlError(
      403,
      'A page of another site may not use the control plane.',
      'use a client that is no browser',
    )
  }
  if (token === undefined || open.includes(routeOptions.url ?? '')) return
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? headers['x-emulator-control-token']
  if (typeof given !== 'string' || !isSame(given, token)) {
    throw new ControlError(
      401,
      'The control token is missing or wrong.',
      'send X-Emulator-Control-Token, see --control-token',
    )
  }
}

function isForeignOrigin(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
}

/** Compares in constant time. Loads node:crypto on first use, since few emulators have a control token. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && process.getBuiltinModule('node:crypto').timingSafeEqual(one, other)
}
