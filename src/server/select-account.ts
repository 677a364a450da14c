import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '../accounts/account.ts'
import { type Accounts, accountName } from '../accounts/accounts.ts'
import { tokenOf } from '../partner-center/protocol/authorization.ts'
import type { TokenIssuer } from '../partner-center/tokens/issuer.ts'

const header = 'x-emulator-account'

const prefix = /^\/+accounts\/+([^/?]+)(?=\/|\?|$)/i

/** Takes the account of a path such as `/accounts/worker-1/v1/customers` out of it, and puts it where the header has it. */
export function takeAccountFromPath(request: IncomingMessage): string {
  const { url = '/' } = request
  const found = prefix.exec(url)
  if (found === null) return url
  request.headers[header] = found[1]
  return url.slice(found[0].length) || '/'
}

/** Why a request has no account. */
export interface AccountRefusal {
  status: number
  error: string
  hint: string
}

const tooMany: AccountRefusal = {
  status: 507,
  error: 'There are 1,000 accounts already.',
  hint: 'delete some with DELETE /_emulator/accounts/{name}',
}

/**
 * The account a request is for: that of its path or header, else that of the tenant of a token issued here, else the
 * default.
 */
export function chooseAccount(
  accounts: Accounts,
  request: FastifyRequest,
  issuer: TokenIssuer,
): Account | AccountRefusal {
  const named = request.headers[header]
  if (typeof named === 'string') {
    if (accountName.test(named)) return accounts.get(named) ?? tooMany
    const hint = 'a name has 1 to 64 of A-Z a-z 0-9 . _ -'
    return { status: 400, error: `${named} is no name of an account.`, hint }
  }
  const token = tokenOf(request)
  const tenant = token === undefined ? undefined : issuer.tenantOf(token)
  return tenant === undefined ? accounts.default : (accounts.ofTenant(tenant) ?? tooMany)
}

/** Answers a request that has no account. It is a mistake of the set-up, so the body is the emulator's own. */
export function refuseAccount(reply: FastifyReply, { status, error, hint }: AccountRefusal): void {
  // As text, since the route's own schemas do not know this body.
  reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify({ error, hint }))
}
