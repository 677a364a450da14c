import type { FastifyRequest } from 'fastify'
import type { Decision } from '../../accounts/journal.ts'
import { type EditionName, editions } from '../../model/editions.ts'
import { lazy } from '../../model/lazy.ts'
import { type ErrorName, errorCatalog } from './error-catalog.ts'

/** The texts of decisions, so that the journal writes each once. */
const texts = lazy(() => new Map<string, string>())

/** Notes for the journal that a request was refused, by name. */
export function noteRefusal(request: FastifyRequest, name: ErrorName): void {
  request.decision = textOf(name, () => ({ name, sources: [errorCatalog[name].source] }))
}

/** Notes for the journal that a rule of an edition let a request cancel. `member`: the member of the edition with the rule. */
export function noteCancellation(request: FastifyRequest, member: 'cancellation', edition: EditionName): void {
  const sources = editions[edition].sources[member]
  request.decision = textOf(`${member} ${edition}`, () => ({ name: member, edition, sources }))
}

function textOf(key: string, make: () => Decision): string {
  const kept = texts().get(key)
  if (kept !== undefined) return kept
  const text = JSON.stringify(make())
  texts().set(key, text)
  return text
}
