import type { FastifyRequest } from 'fastify'
import { PartnerCenterError } from './errors.ts'

/**
 * Refuses a change of another version: `staleEtag`. Only legacy resources have an etag. SDKs send it in quotes; without it,
 * or with `*`, any version matches.
 */
export function refuseStaleEtag({ headers }: FastifyRequest, etag: string | undefined): void {
  const wanted = headers['if-match']?.trim().replace(/^"(.*)"$/, '$1')
  if (!wanted || wanted === '*' || !etag || wanted === etag) return
  throw new PartnerCenterError('staleEtag')
}
