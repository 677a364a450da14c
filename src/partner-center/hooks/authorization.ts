import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '../../accounts/account.ts'
import { PartnerCenterError } from '../protocol/errors.ts'
import { developmentToken, partnerCenterAudience, type TokenIssuer, type TokenSubject } from '../tokens/issuer.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether a checked token is for an app without a user. */
    appOnly: boolean
  }
}

/** Scheme and token as RFC 6750 writes them. */
const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i

/** The bearer token of a request. */
export function tokenOf({ headers }: FastifyRequest): string | undefined {
  return bearer.exec(headers.authorization ?? '')?.[1]
}

/** A hook that refuses requests without the credentials that the `auth` setting of their account demands. */
export function authorizeWith(issuer: TokenIssuer) {
  return (request: FastifyRequest, _reply: FastifyReply, next: (error?: Error) => void): void => {
    const checked = authorize(request, issuer)
    if (checked === undefined) next()
    else checked.then(() => next(), next)
  }
}

/**
 * Throws `unauthenticated` or `invalidAudience`. A malformed header is refused with every setting, since it is always a
 * mistake. Returns a promise only when a token has to be checked.
 */
function authorize(request: FastifyRequest, issuer: TokenIssuer): Promise<void> | undefined {
  const { authorization } = request.headers
  const { auth } = request.account.settings
  if (authorization === undefined && auth === 'optional') return undefined
  if (authorization === undefined) {
    throw unauthenticated(
      `the emulator runs with auth=${auth}: send "Authorization: Bearer <token>", or use auth=optional`,
    )
  }
  const token = tokenOf(request)
  if (token === undefined) throw unauthenticated('the Authorization header is not "Bearer <token>"')
  return auth === 'strict' && token !== developmentToken ? checkToken(request, token, issuer) : undefined
}

async function checkToken(request: FastifyRequest, token: string, issuer: TokenIssuer): Promise<void> {
  const check = await issuer.check(token, request.account.clock.now())
  if ('wrong' in check) {
    const hint = `the token is ${check.wrong}: get one from POST /{tenant}/oauth2/token, or send ${developmentToken}`
    throw unauthenticated(hint)
  }
  const { audience, user, tenantId } = check.subject
  if (audience.replace(/\/$/, '') !== partnerCenterAudience) {
    throw new PartnerCenterError('invalidAudience', {
      values: [audience],
      hint: `ask for a token with resource=${partnerCenterAudience}`,
    })
  }
  const { account } = request
  if (!opens(check.subject, account)) {
    throw unauthenticated(
      `the token is for tenant ${tenantId}, not for account ${account.name}: get one from POST /${account.name}/oauth2/token, or below /accounts/${account.name}/`,
    )
  }
  request.appOnly = user === undefined
}

/** A token opens the account of its tenant, the others of the same partner, and the account that issued it. */
function opens({ tenantId, account: issuedBy }: TokenSubject, { name, partnerId }: Account): boolean {
  return [name.toLowerCase(), partnerId].includes(tenantId.toLowerCase()) || issuedBy === name
}

function unauthenticated(hint: string): PartnerCenterError {
  return new PartnerCenterError('unauthenticated', { hint })
}

/** Refuses an app without a user where the documentation demands both: `roleNotAllowed`. */
export function refuseAppOnly({ appOnly }: FastifyRequest): void {
  if (!appOnly) return
  throw new PartnerCenterError('roleNotAllowed', {
    hint: 'this resource needs app+user credentials: get a token with grant_type=refresh_token or password',
  })
}
