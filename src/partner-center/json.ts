import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { z } from 'zod'
import { PartnerCenterError } from './errors.ts'

/**
 * Reads a request's body as the service does: trailing commas, comments and a leading byte order mark are accepted (the
 * documentation's own examples have the first two), and the Content-Type is not looked at.
 * Throws `invalidInput` with the place of the first mistake.
 */
export function readJson(body: unknown): unknown {
  const text = typeof body === 'string' ? body.replace(/^\uFEFF/, '') : ''
  if (text.trim() === '') throw new PartnerCenterError('invalidInput', { data: ['The body is empty.'] })
  try {
    return JSON.parse(text)
  } catch {
    return readLenientJson(text)
  }
}

function readLenientJson(text: string): unknown {
  const mistakes: ParseError[] = []
  let value: unknown
  try {
    value = parse(text, mistakes, { allowTrailingComma: true })
  } catch {
    // The parser descends once per bracket and runs out of stack on tens of thousands of them.
    throw new PartnerCenterError('invalidInput', { data: ['The body is nested too deeply.'] })
  }
  const [first] = mistakes
  if (first !== undefined) {
    const before = text.slice(0, first.offset).split('\n')
    const column = (before.at(-1)?.length ?? 0) + 1
    const what = printParseErrorCode(first.error)
    throw new PartnerCenterError('invalidInput', {
      data: [`The body is not JSON: ${what} at line ${before.length}, column ${column}.`],
    })
  }
  return value
}

/** Reads a body by its schema. Throws `invalidInput` with what is wrong and where. */
export function readBody<Content>(body: unknown, schema: z.ZodType<Content>): Content {
  const result = schema.safeParse(readJson(body))
  if (result.success) return result.data
  const data = result.error.issues.map(({ path, message }) => `${z.core.toDotPath(path) || 'The body'}: ${message}`)
  throw new PartnerCenterError('invalidInput', { data })
}

/**
 * An object whose member names match in any case, as SDKs send them in camel case and in Pascal case. Of members that
 * differ in case only the last one counts. Unknown members are dropped.
 */
export function anyCase<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]))
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const renamed: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(value)) {
      const known = names.get(name.toLowerCase())
      if (known !== undefined) renamed[known] = member
    }
    return renamed
  }, z.object(shape))
}
