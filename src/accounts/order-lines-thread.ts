import type { MessagePort, Worker } from 'node:worker_threads'
import { FixtureError } from './fixture-order.ts'
import type { LineChunk } from './line-chunks.ts'
import type { OrderBatch } from './order-batch.ts'
import type { OrderLinesContext } from './order-lines.ts'

/** What the program of the thread is given. */
export interface OrderLinesThreadData {
  context: OrderLinesContext
  /** Takes chunks and gives answers, in the same order. */
  port: MessagePort
  /** One number, of answers so far. */
  answered: Int32Array<SharedArrayBuffer>
}

export type LineChunkAnswer = { batch: OrderBatch } | { refusal: string } | { failure: unknown }

/** Its program, beside this one in the sources and in a release. */
const program = new URL(`order-lines-worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'cjs'}`, import.meta.url)

/** Milliseconds in which a chunk is read, unless something is wrong with the thread. */
const answersWithin = 60_000

/** A thread that reads the orders in chunks of a file while this one does something else. */
export class OrderLinesThread {
  // Loaded here, since most starts need no thread.
  readonly #threads = process.getBuiltinModule('node:worker_threads')
  readonly #context: OrderLinesContext
  readonly #port: MessagePort
  readonly #worker: Worker
  readonly #answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  #sent = 0
  #received = 0

  constructor(context: OrderLinesContext) {
    const { port1, port2 } = new this.#threads.MessageChannel()
    const workerData: OrderLinesThreadData = { context, port: port2, answered: this.#answered }
    this.#context = context
    this.#port = port1
    this.#worker = new this.#threads.Worker(program, { workerData, transferList: [port2] })
  }

  /** How many chunks were sent and not received. */
  get waiting(): number {
    return this.#sent - this.#received
  }

  /** Whether `receive` would not have to wait. */
  get hasAnswered(): boolean {
    return Atomics.load(this.#answered, 0) > this.#received
  }

  /** The chunk's memory goes to the thread. */
  send(chunk: LineChunk): void {
    this.#port.postMessage(chunk, [chunk.bytes.buffer])
    this.#sent += 1
  }

  /**
   * The orders of the chunk that was sent first. It waits for them without a turn of the event loop, so that orders from a
   * thread are gone through as any others are. Throws FixtureError as `orderLinesReader` has it, and Error where the thread
   * does not answer.
   */
  receive(): OrderBatch {
    if (Atomics.wait(this.#answered, 0, this.#received, answersWithin) === 'timed-out')
      throw new Error(`the thread that reads ${this.#context.path} does not answer`)
    this.#received += 1
    const answer: LineChunkAnswer = this.#threads.receiveMessageOnPort(this.#port)?.message
    if ('batch' in answer) return answer.batch
    throw 'refusal' in answer ? new FixtureError(answer.refusal) : answer.failure
  }

  end(): void {
    this.#port.close()
    void this.#worker.terminate()
  }
}
