import t from 'tap'
import { ByteBudget, ByteRing } from '../../src/storage/byte-ring.ts'

const head = 8
const record = (slots: ByteRing, place: number, number: number, text: string) =>
  slots.write(place, text).writeDoubleLE(number)
const recorded = (slots: ByteRing, place: number) => {
  const slot = slots.read(place)
  return slot === undefined ? undefined : [slot.head.readDoubleLE(), slot.text]
}

/** Texts about as long as a buffer and longer than a chunk, each ending in a character of one to four bytes. */
const texts = [0, 1, 1000, 1010, 1011, 1012, 1013, 1014, 1015, 1016, 1017, 2040, 20_000, 100_000].flatMap((length) =>
  ['a', 'ä', '€', '😀'].map((last) => 'x'.repeat(length) + last),
)

t.test('a record is read as it was written, whatever it replaces', (t) => {
  const slots = new ByteRing(head, new ByteBudget(1e9))
  for (const [place, text] of texts.entries()) record(slots, place, place, text)
  for (const [place, text] of texts.entries()) t.same(recorded(slots, place), [place, text])
  for (const [place, text] of texts.toReversed().entries()) record(slots, place, -place, text)
  for (const [place, text] of texts.toReversed().entries()) t.same(recorded(slots, place), [-place, text])
  t.end()
})

t.test('a place without a record reads as undefined, also after clear', (t) => {
  const slots = new ByteRing(head, new ByteBudget(1e9))
  t.equal(recorded(slots, 0), undefined)
  record(slots, 0, 1, 'one')
  t.equal(recorded(slots, 1), undefined)
  slots.clear()
  t.equal(recorded(slots, 0), undefined)
  t.end()
})

t.test('freed memory is not shared by two rings', (t) => {
  const first = new ByteRing(head, new ByteBudget(1e9))
  record(first, 0, 1, 'first')
  first.clear()
  const second = new ByteRing(head, new ByteBudget(1e9))
  record(second, 0, 2, 'second')
  record(first, 0, 3, 'first again')
  t.same(recorded(second, 0), [2, 'second'])
  t.same(recorded(first, 0), [3, 'first again'])
  t.end()
})
