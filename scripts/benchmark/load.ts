import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { orderId } from '../../test/generated-orders.ts'
import { processorTime } from './processor-time.ts'

/**
 * The load generator. Reads tasks as lines of JSON, runs each, and prints its result as a line of JSON. Each connection has
 * one request at a time. One process runs all tasks, since a new client is slower for its first thousands of requests.
 *
 * The generator must cost less than the server: it finds the end of a reply by counting bytes, since all replies have the
 * same length. It never sleeps: in a virtual machine, the server would pay for waking the client with each reply.
 */
export interface Task extends Load {
  /** The base URL of the server, such as `http://127.0.0.1:8080`, and its process. */
  url: string
  pid: number
}

/** The requests to send to a server. */
export interface Load {
  method: 'GET' | 'PATCH'
  /** With `{order}` if each request names another order. */
  path: string
  /** The number of the first order, and the number of orders; requests go through them in sequence. */
  first: number
  orders: number
  /** The distance from one order to the next; 1 by default. */
  stride?: number
  /** The load ends after this many seconds or requests, whichever comes first. */
  seconds: number
  requests: number
  connections: number
  /**
   * The number of requests before counting starts, since a server is slower at first. They are reads, so that every
   * cancellation is counted.
   */
  uncounted: number
  /** The expected status of every reply. */
  status: number
}

export interface Measured {
  /** The number of counted requests, and their duration in seconds. */
  requests: number
  elapsed: number
  /** The processor time of the server per request, in microseconds. */
  processor: number
  /** Milliseconds from request to reply. */
  p50: number
  p99: number
}

const cancellation = '{"status": "cancelled"}'

function makeRequest({ url, method, path, first, orders, stride = 1, uncounted }: Task): (sent: number) => string {
  const { host } = new URL(url)
  const head = `Host: ${host}\r\nAccept: application/json\r\nMS-CorrelationId: 1438ea3d-b515-45c7-9ec1-27ee0cc8e6bd\r\n`
  const id = 'MS-RequestId: 655890ba-4d2b-4d09-a95f-'
  const parts = {
    GET: { tail: `${head}${id}`, body: '' },
    PATCH: {
      tail: `${head}Content-Type: application/json\r\nContent-Length: ${cancellation.length}\r\n${id}`,
      body: cancellation,
    },
  }
  return (sent) => {
    const sentMethod = sent < uncounted ? 'GET' : method
    const { tail, body } = parts[sentMethod]
    const order = path.includes('{order}') ? path.replace('{order}', orderId((first + sent * stride) % orders)) : path
    return `${sentMethod} ${order} HTTP/1.1\r\n${tail}${String(first + sent).padStart(12, '0')}\r\n\r\n${body}`
  }
}

/** The length of a reply in bytes: its head and its Content-Length. */
function lengthOf(reply: Buffer): number {
  const head = reply.subarray(0, reply.indexOf('\r\n\r\n') + 4)
  return head.length + Number(/content-length: (\d+)/i.exec(head.toString('latin1'))?.[1] ?? Number.NaN)
}

/** Counts replies and their latencies, after the uncounted ones. */
class Count {
  readonly #task: Task
  readonly #latencies: number[] = []
  #replied = 0
  #start = 0
  #end = 0
  #used = 0

  constructor(task: Task) {
    this.#task = task
    this.#begin()
  }

  #begin(): void {
    this.#start = performance.now()
    this.#used = processorTime(this.#task.pid)
  }

  /** `sentAt`: the time at which the request of this reply was sent. */
  reply(sentAt: number): void {
    this.#replied += 1
    if (this.#replied === this.#task.uncounted) this.#begin()
    else if (this.#replied > this.#task.uncounted) {
      this.#end = performance.now()
      this.#latencies.push(this.#end - sentAt)
    }
  }

  measured(): Measured {
    const sorted = Float64Array.from(this.#latencies).sort()
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
    const requests = sorted.length
    const elapsed = (this.#end - this.#start) / 1000
    const processor = (processorTime(this.#task.pid) - this.#used) / requests
    return { requests, elapsed, processor, p50: at(0.5), p99: at(0.99) }
  }
}

/** Sends requests on one connection, each after the reply to the one before, until `nextRequest` returns undefined. */
function runConnection({ url, status }: Task, count: Count, nextRequest: () => string | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', noDelay: true })
  let replyLength = 0
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
      reject(new Error(`unexpected reply: ${chunk.toString('latin1').slice(0, 1000)}`))
    if (replyLength === 0) replyLength = lengthOf(chunk)
    received += chunk.length
    if (received < replyLength) return
    if (received > replyLength) reject(new Error(`a reply of ${received} bytes, expected ${replyLength}`))
    received = 0
    count.reply(sentAt)
    send()
  })
  return promise
}

/** Keeps the process from sleeping until the returned function is called. */
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

async function run(task: Task): Promise<Measured> {
  const request = makeRequest(task)
  const count = new Count(task)
  const until = performance.now() + task.seconds * 1000
  let sent = 0
  const nextRequest = () => (sent < task.requests && performance.now() < until ? request(sent++) : undefined)
  const sleep = stayAwake()
  await Promise.all(Array.from({ length: task.connections }, () => runConnection(task, count, nextRequest)))
  sleep()
  return count.measured()
}

if (import.meta.main) {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`)
  }
}
