import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { orderId } from '../../test/generated-orders.ts'
import { processorTime } from './processor-time.ts'

/**
 * Asks servers over and over on some connections, one request at a time on each: reads a Load as a line of JSON, puts it on
 * its server, and prints what it measured as another, until the lines end. One process does all, since a new client is slower
 * for its first thousands of requests.
 *
 * It must cost less than what it measures: answers are told apart by counting bytes, as each has the same length. And it
 * never sleeps: where a virtual machine has to wake it, the server pays for that with each answer, and a slower one more.
 */
export interface Load extends Asked {
  /** Such as `http://127.0.0.1:8080`, and the server's process. */
  url: string
  pid: number
}

/** What is asked, whichever server is. */
export interface Asked {
  method: 'GET' | 'PATCH'
  /** With `{order}` where each request is to have an order of its own. */
  path: string
  /** The number of the first order, and of all there are; they are asked for in turn. */
  first: number
  orders: number
  /** How far the next order is from the last. */
  stride?: number
  /** Ends after so many seconds, and when so many requests have been sent, if that is sooner. */
  seconds: number
  requests: number
  connections: number
  /**
   * So many requests go by before the counting starts, since a server is slower at first. They are reads, so that each
   * cancellation is counted.
   */
  uncounted: number
  /** What every answer has to be. */
  status: number
}

export interface Measured {
  /** Those that were counted, and the seconds that they took. */
  requests: number
  elapsed: number
  /** Microseconds of the server's processor time for one of them. */
  processor: number
  /** Milliseconds from request to answer. */
  p50: number
  p99: number
}

const cancellation = '{"status": "cancelled"}'

function makeRequest({ url, method, path, first, orders, stride = 1, uncounted }: Load): (sent: number) => string {
  const { host } = new URL(url)
  const head = `Host: ${host}\r\nAccept: application/json\r\nMS-CorrelationId: 1438ea3d-b515-45c7-9ec1-27ee0cc8e6bd\r\n`
  const id = 'MS-RequestId: 655890ba-4d2b-4d09-a95f-'
  const ofMethod = {
    GET: { tail: `${head}${id}`, body: '' },
    PATCH: {
      tail: `${head}Content-Type: application/json\r\nContent-Length: ${cancellation.length}\r\n${id}`,
      body: cancellation,
    },
  }
  return (sent) => {
    const asked = sent < uncounted ? 'GET' : method
    const { tail, body } = ofMethod[asked]
    const order = path.includes('{order}') ? path.replace('{order}', orderId((first + sent * stride) % orders)) : path
    return `${asked} ${order} HTTP/1.1\r\n${tail}${String(first + sent).padStart(12, '0')}\r\n\r\n${body}`
  }
}

/** Bytes of one answer: its head and as many as its Content-Length says. */
function lengthOf(answer: Buffer): number {
  const head = answer.subarray(0, answer.indexOf('\r\n\r\n') + 4)
  return head.length + Number(/content-length: (\d+)/i.exec(head.toString('latin1'))?.[1] ?? Number.NaN)
}

/** Counts answers once as many have come as go by uncounted. */
class Count {
  readonly #load: Load
  readonly #latencies: number[] = []
  #answered = 0
  #start = 0
  #end = 0
  #used = 0

  constructor(load: Load) {
    this.#load = load
    this.#begin()
  }

  #begin(): void {
    this.#start = performance.now()
    this.#used = processorTime(this.#load.pid)
  }

  /** `sentAt`: when the request was sent that is answered now. */
  answer(sentAt: number): void {
    this.#answered += 1
    if (this.#answered === this.#load.uncounted) this.#begin()
    else if (this.#answered > this.#load.uncounted) {
      this.#end = performance.now()
      this.#latencies.push(this.#end - sentAt)
    }
  }

  measured(): Measured {
    const sorted = Float64Array.from(this.#latencies).sort()
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
    const requests = sorted.length
    const elapsed = (this.#end - this.#start) / 1000
    const processor = (processorTime(this.#load.pid) - this.#used) / requests
    return { requests, elapsed, processor, p50: at(0.5), p99: at(0.99) }
  }
}

/** Sends requests on a connection, each when the one before is answered, until there is none. */
function ask({ url, status }: Load, count: Count, nextRequest: () => string | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', noDelay: true })
  let answerLength = 0
  let received = 0
  let sentAt = 0
  const send = () => {
    const request = nextRequest()
    sentAt = performance.now()
    if (request === undefined) socket.destroy()
    else socket.write(request, 'latin1')
  }
  socket.on('connect', send)
  socket.on('error', reject)
  socket.on('close', () => resolve())
  socket.on('data', (chunk) => {
    if (received === 0 && chunk.toString('latin1', 9, 12) !== String(status))
      reject(new Error(`answered ${chunk.toString('latin1').slice(0, 1000)}`))
    if (answerLength === 0) answerLength = lengthOf(chunk)
    received += chunk.length
    if (received < answerLength) return
    if (received > answerLength) reject(new Error(`an answer of ${received} bytes among answers of ${answerLength}`))
    received = 0
    count.answer(sentAt)
    send()
  })
  return promise
}

/** Keeps the process from sleeping until what is given is called. */
function stayAwake(): () => void {
  let over = false
  const spin = () => {
    if (!over) setImmediate(spin)
  }
  spin()
  return () => {
    over = true
  }
}

async function run(load: Load): Promise<Measured> {
  const request = makeRequest(load)
  const count = new Count(load)
  const until = performance.now() + load.seconds * 1000
  let sent = 0
  const nextRequest = () => (sent < load.requests && performance.now() < until ? request(sent++) : undefined)
  const sleep = stayAwake()
  await Promise.all(Array.from({ length: load.connections }, () => ask(load, count, nextRequest)))
  sleep()
  return count.measured()
}

if (import.meta.main) {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`)
  }
}
