import t from 'tap'
import { before } from '../../../src/model/time/duration.ts'
import { writeTime } from '../../../src/model/time/wire-time.ts'

const durations: readonly [now: string, duration: string, then: string][] = [
  ['2026-03-31T12:00:00Z', 'P10D', '2026-03-21T12:00:00.000Z'],
  ['2026-03-01T00:00:00Z', 'P1D', '2026-02-28T00:00:00.000Z'],
  ['2026-03-15T12:00:00Z', 'P1Y2M', '2025-01-15T12:00:00.000Z'],
  ['2026-01-15T12:00:00Z', 'P2M', '2025-11-15T12:00:00.000Z'],
  ['2026-03-15T12:00:00Z', 'P2W', '2026-03-01T12:00:00.000Z'],
  ['2026-03-15T12:00:00Z', 'PT1H30M5.5S', '2026-03-15T10:29:54.500Z'],
  ['2026-03-29T12:00:00Z', 'P1DT2H', '2026-03-28T10:00:00.000Z'],
]

t.test('a duration before a time counts calendar units in UTC', async (t) => {
  for (const [now, duration, then] of durations) {
    t.equal(new Date(before(Date.parse(now), duration)).toISOString(), then, `${duration} before ${now}`)
  }
})

t.test('a time is written without trailing zeros, as the service writes it', async (t) => {
  t.equal(writeTime(Date.parse('2019-02-21T17:56:21.130Z')), '2019-02-21T17:56:21.13Z')
  t.equal(writeTime(Date.parse('2019-02-21T17:56:20.000Z')), '2019-02-21T17:56:20Z')
})
