import { type ApiDocument, isReference, operationsOf, type Response } from './types.ts'

/**
 * Moves each response that several operations have to the components. Its name joins the names of its examples, which are
 * those of its errors.
 */
export function shareResponses(document: ApiDocument): void {
  const counts = new Map<string, number>()
  for (const { responses } of operationsOf(document)) {
    for (const response of Object.values(responses)) {
      const text = JSON.stringify(response)
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
  }
  const shared: Record<string, Response> = {}
  for (const { responses } of operationsOf(document)) {
    for (const [status, response] of Object.entries(responses)) {
      if (isReference(response) || (counts.get(JSON.stringify(response)) ?? 0) < 2) continue
      const name = nameOf(response)
      shared[name] = response
      responses[status] = { $ref: `#/components/responses/${name}` }
    }
  }
  document.components.responses = Object.fromEntries(
    Object.entries(shared).sort(([one], [other]) => (one < other ? -1 : 1)),
  )
}

function nameOf({ content }: Response): string {
  const examples = content?.['application/json']?.examples
  if (examples === undefined) return 'NoContent'
  return Object.keys(examples)
    .map((name) => name.charAt(0).toUpperCase() + name.slice(1))
    .join('Or')
}
