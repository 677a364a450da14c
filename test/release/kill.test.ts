import t from 'tap'
import { killRounds } from '../kill-rounds.ts'

t.test('kill -9 at any moment loses no confirmed cancellation', (t) => killRounds(t, 20, 400))
