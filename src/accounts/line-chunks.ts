import { closeSync, openSync, readSync } from 'node:fs'

/** Whole lines of a file, as its bytes. */
export interface LineChunk {
  bytes: Uint8Array<ArrayBuffer>
  /** Counted from 1. */
  firstLine: number
}

const chunkBytes = 256 * 1024
const lineEnd = 0x0a

/** The lines of a file in chunks, each with memory of its own, read as they are asked for. */
export function* readLineChunks(path: string): Generator<LineChunk> {
  const descriptor = openSync(path, 'r')
  let firstLine = 1
  let unfinished = new Uint8Array()
  try {
    for (;;) {
      const known = new Uint8Array(unfinished.length + chunkBytes)
      known.set(unfinished)
      const read = readSync(descriptor, known, unfinished.length, chunkBytes, null)
      const end = read === 0 ? unfinished.length : known.lastIndexOf(lineEnd) + 1
      const bytes = known.subarray(0, end)
      unfinished = known.slice(end, unfinished.length + read)
      // Not afterwards: who is given the chunk may give its memory away.
      const lines = countLines(bytes)
      if (end > 0) yield { bytes, firstLine }
      if (read === 0) return
      firstLine += lines
    }
  } finally {
    closeSync(descriptor)
  }
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let end = bytes.indexOf(lineEnd); end !== -1; end = bytes.indexOf(lineEnd, end + 1)) count += 1
  return count
}

/** Each line is decoded by itself: cut from a text of many, it would hold on to all of that. */
export function* linesOf({ bytes }: LineChunk): Generator<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let start = 0
  for (let end = buffer.indexOf(lineEnd); end !== -1; end = buffer.indexOf(lineEnd, start)) {
    yield buffer.toString('utf8', start, end)
    start = end + 1
  }
  yield buffer.toString('utf8', start)
}
