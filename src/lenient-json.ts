import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'

/**
 * Parses JSON with trailing commas, comments and a byte order mark.
 * `mistake`: the first mistake and its place, such as `InvalidSymbol at line 2, column 13`.
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
    // The parser recurses for each bracket, so tens of thousands of brackets overflow the stack.
    return { mistake: 'nested too deeply' }
  }
  const [first] = mistakes
  if (first === undefined) return { value }
  const lines = text.slice(0, first.offset).split('\n')
  const column = (lines.at(-1)?.length ?? 0) + 1
  return { mistake: `${printParseErrorCode(first.error)} at line ${lines.length}, column ${column}` }
}
