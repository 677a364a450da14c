import t from 'tap'
import { runEmulator } from '../running-emulator.ts'
import { workersOfOnePort } from '../workers-of-one-port.ts'

t.test('fifty workers on one port see only their own accounts', (t) => workersOfOnePort(t, 50, 20))

t.test('the number of accounts is limited to 1,000', async (t) => {
  const { send } = await runEmulator(t)
  for (let number = 1; number < 1000; number++) {
    t.equal((await send(`/accounts/worker-${number}/_emulator/health`)).status, 200)
  }
  const reply = await send('/accounts/one-more/v1/customers')
  t.equal(reply.status, 507)
  t.match(reply.body, { error: 'There are 1,000 accounts already.', hint: /DELETE/ })
  t.equal((await send('/_emulator/accounts/worker-7', { method: 'DELETE' })).status, 204)
  t.equal((await send('/accounts/one-more/v1/customers')).status, 200)
})
