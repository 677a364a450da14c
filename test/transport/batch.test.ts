import { setImmediate as nextIteration } from 'node:timers/promises'
import t from 'tap'
import { batch } from '../../src/transport/batch.ts'

t.test(
  'a batch handles all requests, then sends all replies, then runs the end callbacks, each in order',
  async (t) => {
    const happened: string[] = []
    for (const name of ['first', 'second']) {
      batch.handle(() => {
        happened.push(`${name} handled`)
        batch.atEnd(() => {
          happened.push(`${name} ended`)
          if (name === 'first') batch.handle(() => happened.push('a request of the end handled'))
        })
        batch.reply(() => happened.push(`${name} replied`))
      })
    }
    t.same(happened, [], 'nothing happens before the batch runs')
    await nextIteration()
    t.same(happened, [
      'first handled',
      'second handled',
      'first replied',
      'second replied',
      'first ended',
      'second ended',
    ])
    await nextIteration()
    t.same(happened.slice(6), ['a request of the end handled'])
  },
)
