import type { GenerateKeyPairResult, JWK } from 'jose'
import { newTracingId } from '../hooks/tracing-ids.ts'

/** The audience of Partner Center's own tokens. */
export const partnerCenterAudience = 'https://api.partnercenter.microsoft.com'

/** A token that every account accepts, for clients without a token route. It is for the default account, an app and a user. */
export const developmentToken = 'emulator-development-token'

/** A claim of the emulator, which tokens of Entra lack. */
const accountClaim = 'emulator_account'

/** How long a token is valid, in seconds. */
export const tokenLifetime = 3600

/**
 * The subject of a token. `user`: the name of the user, absent in an app-only token. `account`: the account that issued the
 * token, absent for the default one.
 */
export interface TokenSubject {
  tenantId: string
  appId: string
  audience: string
  user?: string | undefined
  account?: string | undefined
}

export type TokenCheck = { subject: TokenSubject } | { wrong: 'not issued here' | 'expired' }

/**
 * Issues tokens like Entra's and checks them. Its key is made on first use and lives as long as the process.
 * Claims: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export class TokenIssuer {
  readonly #keyId = newTracingId()
  #signing: Promise<Signing> | undefined
  /** The same, when the promise is settled. */
  #started: Signing | undefined

  /** Loads jose and makes the key on first use, since most emulators never issue a token. */
  async #sign(): Promise<Signing> {
    this.#signing ??= import('jose').then(async (jose) => ({ jose, keys: await jose.generateKeyPair('RS256') }))
    this.#started = await this.#signing
    return this.#started
  }

  /** `now`: milliseconds since 1970. */
  async issue({ tenantId, appId, audience, user, account }: TokenSubject, now: number): Promise<string> {
    const seconds = Math.floor(now / 1000)
    const id = newTracingId()
    const claims = {
      tid: tenantId,
      appid: appId,
      appidacr: '1',
      oid: id,
      ver: '1.0',
      ...(user === undefined ? {} : { upn: user, scp: 'user_impersonation' }),
      ...(account === undefined ? {} : { [accountClaim]: account }),
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

  /** The tenant of a token that was issued here, valid or expired. */
  tenantOf(token: string): string | undefined {
    // Every request asks this. Before the first token was issued, no token can be from here.
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

  /** Checks a token. `now`: milliseconds since 1970. */
  async check(token: string, now: number): Promise<TokenCheck> {
    if (this.tenantOf(token) === undefined) return { wrong: 'not issued here' }
    const { jose, keys } = await this.#sign()
    try {
      const { payload } = await jose.jwtVerify(token, keys.publicKey, { currentDate: new Date(now) })
      const { tid, appid, aud, upn, [accountClaim]: account } = payload
      const user = typeof upn === 'string' ? upn : undefined
      const subject = { tenantId: String(tid), appId: String(appid), audience: String(aud), user }
      return { subject: typeof account === 'string' ? { ...subject, account } : subject }
    } catch (error) {
      const expired = error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED'
      return { wrong: expired ? 'expired' : 'not issued here' }
    }
  }

  /** Whether a token was issued here, at any time, since each account has its own clock. It checks the signature, unlike `tenantOf`. */
  async isGenuine(token: string): Promise<boolean> {
    if (this.tenantOf(token) === undefined) return false
    const { jose, keys } = await this.#sign()
    try {
      await jose.compactVerify(token, keys.publicKey)
      return true
    } catch {
      return false
    }
  }

  /** The public key, in the form of OpenID discovery. */
  async publicKeys(): Promise<{ keys: JWK[] }> {
    const { jose, keys } = await this.#sign()
    return { keys: [{ ...(await jose.exportJWK(keys.publicKey)), kid: this.#keyId, use: 'sig', alg: 'RS256' }] }
  }
}

interface Signing {
  jose: typeof import('jose')
  keys: GenerateKeyPairResult
}
