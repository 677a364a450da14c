import type { FastifyRequest } from 'fastify'
import { readLenientJson } from '../../lenient-json.ts'
import { hasBody } from '../../transport/empty-body.ts'
import { ControlError } from '../errors.ts'

/** In UTF-16 units. Only the JSON.parse of the engine reads a longer body fast enough: it takes no comments and finds one mistake. */
const listedAtMost = 1024 * 1024

/** A hook that makes JSON the Content-Type of a body without one, or with an empty one. */
export function assumeJson(request: FastifyRequest, _reply: unknown, next: () => void): void {
  const { headers } = request
  if (!headers['content-type'] && hasBody(request)) headers['content-type'] = 'application/json'
  next()
}

/** A parser of JSON bodies for Fastify. An empty body counts as no body. */
export function parseJsonBody(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  const text = body.toString()
  if (text === '') {
    done(null)
    return
  }
  const read = text.length > listedAtMost ? readStrictJson(text) : readLenientJson(text)
  if ('mistakes' in read) done(new ControlError(400, `The body is not JSON: ${read.mistakes.join('; ')}.`))
  else done(null, read.value)
}

function readStrictJson(text: string): { value: unknown } | { mistakes: string[] } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { mistakes: [error instanceof Error ? error.message : String(error)] }
  }
}
