import { equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { Throttle } from '../../src/accounts/throttle.ts'
import { holds } from '../model/arbitrary-orders.ts'
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

const pauses = fc.array(fc.oneof(fc.nat(50), fc.nat(2 * second), fc.nat(70 * second)), { minLength: 1, maxLength: 200 })

t.test('any sequence of requests', async (t) => {
  holds(
    t,
    'has at most the limit in any 60 seconds, and a client that waits is let in',
    fc.property(fc.integer({ min: 1, max: 20 }), pauses, (limit, pauses) => {
      const throttle = new Throttle(limit)
      const times: number[] = []
      const countAfter = (time: number) => times.filter((earlier) => earlier > time).length
      let now = 0
      for (const pause of pauses) {
        now += pause
        times.push(now)
        const wait = throttle.count(now)
        if (countAfter(now - 60 * second) > limit) ok(wait > 0)
        if (wait === 0) continue
        ok(countAfter(now - 60 * second - 100) > limit, 'at most a tenth of a second too early')
        now += wait * second
        times.push(now)
        equal(throttle.count(now), 0)
      }
    }),
  )
})

t.test('a client does not wait for a time that the clock has left', async (t) => {
  const throttle = new Throttle(2)
  const later = 10 * 3600 * second
  for (const at of [0, 1, 2]) throttle.count(later + at * second)
  t.same(
    [0, 1, 2].map((at) => throttle.count(at * second)),
    [0, 0, 59],
  )
})

t.test('memory does not depend on the limit', async (t) => {
  const before = process.memoryUsage().arrayBuffers
  const throttles = Array.from({ length: 20 }, () => new Throttle(9_999_999))
  t.same(new Set(throttles.map((throttle) => throttle.count(0))), new Set([0]))
  t.ok(process.memoryUsage().arrayBuffers - before < 1024 * 1024)
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
