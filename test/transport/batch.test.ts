import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { turn } from '../../src/transport/batch.ts'

t.test('what comes in one turn is handled in its order, and ends when all of it has been handled', async (t) => {
  const happened: string[] = []
  for (const name of ['first', 'second']) {
    turn.handle(() => {
      happened.push(`${name} handled`)
      turn.atEnd(() => {
        happened.push(`${name} ended`)
        if (name === 'first') turn.handle(() => happened.push('what came at the end handled'))
      })
      turn.answer(() => happened.push(`${name} answered`))
    })
  }
  t.same(happened, [], 'nothing before the turn is over')
  await nextTurn()
  t.same(happened, [
    'first handled',
    'second handled',
    'first answered',
    'second answered',
    'first ended',
    'second ended',
  ])
  await nextTurn()
  t.same(happened.slice(6), ['what came at the end handled'])
})
