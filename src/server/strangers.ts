import { isIP } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendsControlToken } from '../control/control-token.ts'
import { ControlError, replyWithControlError } from '../control/errors.ts'
import { replyAsGateway } from '../partner-center/protocol/gateway.ts'
import { giveHint } from '../partner-center/protocol/hint.ts'
import { isControlPath } from '../transport/control-path.ts'

export interface StrangerOptions {
  /** The control token, if there is one. */
  controlToken: string | undefined
  /** Whether the emulator listens only on this machine. */
  loopback: boolean
  /** Names of the emulator besides those of this machine, in lower case. */
  allowedHosts: readonly string[]
}

/** The names of this machine. Their first letters decide for most requests, so no other check costs them time. */
const ownNames = /^(localhost|([a-z0-9-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/** The hosts of the service, which documented requests name. A stranger cannot give these names to this machine. */
const serviceHosts: readonly string[] = [
  'api.partnercenter.microsoft.com',
  'login.microsoftonline.com',
  'login.windows.net',
]

interface StrangerRefusal {
  error: string
  hint: string
}

const otherSite: StrangerRefusal = {
  error: 'A page of another site may not use the emulator.',
  hint: 'use a client that is not a browser, or a page that the same host serves',
}

/**
 * A hook that refuses pages of other sites, and host names that point here because of DNS rebinding. It is called before a
 * request selects its account, so that a stranger cannot create one.
 */
export function refuseStrangers(options: StrangerOptions) {
  return (request: FastifyRequest, reply: FastifyReply, next: () => void): void => {
    const refusal = refusalOf(request, options)
    if (refusal === undefined) next()
    else if (isControl(request))
      replyWithControlError(new ControlError(403, refusal.error, refusal.hint), request, reply)
    else {
      giveHint(request, reply, refusal.hint)
      replyAsGateway(request, reply, 403, refusal.error)
    }
  }
}

/** Whether a request is for the control plane. The router's path decides, which is decoded and without repeated slashes. */
function isControl({ routeOptions, url }: FastifyRequest): boolean {
  return isControlPath(routeOptions.url ?? url)
}

function refusalOf(request: FastifyRequest, options: StrangerOptions): StrangerRefusal | undefined {
  const { headers } = request
  const { host = 'localhost' } = headers
  const isWelcome = ownNames.test(host) || isOtherName(host, request, options)
  if (!isWelcome && !sendsControlToken(headers, options.controlToken)) return foreignHost(host)
  return isFromOtherSite(headers['sec-fetch-site'], headers.origin, headers.host) ? otherSite : undefined
}

/** Whether a host is another name of the emulator. On a loopback address the control plane has only those of `--allowed-hosts`. */
function isOtherName(host: string, request: FastifyRequest, { loopback, allowedHosts }: StrangerOptions): boolean {
  const name = host.replace(/:\d*$/, '').toLowerCase()
  if (allowedHosts.includes(name)) return true
  const forControl = isControl(request)
  if (forControl && loopback) return false
  // The names of containers have no dot. Neither they nor addresses can be rebound.
  const isAddressOrContainer = !name.includes('.') || isIP(name.replace(/^\[|\]$/g, '')) !== 0
  return isAddressOrContainer || (!forControl && serviceHosts.includes(name))
}

function foreignHost(host: string): StrangerRefusal {
  return {
    error: `The host ${host} is not this machine.`,
    hint: `ask http://127.0.0.1 or http://localhost, or add ${host.replace(/:\d*$/, '')} to --allowed-hosts (ALLOWED_HOSTS)`,
  }
}

/** Pages cannot set these headers. `site`: Sec-Fetch-Site, which alone decides, since a proxy may change the host. */
function isFromOtherSite(
  site: string | string[] | undefined,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
}
