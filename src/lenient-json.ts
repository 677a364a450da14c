import { type ParseError, type ParseErrorCode, parse, printParseErrorCode, visit } from 'jsonc-parser'
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

/** The parser finds hundreds of thousands of errors in a long text that is not JSON, which takes a third of a second. */
const errorsAtMost = 200

function readWithComments(text: string): { value: unknown } | { mistakes: string[] } {
  try {
    const errors = errorsIn(text)
    if (errors.length === 0) return { value: parse(text, [], syntax) }
    const mistakes = errors.filter((error, at) => !isConsequence(error, errors[at - 1], text))
    const listed = listMistakes(mistakes, (mistake) => describe(mistake, text))
    return { mistakes: errors.length < errorsAtMost ? listed : [...listed, 'and mistakes after that'] }
  } catch {
    // The parser recurses for each bracket, so tens of thousands of brackets overflow the stack.
    return { mistakes: ['nested too deeply'] }
  }
}

const syntax = { allowTrailingComma: true }

/** The errors of a text, up to the limit. Only an exception stops the parser. */
function errorsIn(text: string): ParseError[] {
  const errors: ParseError[] = []
  const enough = new Error('enough errors')
  try {
    visit(text, { onError }, syntax)
  } catch (error) {
    if (error !== enough) throw error
  }
  return errors

  function onError(error: ParseErrorCode, offset: number, length: number): void {
    if (errors.push({ error, offset, length }) >= errorsAtMost) throw enough
  }
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
