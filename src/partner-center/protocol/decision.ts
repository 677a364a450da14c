import type { FastifyRequest } from 'fastify'
import type { Decision } from '../../accounts/journal.ts'
import type { ProductType } from '../../model/catalog/schema.ts'
import { type EditionName, editions } from '../../model/editions.ts'
import { lazy } from '../../model/lazy.ts'
import { type ErrorName, errorCatalog } from './error-catalog.ts'

/** The texts of decisions, so that the journal writes each once. */
const texts = lazy(() => new Map<string, string>())

/** Notes for the journal that a request was refused, by name. */
export function noteRefusal(request: FastifyRequest, name: ErrorName): void {
  request.decision = textOf(name, () => ({ name, sources: [errorCatalog[name].source] }))
}

/** Notes for the journal that the table of an edition let an order cancel. */
export function noteCancellation(request: FastifyRequest, edition: EditionName): void {
  const name = 'cancellation'
  request.decision = textOf(`${name} ${edition}`, () => ({ name, edition, sources: editions[edition].sources[name] }))
}

/** Notes for the journal that the table of an edition let a subscription of a product cancel. */
export function noteSubscriptionEnd(request: FastifyRequest, edition: EditionName, productType: ProductType): void {
  const name = `subscriptions.rules.${productType}.cancel`
  const { source } = editions[edition].subscriptions.rules[productType].cancel
  request.decision = textOf(`${name} ${edition}`, () => ({ name, edition, sources: [source] }))
}

function textOf(key: string, make: () => Decision): string {
  const kept = texts().get(key)
  if (kept !== undefined) return kept
  const text = JSON.stringify(make())
  texts().set(key, text)
  return text
}
