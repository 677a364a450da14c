import { createServer } from 'node:http'

/**
 * The yardstick: a bare handler that reads the request and always sends the same bytes, with the headers of the emulator.
 * Usage: bare-server.ts <status> <body>
 */
const [status = '200', body = ''] = process.argv.slice(2)
const headers = {
  'Content-Length': Buffer.byteLength(body),
  'Content-Type': 'application/json; charset=utf-8',
  'MS-CorrelationId': '1438ea3d-b515-45c7-9ec1-27ee0cc8e6bd',
  'MS-RequestId': '655890ba-4d2b-4d09-a95f-4ea1348686a5',
  'MS-CV': 'xqqtn+OEVE2ridoS.0',
  'MS-ServerId': '0000112D',
  'X-Content-Type-Options': 'nosniff',
}
const server = createServer((request, response) => {
  const reply = () => {
    response.writeHead(Number(status), headers)
    response.end(body)
  }
  if (request.method === 'GET') reply()
  else request.resume().once('end', reply)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`ready at http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}: bare\n`)
})
