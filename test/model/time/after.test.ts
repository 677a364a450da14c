import fc from 'fast-check'
import t from 'tap'
import { after, before, Duration, milliseconds } from '../../../src/model/time/duration.ts'
import { holds, time } from '../arbitrary-orders.ts'

t.test('a duration after a time counts calendar units in UTC', async (t) => {
  const start = Date.parse('2024-01-31T12:00:00Z')
  t.equal(after(start, 'P1Y'), Date.parse('2025-01-31T12:00:00Z'))
  t.equal(after(start, 'P2W1D'), Date.parse('2024-02-15T12:00:00Z'))
  t.equal(after(start, 'PT1H30M0.5S'), Date.parse('2024-01-31T13:30:00.500Z'))
})

t.test('a negative duration goes back in time', async (t) => {
  const start = Date.parse('2024-03-15T12:00:00Z')
  t.equal(after(start, '-P1M'), Date.parse('2024-02-15T12:00:00Z'))
  t.equal(after(start, '-PT1H'), before(start, 'PT1H'))
})

t.test('the milliseconds of a duration are counted from 1970-01-01', async (t) => {
  t.equal(milliseconds('PT1M'), 60_000)
  t.equal(milliseconds('P1D'), 86_400_000)
  t.equal(milliseconds('P1M'), 31 * 86_400_000)
  t.equal(milliseconds('PT0S'), 0)
})

const durations: readonly [duration: string, isAccepted: boolean][] = [
  ['P1000Y', true],
  ['PT0.001S', true],
  ['PT1,5S', true],
  ['PT0.2500000S', true],
  ['P1000YT0.001S', false],
  ['P999999Y', false],
  [`P${'9'.repeat(400)}D`, false],
  ['PT0.0001S', false],
  ['PT1.0009S', false],
  ['PT0,0005S', false],
  ['-P1D', false],
  ['P', false],
]

t.test('a duration has whole milliseconds and at most 1,000 years', async (t) => {
  for (const [duration, isAccepted] of durations) t.equal(Duration().safeParse(duration).success, isAccepted, duration)
})

t.test('the fraction of a duration is exact to the millisecond', async (t) => {
  for (const thousandths of [1, 5, 9, 999]) {
    t.equal(milliseconds(`PT1.${`${thousandths}`.padStart(3, '0')}S`), 1000 + thousandths)
  }
})

t.test('any number of days and seconds', async (t) => {
  holds(
    t,
    'is undone by the same duration before the result',
    fc.property(time, fc.nat(500), fc.nat(90_000), (time, days, seconds) => {
      const duration = `P${days}DT${seconds}S`
      return before(after(time, duration), duration) === time
    }),
  )
})
