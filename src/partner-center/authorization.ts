import type { FastifyRequest } from 'fastify'
import { PartnerCenterError } from './errors.ts'

/** Scheme and token as RFC 6750 writes them. */
const bearer = /^Bearer +[A-Za-z0-9._~+/-]+=*$/i

/**
 * Refuses a request without the credentials that the account's `auth` setting demands: `unauthenticated`.
 * A malformed header is refused in every setting, since nobody means to send one.
 */
export function authorize({ headers: { authorization }, account }: FastifyRequest): void {
  if (authorization === undefined && account.settings.auth === 'optional') return
  if (authorization === undefined) {
    throw new PartnerCenterError('unauthenticated', {
      hint: 'the emulator runs with auth=required: send any "Authorization: Bearer <token>", or start it with auth=optional',
    })
  }
  if (!bearer.test(authorization)) {
    throw new PartnerCenterError('unauthenticated', { hint: 'the Authorization header is not "Bearer <token>"' })
  }
}
