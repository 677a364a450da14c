import t from 'tap'
import { Throttle } from '../../src/accounts/throttle.ts'
import { exchange, readReply, requestText } from '../raw-socket.ts'
import { documentedOrder, runEmulator } from '../running-emulator.ts'

const second = 1000

t.test('the limit applies to any 60 seconds', async (t) => {
  const throttle = new Throttle(3)
  t.same(
    [0, 10, 20].map((at) => throttle.count(at * second)),
    [0, 0, 0],
  )
  t.equal(throttle.count(59 * second), 11, 'the request of second 10 has to leave the window first')
})

t.test('a client that waits for the given time is let in', async (t) => {
  const throttle = new Throttle(3)
  for (const at of [0, 1, 2]) throttle.count(at * second)
  const wait = throttle.count(3 * second)
  t.equal(throttle.count((3 + wait) * second), 0)
})

t.test('a client that does not wait is not let in', async (t) => {
  const throttle = new Throttle(3)
  for (const at of [0, 1, 2]) throttle.count(at * second)
  for (let at = 3; at < 300; at += 5) t.ok(throttle.count(at * second) > 0, `second ${at}`)
  t.equal(throttle.count(400 * second), 0)
})

t.test("the reply is the gateway's, with Retry-After and the ids", async (t) => {
  const { url } = await runEmulator(t, { throttle: 2 })
  const request = requestText(`GET ${documentedOrder}`, ['MS-RequestId: mine'])
  for (const allowed of [200, 200]) t.equal(readReply(await exchange(url, request)).status, allowed)
  const { status, headers, body } = readReply(await exchange(url, request))
  t.equal(status, 429)
  const wait = headers.find((header) => header.startsWith('Retry-After: '))?.slice('Retry-After: '.length)
  t.match(wait, /^(59|60)$/)
  t.ok(headers.includes('MS-RequestId: mine'))
  t.ok(headers.includes('Content-Type: application/json'))
  t.equal(body.toString(), `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in ${wait} seconds." }`)
  t.equal(body.length, 84)
})

t.test('the control plane is not throttled', async (t) => {
  const { send } = await runEmulator(t, { throttle: 1 })
  for (let time = 0; time < 5; time++) t.equal((await send('/_emulator/health')).status, 200)
})
