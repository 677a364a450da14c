import fc from 'fast-check'
import t from 'tap'
import { after, before, milliseconds } from '../../../src/model/time/duration.ts'
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
