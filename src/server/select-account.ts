import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '../accounts/account.ts'
import { type Accounts, accountName } from '../accounts/accounts.ts'
import { tokenOf } from '../partner-center/hooks/authorization.ts'
import type { TokenIssuer } from '../partner-center/tokens/issuer.ts'

const header = 'x-emulator-account'

const prefix = /^\/+accounts\/+([^/?]+)(?=\/|\?|$)/i

/** Moves the account of a path such as `/accounts/worker-1/v1/customers` to the header, and returns the rest of the path. */
export function takeAccountFromPath(request: IncomingMessage): string {
  const { url = '/' } = request
  const found = prefix.exec(url)
  if (found === null) return url
  request.headers[header] = found[1]
  return url.slice(found[0].length) || '/'
}

/** The reason why a request cannot have an account. */
interface AccountRefusal {
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
 * A hook that selects the account of a request: the one of its path or header, else the one of the tenant of a token that
 * was issued here, else the default. A clock that was set shows in the Date header.
 */
export function selectAccountFrom(accounts: Accounts, issuer: TokenIssuer) {
  return (request: FastifyRequest, reply: FastifyReply, next: () => void): void => {
    const account = selectAccount(accounts, request, issuer)
    if ('error' in account) {
      sendRefusal(reply, account)
      return
    }
    request.account = account
    if (!account.clock.untouched) reply.header('Date', new Date(account.clock.now()).toUTCString())
    next()
  }
}

function selectAccount(accounts: Accounts, request: FastifyRequest, issuer: TokenIssuer): Account | AccountRefusal {
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

/** A request without an account is a mistake of the set-up, so the body is the emulator's own. */
function sendRefusal(reply: FastifyReply, { status, error, hint }: AccountRefusal): void {
  reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify({ error, hint }))
}
