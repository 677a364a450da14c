import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { limits } from '../../model/limits.ts'
import { tokenOf } from '../hooks/authorization.ts'
import { newTracingId } from '../hooks/tracing-ids.ts'
import { partnerCenterAudience, type TokenIssuer, type TokenSubject, tokenLifetime } from './issuer.ts'

export interface TokenRouteOptions {
  issuer: TokenIssuer
  /** Where the emulator listens. */
  url: () => string
}

/** Grants of an app with a user. The other grants are for the app alone. */
const userGrants: readonly string[] = ['refresh_token', 'authorization_code', 'password']
const grants: readonly string[] = [...userGrants, 'client_credentials']

/** The form of an account's name: the tenant may name an account. */
const tenantPattern = '^[A-Za-z0-9._-]{1,64}$'

/**
 * The token routes of login.microsoftonline.com, and the token exchange of the API host. They accept any client and secret.
 * https://learn.microsoft.com/partner-center/developer/partner-center-authentication
 */
export const tokenRoutes: FastifyPluginCallback<TokenRouteOptions> = (app, { issuer, url }, done) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, read) => read(null, body))
  app.addHook('preHandler', readForm)

  const tenantPath = `/:tenant(${tenantPattern})`
  app.post<{ Params: { tenant: string } }>(`${tenantPath}/oauth2/token`, async (request, reply) => {
    const granted = await grant(request, reply, request.params.tenant, formOf(request).get('resource'))
    return granted === undefined ? reply : reply.send(mapValues(granted, String))
  })
  app.post<{ Params: { tenant: string } }>(`${tenantPath}/oauth2/v2.0/token`, async (request, reply) => {
    const granted = await grant(request, reply, request.params.tenant, audienceOf(formOf(request).get('scope')))
    return granted === undefined ? reply : reply.send(granted)
  })

  for (const path of ['/generatetoken', '/v3/generatetoken']) {
    app.post(path, async (request, reply) => {
      const now = request.account.clock.now()
      const token = tokenOf(request)
      const check = token === undefined ? undefined : await issuer.check(token, now)
      const known = check !== undefined && 'subject' in check ? check.subject : undefined
      const anyone = {
        tenantId: request.account.partnerId,
        appId: formOf(request).get('client_id') ?? 'any',
        user: 'any',
      }
      const subject: TokenSubject = { ...(known ?? anyone), audience: partnerCenterAudience }
      const access_token = await issuer.issue(subject, now)
      return reply.send({ access_token, token_type: 'bearer', expires_in: tokenLifetime })
    })
  }

  for (const version of ['', '/v2.0']) {
    app.get<{ Params: { tenant: string } }>(
      `${tenantPath}${version}/.well-known/openid-configuration`,
      ({ params }) => {
        const authority = `${url()}/${params.tenant}`
        return {
          issuer: `https://sts.windows.net/${params.tenant}/`,
          token_endpoint: `${authority}/oauth2${version}/token`,
          jwks_uri: `${authority}/discovery${version}/keys`,
          response_types_supported: ['token'],
          subject_types_supported: ['pairwise'],
          id_token_signing_alg_values_supported: ['RS256'],
        }
      },
    )
    app.get(`${tenantPath}/discovery${version}/keys`, () => issuer.publicKeys())
  }

  /** The reply to a grant, or undefined when the grant was refused and the refusal has been sent. */
  async function grant(
    request: FastifyRequest,
    reply: FastifyReply,
    tenant: string,
    audience: string | null | undefined,
  ) {
    reply.header('Cache-Control', 'no-cache, no-store').header('Pragma', 'no-cache').header('Expires', '-1')
    const form = formOf(request)
    const type = form.get('grant_type') ?? ''
    const appId = form.get('client_id')
    const now = request.account.clock.now()
    if (!grants.includes(type)) {
      refuseGrant(reply, now, type === '' ? 'invalid_request' : 'unsupported_grant_type', 'AADSTS70003', 'grant_type')
      return undefined
    }
    if (!appId) {
      refuseGrant(reply, now, 'invalid_request', 'AADSTS90014', 'client_id')
      return undefined
    }
    const user = userGrants.includes(type) ? (form.get('username') ?? 'user@emulator') : undefined
    const resource = audience || partnerCenterAudience
    const account = request.account.name === 'default' ? undefined : request.account.name
    const subject = { tenantId: tenant.toLowerCase(), appId, audience: resource, user, account }
    const seconds = Math.floor(now / 1000)
    return {
      token_type: 'Bearer',
      ...(user === undefined ? {} : { scope: 'user_impersonation' }),
      expires_in: tokenLifetime,
      ext_expires_in: tokenLifetime,
      expires_on: seconds + tokenLifetime,
      not_before: seconds,
      resource,
      access_token: await issuer.issue(subject, now),
      ...(user === undefined ? {} : { refresh_token: form.get('refresh_token') ?? newTracingId() }),
    }
  }
  done()
}

function formOf({ body }: FastifyRequest): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams()
}

/** The resource of a scope such as `https://api.partnercenter.microsoft.com/.default offline_access`. */
function audienceOf(scope: string | null): string | undefined {
  const end = scope?.search(/\/(\.default|user_impersonation)/) ?? -1
  return (end === -1 ? scope : scope?.slice(0, end)) ?? undefined
}

/** A hook that reads the form of a request, or refuses it when it exceeds a limit. */
function readForm(request: FastifyRequest, reply: FastifyReply, next: () => void): void {
  const { body } = request
  if (typeof body !== 'string') {
    next()
    return
  }
  const form = body.length > limits.formCharacters ? undefined : new URLSearchParams(body)
  const mistake =
    form === undefined ? `The request body is longer than ${limits.formCharacters} characters.` : tooLongField(form)
  if (mistake !== undefined) sendRefusal(reply, request.account.clock.now(), 'invalid_request', 'AADSTS90013', mistake)
  else {
    request.body = form
    next()
  }
}

/** The fields that become part of the token. */
const tokenFields: readonly string[] = ['client_id', 'username', 'resource', 'scope']

function tooLongField(form: URLSearchParams): string | undefined {
  for (const [name, { length }] of form) {
    const atMost = tokenFields.includes(name) ? limits.tokenFieldCharacters : limits.formFieldCharacters
    if (name.length > atMost) return `The name of a parameter is longer than ${atMost} characters.`
    if (length > atMost) return `The parameter '${name}' is longer than ${atMost} characters.`
  }
  return undefined
}

function refuseGrant(reply: FastifyReply, now: number, error: string, code: string, parameter: string): void {
  sendRefusal(reply, now, error, code, `The request body must contain a valid parameter '${parameter}'.`)
}

/** Sends a refusal in Entra's form. */
function sendRefusal(reply: FastifyReply, now: number, error: string, code: string, mistake: string): void {
  const [traceId, correlationId] = [newTracingId(), newTracingId()]
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`
  reply.code(400).send({
    error,
    error_description: `${code}: ${mistake}\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${timestamp}`,
    error_codes: [Number(code.replace(/\D/g, ''))],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
  })
}

function mapValues<Value>(values: Record<string, Value>, change: (value: Value) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
}
