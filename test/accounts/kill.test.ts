import t from 'tap'
import { killRounds } from '../kill-rounds.ts'

// test/release/kill.test.ts runs twenty rounds. A kill within 150 ms always comes before the last cancellation.
t.test('kill -9 at any moment loses no confirmed cancellation', (t) => killRounds(t, 2, 150))
