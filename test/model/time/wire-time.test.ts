import { equal, match, ok } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { endOfTerm, writeLegacyTime, writeTime } from '../../../src/model/time/wire-time.ts'
import { holds, time } from '../arbitrary-orders.ts'

const written: readonly [time: string, modern: string, legacy: string][] = [
  ['2019-02-21T17:56:21.133Z', '2019-02-21T17:56:21.133Z', '2019-02-21T17:56:21.133+00:00'],
  ['2019-02-21T17:56:21.130Z', '2019-02-21T17:56:21.13Z', '2019-02-21T17:56:21.13+00:00'],
  ['2019-02-21T17:56:21.100Z', '2019-02-21T17:56:21.1Z', '2019-02-21T17:56:21.1+00:00'],
  ['2019-02-21T17:56:21.003Z', '2019-02-21T17:56:21.003Z', '2019-02-21T17:56:21.003+00:00'],
  ['2019-02-21T17:56:20.000Z', '2019-02-21T17:56:20Z', '2019-02-21T17:56:20+00:00'],
  ['2020-10-10T00:00:00.000Z', '2020-10-10T00:00:00Z', '2020-10-10T00:00:00+00:00'],
]

t.test('a time is written without the trailing zeros of its fraction', async (t) => {
  for (const [text, modern, legacy] of written) {
    t.equal(writeTime(Date.parse(text)), modern)
    t.equal(writeLegacyTime(Date.parse(text)), legacy)
  }
})

const outside: readonly [what: string, time: number, written: string][] = [
  ['after year 9999', Date.parse('9999-12-31T23:59:59-23:59'), '9999-12-31T23:59:59.999Z'],
  ['after the last date', 9e15, '9999-12-31T23:59:59.999Z'],
  ['before year 0', Date.parse('0000-01-01T00:00:00+23:59'), '0000-01-01T00:00:00Z'],
]

t.test('a time whose year has not four digits is written as the nearest one that has', async (t) => {
  for (const [what, time, text] of outside) {
    t.equal(writeTime(time), text, what)
    t.equal(writeLegacyTime(time), text.replace('Z', '+00:00'), what)
  }
})

t.test('any time', async (t) => {
  holds(
    t,
    'can be read back in the forms of modern and legacy orders',
    fc.property(time, (time) => {
      equal(Date.parse(writeTime(time)), time)
      equal(Date.parse(writeLegacyTime(time)), time)
      match(writeTime(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,2}[1-9])?Z$/)
    }),
  )
})

const terms: readonly [start: string, term: string, end: string][] = [
  ['2021-02-03T10:20:30.456Z', 'P1Y', '2022-02-03T10:20:30.456Z'],
  ['2021-02-03T10:20:30.456Z', 'P3Y', '2024-02-03T10:20:30.456Z'],
  ['2021-12-03T00:00:00.000Z', 'P1M', '2022-01-03T00:00:00.000Z'],
  ['2021-12-31T00:00:00.000Z', 'P1D', '2022-01-01T00:00:00.000Z'],
  ['2021-11-29T00:00:00.000Z', 'P1Y2M3D', '2023-02-01T00:00:00.000Z'],
]

t.test('a term ends on the same day of the calendar, in UTC', async (t) => {
  for (const [start, term, end] of terms) {
    t.equal(new Date(endOfTerm(Date.parse(start), term)).toISOString(), end, `${term} after ${start}`)
  }
})

t.test('an absent term, and one that no date can hold, is endless', async (t) => {
  t.equal(endOfTerm(0, undefined), Number.POSITIVE_INFINITY)
  t.equal(endOfTerm(0, ''), Number.POSITIVE_INFINITY)
  t.equal(endOfTerm(0, 'P999999Y'), Number.POSITIVE_INFINITY)
})

t.test('any term', async (t) => {
  holds(
    t,
    'ends after its start, and a longer term ends later',
    fc.property(time, fc.integer({ min: 1, max: 60 }), fc.constantFrom('Y', 'M', 'D'), (start, count, unit) => {
      const [end, later] = [count, count + 1].map((units) => endOfTerm(start, `P${units}${unit}`))
      ok(end !== undefined && later !== undefined && start < end && end < later)
    }),
  )
})
