import { connect } from 'node:net'

/** Sends raw bytes to a server. Returns the bytes of the reply when the server has closed the connection. */
export async function exchange(url: string, request: string | Buffer): Promise<Buffer> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.setTimeout(5000, () => socket.destroy(new Error('no reply within 5 seconds')))
  socket.write(request)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The text of a request that asks the server to close the connection after its reply. */
export function requestText(line: string, headers: readonly string[] = [], body = ''): string {
  const length = Buffer.byteLength(body, 'latin1')
  const all = [
    'Host: localhost',
    'Connection: close',
    ...headers,
    ...(body === '' ? [] : [`Content-Length: ${length}`]),
  ]
  return `${line} HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n${body}`
}

/** Splits a reply into its status, its header lines as written, and its body. */
export function readReply(reply: Buffer): { status: number; headers: string[]; body: Buffer } {
  const end = reply.indexOf('\r\n\r\n')
  const [first = '', ...headers] = reply.subarray(0, end).toString('latin1').split('\r\n')
  return { status: Number(first.split(' ')[1]), headers, body: reply.subarray(end + 4) }
}
