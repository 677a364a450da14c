import { type ExampleReply, exampleReplies } from './example-replies.ts'
import type { ExampleRequest } from './example-requests.ts'
import { type ApiDocument, type Example, isReference, type Media, type Operation, operationsOf } from './types.ts'

/** Gives every parameter of a path, every request body and every successful reply an example. */
export async function addExamples(
  document: ApiDocument,
  requests: Readonly<Record<string, ExampleRequest>>,
): Promise<void> {
  const replies = await exampleReplies(document, requests)
  for (const operation of operationsOf(document)) {
    const request = requests[operation.operationId] ?? {}
    const example = replies.get(operation.operationId)
    addParameterExamples(operation, example?.parameters ?? {})
    addBodyExamples(operation, request)
    addReplyExample(operation, example)
  }
}

function addParameterExamples({ parameters = [] }: Operation, values: Readonly<Record<string, string>>): void {
  for (const parameter of parameters) {
    if (isReference(parameter)) continue
    const value = values[parameter.name]
    if (value !== undefined) parameter.example = parameter.schema['type'] === 'number' ? Number(value) : value
  }
}

function addBodyExamples({ operationId, requestBody }: Operation, { body, form, alternatives }: ExampleRequest): void {
  if (requestBody === undefined) return
  for (const media of Object.values(requestBody.content)) {
    if (form !== undefined) {
      const { fileName: _, ...fields } = form
      media.example = fields
    } else if (alternatives === undefined) {
      media.example = body
    } else {
      const bodies = Object.entries({ [operationId]: body, ...alternatives })
      media.examples = Object.fromEntries(bodies.map(([name, value]) => [name, { value }]))
    }
  }
}

function addReplyExample({ responses }: Operation, example: ExampleReply | undefined): void {
  if (example?.reply === undefined) return
  for (const [status, response] of Object.entries(responses)) {
    if (!status.startsWith('2') || isReference(response)) continue
    for (const media of Object.values(response.content ?? {})) media.example = example.reply
  }
}

/** Moves the replies that several operations have to the components, named by the first of them. */
export function shareExamples(document: ApiDocument): void {
  const first = new Map<string, { name: string; media: Media }>()
  const shared: Record<string, Example> = {}
  const refer = (media: Media, name: string): void => {
    delete media.example
    media.examples = { [name]: { $ref: `#/components/examples/${name}` } }
  }
  for (const { name, media } of replyMedia(document)) {
    const text = JSON.stringify(media.example)
    const earlier = first.get(text)
    if (earlier === undefined) {
      first.set(text, { name, media })
    } else {
      shared[earlier.name] = { value: JSON.parse(text) }
      refer(earlier.media, earlier.name)
      refer(media, earlier.name)
    }
  }
  document.components.examples = { ...shared, ...document.components.examples }
}

function replyMedia(document: ApiDocument): { name: string; media: Media }[] {
  return operationsOf(document).flatMap(({ operationId, responses }) =>
    Object.values(responses)
      .flatMap((response) => (isReference(response) ? [] : Object.values(response.content ?? {})))
      .filter(({ example }) => example !== undefined)
      .map((media) => ({ name: operationId, media })),
  )
}
