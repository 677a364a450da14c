import t from 'tap'
import { workersOfOnePort } from '../workers-of-one-port.ts'

t.test('fifty workers on one port see only their own', (t) => workersOfOnePort(t, 50, 20))
