import { pino } from 'pino'
import t from 'tap'
import { buildEmulator } from '../../src/emulator.ts'
import { readOptions } from '../../src/options.ts'
import { documentedOrder, runEmulator } from '../running-emulator.ts'

const build = () =>
  buildEmulator({ ...readOptions({}, {}), port: 0 }, { logger: pino({ level: 'silent' }), requestLogLevel: 'debug' })

t.test('every route works from the start, including the routes that are loaded later', async (t) => {
  const { send, patch } = await runEmulator(t)
  const customer = documentedOrder.replace(/\/orders\/.*/, '')
  const replies = await Promise.all([
    send('/_emulator/health'),
    send(documentedOrder),
    send(customer),
    send(`${customer}/subscriptions`),
    send('/_emulator/clock', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ advance: 'PT1H' }),
    }),
    send('/accounts/worker-1/_emulator/state'),
    send('/v1/nothing', { method: 'POST', body: 'no JSON' }),
    send(documentedOrder, { method: 'DELETE' }),
    patch(`//V1${documentedOrder.slice(3)}/`, { status: 'cancelled' }),
  ])
  t.same(
    replies.map(({ status }) => status),
    [200, 200, 200, 200, 200, 200, 404, 404, 200],
  )
  t.equal(replies[7]?.headers.get('Allow'), 'GET, HEAD, OPTIONS, PATCH')
  for (const { headers } of replies) t.ok(headers.get('MS-RequestId'))
})

t.test('injected requests reach every route, and each is in the journal once', async (t) => {
  const { server, close } = build()
  t.teardown(close)
  const urls = [documentedOrder, '/v1/customers', '/v1/nothing']
  for (const url of urls) await server.inject(url)
  const journal = (await server.inject('/_emulator/requests')).json<{ url: string; status: number }[]>()
  t.same(
    journal.map(({ url, status }) => [url, status]),
    [
      ['/v1/nothing', 404],
      ['/v1/customers', 200],
      [documentedOrder, 200],
    ],
  )
})

t.test('an emulator can close before its routes are loaded and while they are loading', async (t) => {
  const unused = build()
  await unused.listen()
  await unused.close()
  const loading = build()
  await loading.listen()
  const requested = fetch(`${loading.url()}/v1/customers`).then(
    ({ status }) => status,
    () => 'closed',
  )
  await loading.close()
  t.ok([200, 'closed'].includes(await requested))
})
