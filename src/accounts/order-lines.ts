import { closeSync, openSync, readSync } from 'node:fs'
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

const lineEnd = 0x0a

/** Each line is decoded by itself: cut from a text of many, it would hold on to all of that. */
function* linesOf(path: string): Generator<string> {
  const descriptor = openSync(path, 'r')
  let chunk = Buffer.allocUnsafe(chunkBytes)
  let unfinished = 0
  try {
    for (;;) {
      const read = readSync(descriptor, chunk, unfinished, chunk.length - unfinished, null)
      const known = chunk.subarray(0, unfinished + read)
      let start = 0
      for (let end = known.indexOf(lineEnd); end !== -1; end = known.indexOf(lineEnd, start)) {
        yield known.toString('utf8', start, end)
        start = end + 1
      }
      if (read === 0) {
        yield known.toString('utf8', start)
        return
      }
      unfinished = known.length - start
      const next = unfinished < chunk.length ? chunk : Buffer.allocUnsafe(2 * chunk.length)
      known.copy(next, 0, start)
      chunk = next
    }
  } finally {
    closeSync(descriptor)
  }
}
