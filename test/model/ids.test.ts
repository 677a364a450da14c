import { equal, match, notEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { holds } from './arbitrary-orders.ts'
import { etag, etagOf, fixedBytes, friendlyId, guid, modernOrderId, nextEtag } from './orders-of.ts'

const seed = fc.nat()
const sameByte = (byte: number) => (count: number) => Buffer.alloc(count, byte)

t.test('ids have the documented form and use the given bytes', async (t) => {
  t.equal(modernOrderId(sameByte(0xff)), '________________________________1')
  t.equal(modernOrderId(sameByte(0)), 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1')
  t.equal(friendlyId(sameByte(0x0a)), '0a0a0a0a0a0a')
  t.equal(guid(sameByte(0xff)), 'ffffffff-ffff-4fff-bfff-ffffffffffff')
  t.equal(guid(sameByte(0)), '00000000-0000-4000-8000-000000000000')
})

t.test('ids of any bytes', async (t) => {
  holds(
    t,
    'have the documented form',
    fc.property(seed, (seed) => {
      match(modernOrderId(fixedBytes(seed)), /^[\w-]{32}1$/)
      match(friendlyId(fixedBytes(seed)), /^[0-9a-f]{12}$/)
      match(guid(fixedBytes(seed)), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }),
  )
  holds(
    t,
    'differ between calls and repeat with the same seed',
    fc.property(seed, fc.constantFrom(modernOrderId, friendlyId, guid), (seed, make) => {
      const random = fixedBytes(seed)
      const first = make(random)
      notEqual(make(random), first)
      equal(make(fixedBytes(seed)), first)
    }),
  )
})

t.test('an etag is the base64 of id and version, whatever the case of the id', async (t) => {
  const id = '1E9AC000-0000-4000-8000-00000000000A'
  t.equal(Buffer.from(etag(id, 3), 'base64').toString(), '{"id":"1e9ac000-0000-4000-8000-00000000000a","version":3}')
  t.equal(etag(id, 3), etag(id.toLowerCase(), 3))
  t.equal(etag(id, 3), etagOf(id, 3))
})

t.test('version 1 follows an unreadable etag', async (t) => {
  for (const current of [undefined, '', 'no base64', Buffer.from('{"version":"x"}').toString('base64')]) {
    t.equal(nextEtag('x', current), etag('x', 1), `${current}`)
  }
})

t.test('the etag after any etag', async (t) => {
  holds(
    t,
    'has the same id and the next version',
    fc.property(fc.string(), fc.nat(), (id, version) => nextEtag(id, etag(id, version)) === etag(id, version + 1)),
  )
})
