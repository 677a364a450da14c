import type { FastifyRequest } from 'fastify'
import { PartnerCenterError } from './errors.ts'

/**
 * Refuses a change that was meant for another version: `staleEtag`. Only legacy resources have an etag; SDKs send it in
 * quotes, and its absence or `*` means any version.
 */
export function refuseStaleEtag({ headers }: FastifyRequest, etag: string | undefined): void {
  const wanted = headers['if-match']?.trim().replace(/^"(.*)"$/, '$1')
  if (!wanted || wanted === '*' || !etag || wanted === etag) return
  throw new PartnerCenterError('staleEtag')
}
