import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { readReply, requestText } from '../../raw-socket.ts'
import { documentedOrder, runEmulator, type SendOptions } from '../../running-emulator.ts'

/** Contains two characters of several bytes. */
const body = '{"status": "cancelled", "note": "ä€"}'
const bytes = Buffer.from(body)
const head = (headers: readonly string[]) => Buffer.from(requestText(`PATCH ${documentedOrder}`, headers))
const whole = Buffer.concat([head([`Content-Length: ${bytes.length}`]), bytes])
const beforeLast = (count: number) => [whole.subarray(0, -count), whole.subarray(-count)]
const keptAlive = Buffer.from(whole.toString('latin1').replace('Connection: close\r\n', ''), 'latin1')
const spaces = Buffer.alloc(100_000, ' ')
const chunk = (content: Uint8Array) =>
  Buffer.concat([Buffer.from(`${content.length.toString(16)}\r\n`), content, Buffer.from('\r\n')])

/** The packets in which a request with a body may arrive. */
const arrivals: Readonly<Record<string, readonly Uint8Array[]>> = {
  'together with the head': [whole],
  'after the head': beforeLast(bytes.length),
  'split within a character': beforeLast(4),
  'byte by byte': Array.from(whole, (byte) => Uint8Array.of(byte)),
  'with chunked encoding': [
    head(['Transfer-Encoding: chunked']),
    chunk(bytes.subarray(0, -4)),
    chunk(bytes.subarray(-4)),
    chunk(Buffer.alloc(0)),
  ],
  'longer than one packet': [head([`Content-Length: ${bytes.length + spaces.length}`]), bytes, spaces],
  'with Expect: 100-continue': [head([`Content-Length: ${bytes.length}`, 'Expect: 100-continue']), bytes],
}

async function sendInPackets(url: string, packets: readonly Uint8Array[]): Promise<Buffer> {
  const { hostname, port } = new URL(url)
  const socket = connect({ port: Number(port), host: hostname, noDelay: true })
  const received: Buffer[] = []
  socket.on('data', (data) => received.push(data))
  const closed = once(socket, 'close')
  for (const packet of packets) {
    socket.write(packet)
    await sleep(packets.length > 3 ? 1 : 20)
  }
  await closed
  return Buffer.concat(received)
}

t.test('a body is read completely however it arrives', async (t) => {
  const { url, send } = await runEmulator(t)
  for (const [name, packets] of Object.entries(arrivals)) {
    const reply = (await sendInPackets(url, packets)).toString('latin1').replace(/^HTTP\/1.1 100 Continue\r\n\r\n/, '')
    t.equal(readReply(Buffer.from(reply, 'latin1')).status, 200, name)
    const [entry] = Object(await send('/_emulator/requests')).body
    t.equal(entry.body.trimEnd(), body, `${name}: the journal has the body`)
    await send('/_emulator/reset', { method: 'POST' })
  }
})

t.test('a body that arrives before the emulator reads it is not lost', async (t) => {
  const { send } = await runEmulator(t, { auth: 'strict' })
  const headers = { Authorization: 'Bearer emulator-development-token' }
  const faults: SendOptions = {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([{ operation: 'patchOrder', delay: 'PT0.05S', times: 1 }]),
  }
  await send('/_emulator/faults', faults)
  const { status } = await send(documentedOrder, { method: 'PATCH', headers, body })
  t.equal(status, 200)
})

t.test('a connection serves another request after one with a body', async (t) => {
  const { url } = await runEmulator(t)
  const both = await sendInPackets(url, [keptAlive, Buffer.from(requestText(`GET ${documentedOrder}`))])
  t.equal(both.toString('latin1').match(/HTTP\/1\.1 200 /g)?.length, 2)
})

t.test('several requests in one packet get their replies in order', async (t) => {
  const { url } = await runEmulator(t)
  const replies = await sendInPackets(url, [Buffer.concat([keptAlive, keptAlive, whole])])
  t.same(replies.toString('latin1').match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 200', 'HTTP/1.1 400', 'HTTP/1.1 400'])
})

t.test('a request whose connection breaks within the body changes nothing', async (t) => {
  const { url, send } = await runEmulator(t)
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(whole.subarray(0, -5))
  await sleep(30)
  socket.destroy()
  await sleep(30)
  t.equal(Object((await send(documentedOrder)).body).status, 'completed')
})
