import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type LineChunk, readLineChunks } from './line-chunks.ts'
import type { OrderBatch } from './order-batch.ts'
import { type OrderLinesContext, orderLinesReader } from './order-lines.ts'
import { OrderLinesThread } from './order-lines-thread.ts'

/** The bytes of a file from which on a thread reads it. To start one takes as long as reading some thousands of orders. */
const threadFrom = 8 * 1024 * 1024

/** How many chunks the thread is given before it has answered, so that it never waits for one. */
const chunksAhead = 4

/** How many chunks are in memory as orders or on their way to be. */
const batchesAtMost = 16

/**
 * Reads the orders of a newline-delimited file as they are asked for: it may be larger than the memory.
 * Throws FixtureError with the number of the line for one that is no order, and for an unknown customer or offer.
 */
export function readOrderLines(context: OrderLinesContext): Iterable<OrderBatch> {
  const chunks = readLineChunks(context.path)
  const inThread = availableParallelism() > 1 && statSync(context.path).size >= threadFrom
  return inThread ? readInThread(chunks, context) : readHere(chunks, context)
}

function* readHere(chunks: Iterable<LineChunk>, context: OrderLinesContext): Generator<OrderBatch> {
  const read = orderLinesReader(context)
  for (const chunk of chunks) yield read(chunk)
}

/** This thread reads a chunk as well where it would have to wait for the other. */
function* readInThread(chunks: Iterable<LineChunk>, context: OrderLinesContext): Generator<OrderBatch> {
  const thread = new OrderLinesThread(context)
  const read = orderLinesReader(context)
  /** In the order of the file; those that the thread reads are undefined. */
  const batches: (OrderBatch | undefined)[] = []
  const isNextRead = () => batches[0] !== undefined || thread.hasAnswered
  try {
    for (const chunk of chunks) {
      while (thread.waiting === chunksAhead && (isNextRead() || batches.length >= batchesAtMost))
        yield batches.shift() ?? thread.receive()
      if (thread.waiting < chunksAhead) {
        thread.send(chunk)
        batches.push(undefined)
      } else batches.push(read(chunk))
    }
    while (batches.length > 0) yield batches.shift() ?? thread.receive()
  } finally {
    thread.end()
  }
}
