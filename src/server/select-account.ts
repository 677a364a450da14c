import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '../accounts/account.ts'
import { type Accounts, accountName } from '../accounts/accounts.ts'
import { tokenOf } from '../partner-center/hooks/authorization.ts'
import { PartnerCenterError } from '../partner-center/protocol/errors.ts'
import { developmentToken, type TokenIssuer } from '../partner-center/tokens/issuer.ts'

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
  return (request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void): void => {
    const accept = (account: Account | AccountRefusal) => {
      if ('error' in account) {
        sendRefusal(reply, account)
        return
      }
      request.account = account
      if (!account.clock.untouched) reply.header('Date', new Date(account.clock.now()).toUTCString())
      next()
    }
    const account = selectAccount(accounts, request, issuer)
    if (account instanceof Promise) account.then(accept, next)
    else accept(account)
  }
}

type Selection = Account | AccountRefusal

function selectAccount(
  accounts: Accounts,
  request: FastifyRequest,
  issuer: TokenIssuer,
): Selection | Promise<Selection> {
  const named = request.headers[header]
  if (typeof named === 'string') return selectNamed(accounts, named, request, issuer)
  const token = tokenOf(request)
  const tenant = token === undefined ? undefined : issuer.tenantOf(token)
  if (token === undefined || tenant === undefined) return accounts.default
  if (accounts.has(tenant) || tenant === accounts.default.partnerId) return accounts.ofTenant(tenant) ?? tooMany
  // A forged token creates no account.
  return issuer
    .isGenuine(token)
    .then((isGenuine) => (isGenuine ? (accounts.ofTenant(tenant) ?? tooMany) : accounts.default))
}

function selectNamed(
  accounts: Accounts,
  name: string,
  request: FastifyRequest,
  issuer: TokenIssuer,
): Selection | Promise<Selection> {
  if (!accountName.test(name)) {
    const hint = 'a name has 1 to 64 of A-Z a-z 0-9 . _ -'
    return { status: 400, error: `${name} is no name of an account.`, hint }
  }
  const { auth } = accounts.definitionOf(name).settings
  const isApi = request.routeOptions.url?.startsWith('/v1/') === true
  if (accounts.has(name) || auth === 'optional' || !isApi) return accounts.get(name) ?? tooMany
  return mayCreate(auth, tokenOf(request), issuer).then((may) => {
    if (may) return accounts.get(name) ?? tooMany
    request.account = accounts.default
    const hint = `the account ${name} does not exist, and only a request with a valid token creates it`
    throw new PartnerCenterError('unauthenticated', { hint })
  })
}

/** Whether a request of the API may create an account that demands a token. */
async function mayCreate(
  auth: 'required' | 'strict',
  token: string | undefined,
  issuer: TokenIssuer,
): Promise<boolean> {
  if (token === undefined) return false
  return auth === 'required' || token === developmentToken || issuer.isGenuine(token)
}

/** A request without an account is a mistake of the set-up, so the body is the emulator's own. */
function sendRefusal(reply: FastifyReply, { status, error, hint }: AccountRefusal): void {
  reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify({ error, hint }))
}
