import { randomUUID } from 'node:crypto'
import type { GenerateKeyPairResult, JWK } from 'jose'

/** The audience of Partner Center's own tokens. */
export const partnerCenterAudience = 'https://api.partnercenter.microsoft.com'

/** Accepted everywhere, for those who want no token route: the default account, as an app with a user. */
export const developmentToken = 'emulator-development-token'

/** How long a token is valid, in seconds. */
export const tokenLifetime = 3600

/** Whom a token is for. `user`: the user's name, absent in an app-only token. */
export interface TokenSubject {
  tenantId: string
  appId: string
  audience: string
  user?: string | undefined
}

export type TokenCheck = { subject: TokenSubject } | { wrong: 'not issued here' | 'expired' }

/**
 * Issues tokens such as Entra's and knows them again. Its key is made when first needed and lives as long as the process.
 * Claims: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export class TokenIssuer {
  readonly #keyId = randomUUID()
  #signing: Promise<Signing> | undefined
  /** The same, once it is there. */
  #started: Signing | undefined

  /** Loads jose and makes the key: most emulators never issue a token. */
  async #sign(): Promise<Signing> {
    this.#signing ??= import('jose').then(async (jose) => ({ jose, keys: await jose.generateKeyPair('RS256') }))
    this.#started = await this.#signing
    return this.#started
  }

  /** `now`: milliseconds since 1970. */
  async issue({ tenantId, appId, audience, user }: TokenSubject, now: number): Promise<string> {
    const seconds = Math.floor(now / 1000)
    const id = randomUUID()
    const claims = {
      tid: tenantId,
      appid: appId,
      appidacr: '1',
      oid: id,
      ver: '1.0',
      ...(user === undefined ? {} : { upn: user, scp: 'user_impersonation' }),
    }
    const { jose, keys } = await this.#sign()
    return new jose.SignJWT(claims)
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: this.#keyId })
      .setIssuer(`https://sts.windows.net/${tenantId}/`)
      .setAudience(audience)
      .setSubject(id)
      .setIssuedAt(seconds)
      .setNotBefore(seconds)
      .setExpirationTime(seconds + tokenLifetime)
      .sign(keys.privateKey)
  }

  /** The tenant of a token that was issued here, whether or not it is still valid. */
  tenantOf(token: string): string | undefined {
    // Asked of every request; before the first token was issued here, none can be.
    if (this.#started === undefined) return undefined
    const { decodeJwt, decodeProtectedHeader } = this.#started.jose
    try {
      if (decodeProtectedHeader(token).kid !== this.#keyId) return undefined
      const { tid } = decodeJwt(token)
      return typeof tid === 'string' ? tid : undefined
    } catch {
      return undefined
    }
  }

  async check(token: string, now: number): Promise<TokenCheck> {
    if (this.tenantOf(token) === undefined) return { wrong: 'not issued here' }
    const { jose, keys } = await this.#sign()
    try {
      const { payload } = await jose.jwtVerify(token, keys.publicKey, { currentDate: new Date(now) })
      const { tid, appid, aud, upn } = payload
      const user = typeof upn === 'string' ? upn : undefined
      return { subject: { tenantId: String(tid), appId: String(appid), audience: String(aud), user } }
    } catch (error) {
      const expired = error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED'
      return { wrong: expired ? 'expired' : 'not issued here' }
    }
  }

  /** The public key, as OpenID discovery shows it. */
  async publicKeys(): Promise<{ keys: JWK[] }> {
    const { jose, keys } = await this.#sign()
    return { keys: [{ ...(await jose.exportJWK(keys.publicKey)), kid: this.#keyId, use: 'sig', alg: 'RS256' }] }
  }
}

interface Signing {
  jose: typeof import('jose')
  keys: GenerateKeyPairResult
}
