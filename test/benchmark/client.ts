import { connect } from 'node:net'

/**
 * Asks one URL over and over on some connections, one request at a time on each, and prints a line of JSON.
 * Usage: client.ts <url> <connections> <seconds>
 *
 * It must cost less than what it measures: a request is the same bytes each time, and since an answer then has the same
 * length each time, the answers are told apart by counting bytes.
 */
export interface Measured {
  requestsPerSecond: number
  /** Milliseconds from request to answer. */
  p50: number
  p99: number
}

const [address = '', connections = '32', seconds = '3'] = process.argv.slice(2)
const { hostname, port, pathname } = new URL(address)
const request = Buffer.from(
  `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nAccept: application/json\r\nMS-RequestId: 655890ba-4d2b-4d09-a95f-4ea1348686a5\r\nMS-CorrelationId: 1438ea3d-b515-45c7-9ec1-27ee0cc8e6bd\r\n\r\n`,
)

/** Bytes of one answer: its head and as many as its Content-Length says. */
function lengthOf(answer: Buffer): number {
  const head = answer.subarray(0, answer.indexOf('\r\n\r\n') + 4)
  return head.length + Number(/content-length: (\d+)/i.exec(head.toString('latin1'))?.[1] ?? Number.NaN)
}

const latencies: number[] = []
let warm = false
let done = false

function ask(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect({ port: Number(port), host: hostname, noDelay: true })
  let answerLength = 0
  let received = 0
  let sent = 0
  const send = () => {
    sent = performance.now()
    socket.write(request)
  }
  socket.on('connect', send)
  socket.on('error', reject)
  socket.on('close', () => resolve())
  socket.on('data', (chunk) => {
    if (answerLength === 0) answerLength = lengthOf(chunk)
    received += chunk.length
    if (received < answerLength) return
    if (received > answerLength) reject(new Error(`an answer of ${received} bytes among answers of ${answerLength}`))
    received = 0
    if (warm) latencies.push(performance.now() - sent)
    if (done) socket.destroy()
    else send()
  })
  return promise
}

const asking = Array.from({ length: Number(connections) }, ask)
setTimeout(() => {
  warm = true
  const start = performance.now()
  setTimeout(() => {
    done = true
    const elapsed = (performance.now() - start) / 1000
    const sorted = Float64Array.from(latencies).sort()
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
    const measured: Measured = { requestsPerSecond: sorted.length / elapsed, p50: at(0.5), p99: at(0.99) }
    process.stdout.write(`${JSON.stringify(measured)}\n`)
  }, Number(seconds) * 1000)
}, 500)
await Promise.all(asking)
