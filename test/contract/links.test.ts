import t from 'tap'
import { type RunningEmulator, runEmulator } from '../running-emulator.ts'

/** Every GET link in a parsed reply, at any depth. */
function linksIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  if ('uri' in value && 'method' in value) {
    return typeof value.uri === 'string' && value.uri.startsWith('/') && value.method === 'GET' ? [value.uri] : []
  }
  return Object.values(value).flatMap(linksIn)
}

/** Follows all links that can be reached from the starts. Returns the status of each. */
async function follow({ send }: RunningEmulator, starts: string[]): Promise<Map<string, number>> {
  const seen = new Map<string, number>()
  const open = [...starts]
  for (let uri = open.pop(); uri !== undefined; uri = open.pop()) {
    if (seen.has(uri)) continue
    const { status, body } = await send(`/v1${uri}`)
    seen.set(uri, status)
    open.push(...linksIn(body))
  }
  return seen
}

t.test('every link in a fresh account resolves', async (t) => {
  const emulator = await runEmulator(t)
  const customers = linksIn((await emulator.send('/v1/customers')).body)
  const starts = customers.flatMap((uri) =>
    /^\/customers\/[^/]+$/.test(uri) ? [uri, `${uri}/orders`, `${uri}/subscriptions`] : [uri],
  )
  const seen = await follow(emulator, starts)
  t.same(
    [...seen].filter(([, status]) => status !== 200),
    [],
  )
  t.ok(seen.size > 300, `${seen.size} links were followed`)
  for (const kind of [/activationlinks$/, /activation$/, /provisioningstatus$/, /availabilities\//, /^\/offers\//]) {
    t.ok(
      [...seen.keys()].some((uri) => kind.test(uri)),
      `one of them matches ${kind}`,
    )
  }
})

t.test('every link of a new order, subscription or cart resolves', async (t) => {
  const emulator = await runEmulator(t)
  const customer = '/customers/10000000-0000-4000-8000-000000000003'
  const offers = [
    'DZH318Z0BXWC:0002:DZH318Z0BMRV',
    'CFQ7TTC0LH18:0001:CFQ7TTC0K971',
    '796B6B5F-613C-4E24-A17C-EBA730D49C02',
  ]
  for (const offerId of offers) {
    const body = JSON.stringify({ lineItems: [{ offerId, quantity: 1 }] })
    const reply = await emulator.send(`/v1${customer}/orders`, { method: 'POST', body })
    t.equal(reply.status, 201, offerId)
  }
  const cart = JSON.stringify({ lineItems: [{ catalogItemId: 'DG7GMGF0DWTL:0001:DG7GMGF0DSFM', quantity: 1 }] })
  const created = await emulator.send(`/v1${customer}/carts`, { method: 'POST', body: cart })
  const starts = [`${customer}/orders`, `${customer}/subscriptions`, ...linksIn(created.body)]
  t.same(
    [...(await follow(emulator, starts))].filter(([, status]) => status !== 200),
    [],
  )
})
