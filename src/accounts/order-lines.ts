import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { FixtureOrder, parseFixture, type References, refuseUnknownReference } from './fixture-order.ts'

const chunkBytes = 1024 * 1024

/**
 * The orders of a newline-delimited file, one a line, read as they are asked for: the file may be larger than the memory.
 * Throws FixtureError with the number of the line for one that is no order, and for an unknown customer or offer.
 */
export function* readOrderLines(file: URL, references: References): Generator<FixtureOrder> {
  const path = fileURLToPath(file)
  const schema = z.compile(FixtureOrder)
  let number = 0
  for (const line of linesOf(path)) {
    number += 1
    if (line.trim() === '') continue
    const where = `${path}:${number}`
    const entry = parseFixture(line, schema, where, 'the line')
    refuseUnknownReference(where, entry, references)
    yield entry
  }
}

function* linesOf(path: string): Generator<string> {
  const descriptor = openSync(path, 'r')
  const decoder = new StringDecoder('utf8')
  const chunk = Buffer.allocUnsafe(chunkBytes)
  let rest = ''
  try {
    for (let bytes = readSync(descriptor, chunk); bytes > 0; bytes = readSync(descriptor, chunk)) {
      const lines = (rest + decoder.write(chunk.subarray(0, bytes))).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    yield rest
  } finally {
    closeSync(descriptor)
  }
}
