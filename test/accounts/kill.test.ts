import t from 'tap'
import { killRounds } from '../kill-rounds.ts'

// Twenty rounds are in test/release/kill.test.ts. A kill within 150 ms always comes before the last cancellation.
t.test('kill -9 at any moment loses no cancellation that was answered', (t) => killRounds(t, 2, 150))
