import { workerData } from 'node:worker_threads'
import { FixtureError } from './fixture-order.ts'
import type { LineChunk } from './line-chunks.ts'
import { orderLinesReader } from './order-lines.ts'
import type { LineChunkAnswer, OrderLinesThreadData } from './order-lines-thread.ts'

/** What an `OrderLinesThread` runs. */
const { context, port, answered }: OrderLinesThreadData = workerData
const read = orderLinesReader(context)

port.on('message', (chunk: LineChunk) => {
  port.postMessage(answer(chunk))
  Atomics.add(answered, 0, 1)
  Atomics.notify(answered, 0)
})

function answer(chunk: LineChunk): LineChunkAnswer {
  try {
    return { batch: read(chunk) }
  } catch (error) {
    // Errors lose their class on the way between threads.
    return error instanceof FixtureError ? { refusal: error.message } : { failure: error }
  }
}
