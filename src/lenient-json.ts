import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { listMistakes } from './model/mistakes.ts'

/**
 * Parses JSON with trailing commas, comments and a byte order mark.
 * `mistakes`: the first ten mistakes and their places, such as `InvalidSymbol at line 2, column 13`.
 */
export function readLenientJson(source: string): { value: unknown } | { mistakes: string[] } {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source
  try {
    return { value: JSON.parse(text) }
  } catch {
    return readWithComments(text)
  }
}

function readWithComments(text: string): { value: unknown } | { mistakes: string[] } {
  const errors: ParseError[] = []
  let value: unknown
  try {
    value = parse(text, errors, { allowTrailingComma: true })
  } catch {
    // The parser recurses for each bracket, so tens of thousands of brackets overflow the stack.
    return { mistakes: ['nested too deeply'] }
  }
  if (errors.length === 0) return { value }
  const mistakes = errors.filter((error, at) => !isConsequence(error, errors[at - 1], text))
  return { mistakes: listMistakes(mistakes, (mistake) => describe(mistake, text)) }
}

/** Whether the parser reports an error only because of the one before: at the same place, or for lack of the wrong symbol. */
function isConsequence({ offset }: ParseError, before: ParseError | undefined, text: string): boolean {
  if (before === undefined) return false
  const isSymbol = printParseErrorCode(before.error) === 'InvalidSymbol'
  return offset === before.offset || (isSymbol && text.slice(before.offset + before.length, offset).trim() === '')
}

function describe({ error, offset }: ParseError, text: string): string {
  const lines = text.slice(0, offset).split('\n')
  const column = (lines.at(-1)?.length ?? 0) + 1
  return `${printParseErrorCode(error)} at line ${lines.length}, column ${column}`
}
