import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'

/**
 * Reads JSON that may have trailing commas, comments and a byte order mark in front.
 * `mistake` says what stands where, such as `InvalidSymbol at line 2, column 13`.
 */
export function readLenientJson(source: string): { value: unknown } | { mistake: string } {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source
  try {
    return { value: JSON.parse(text) }
  } catch {
    return readWithComments(text)
  }
}

function readWithComments(text: string): { value: unknown } | { mistake: string } {
  const mistakes: ParseError[] = []
  let value: unknown
  try {
    value = parse(text, mistakes, { allowTrailingComma: true })
  } catch {
    // The parser descends once per bracket, and runs out of stack on tens of thousands of them.
    return { mistake: 'nested too deeply' }
  }
  const [first] = mistakes
  if (first === undefined) return { value }
  const lines = text.slice(0, first.offset).split('\n')
  const column = (lines.at(-1)?.length ?? 0) + 1
  return { mistake: `${printParseErrorCode(first.error)} at line ${lines.length}, column ${column}` }
}
