import t from 'tap'
import { workersOfOnePort } from '../workers-of-one-port.ts'

t.test('fifty workers on one port see only their own accounts', (t) => workersOfOnePort(t, 50, 20))
