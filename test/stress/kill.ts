import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Client, type Request } from './client.ts'
import { startEmulator } from './emulator-process.ts'
import type { Findings } from './findings.ts'
import type { Random } from './random.ts'
import type { Figures } from './report.ts'

const customer = '/v1/customers/10000000-0000-4000-8000-000000000003'
/** A perpetual software, which a production account cancels as well. */
const offer = 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR'

const clients = 8
/** Milliseconds from the first request of a round to its kill, at most. */
const killedWithin = 800

/** A purchase that was sent. Its quantity is its own, so that its orders can be counted. */
interface Purchase {
  request: Request
  quantity: number
  /** The ids of the orders in the reply; undefined without a reply with a 2xx. */
  orders: string[] | undefined
  /** `asked`: the cancellation got no reply. */
  cancelled: 'no' | 'asked' | 'yes'
}

export interface KillOptions {
  random: Random
  /** Milliseconds. */
  duration: number
  folder: string
  findings: Findings
  figures: Figures
}

/**
 * Kills an emulator under load again and again, and starts it on the same data directory: a change with a 2xx must be there,
 * and a request that is repeated with its MS-RequestId must not buy a second time.
 */
export async function runKillRounds({ random, duration, folder, findings, figures }: KillOptions): Promise<void> {
  const until = performance.now() + duration
  const start = () => startEmulator(['--data-dir', folder, '--account', 'production'])
  let quantity = 0
  let emulator = await start()
  do {
    const purchases: Purchase[] = []
    const round = new Round(new Client(emulator.url), figures, purchases, () => ++quantity)
    const buying = Array.from({ length: clients }, () => round.buyUntilBroken())
    await wait(100 + random.below(killedWithin))
    figures.atEnd(emulator.memory())
    await emulator.stop('SIGKILL')
    figures.kills += 1
    await Promise.all(buying)
    emulator = await start()
    figures.atStart(emulator.memory())
    await checkPurchases(new Client(emulator.url), purchases, findings, figures)
  } while (performance.now() < until)
  await emulator.stop('SIGTERM')
}

/** The requests between a start and a kill. */
class Round {
  readonly #client: Client
  readonly #figures: Figures
  readonly #purchases: Purchase[]
  readonly #nextQuantity: () => number

  constructor(client: Client, figures: Figures, purchases: Purchase[], nextQuantity: () => number) {
    this.#client = client
    this.#figures = figures
    this.#purchases = purchases
    this.#nextQuantity = nextQuantity
  }

  async buyUntilBroken(): Promise<void> {
    while (true) {
      const purchase = await this.#buy()
      if (purchase?.orders === undefined) return
      if (purchase.quantity % 3 === 0 && !(await this.#cancel(purchase))) return
      if (purchase.quantity % 5 === 0 && (await this.#send(purchase.request)) === undefined) return
    }
  }

  /** Buys with an order, or with a cart and its checkout. */
  async #buy(): Promise<Purchase | undefined> {
    const quantity = this.#nextQuantity()
    const request = quantity % 2 === 0 ? createRequest(quantity) : await this.#cartRequest(quantity)
    if (request === undefined) return undefined
    const purchase: Purchase = { request, quantity, orders: undefined, cancelled: 'no' }
    this.#purchases.push(purchase)
    purchase.orders = ordersIn(await this.#send(request))
    return purchase
  }

  async #cartRequest(quantity: number): Promise<Request | undefined> {
    const lineItems = [{ id: 0, catalogItemId: offer, quantity, billingCycle: 'one_time' }]
    const text = await this.#send(post(`${customer}/carts`, { lineItems }))
    return text === undefined ? undefined : post(`${customer}/carts/${JSON.parse(text).id}/checkout`)
  }

  async #cancel(purchase: Purchase): Promise<boolean> {
    const [order = ''] = purchase.orders ?? []
    purchase.cancelled = 'asked'
    const body = '{"status":"cancelled"}'
    const text = await this.#send({ method: 'PATCH', path: `${customer}/orders/${order}`, headers: {}, body })
    if (text !== undefined) purchase.cancelled = 'yes'
    return text !== undefined
  }

  /** The body of a 2xx, or undefined. */
  async #send(request: Request): Promise<string | undefined> {
    const outcome = await this.#client.send(request)
    this.#figures.count(outcome)
    return typeof outcome === 'object' && outcome.status < 300 ? outcome.text : undefined
  }
}

function post(path: string, body?: unknown): Request {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return { method: 'POST', path, headers: { 'MS-RequestId': randomUUID() }, body: text }
}

function createRequest(quantity: number): Request {
  return post(`${customer}/orders`, {
    billingCycle: 'one_time',
    lineItems: [{ lineItemNumber: 0, offerId: offer, quantity }],
  })
}

/** The ids of the bought orders, in the reply to a create or to a checkout. */
function ordersIn(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined
  const { id, orders }: { id?: string; orders?: { id: string }[] } = JSON.parse(text)
  return orders === undefined ? [id ?? ''] : orders.map((order) => order.id)
}

/** Sends a purchase with its MS-RequestId again. */
async function repeat(client: Client, { request, orders }: Purchase, findings: Findings, figures: Figures) {
  const outcome = await client.send(request)
  figures.count(outcome)
  if (orders === undefined) return
  const again = typeof outcome === 'object' && outcome.status < 300 ? ordersIn(outcome.text) : undefined
  if (orders.join() === again?.join()) return
  figures.notReplayed += 1
  findings.add(`not replayed after a kill: a ${kindOf(request)}`, request, JSON.stringify(outcome))
}

function kindOf({ path }: Request): string {
  return path.endsWith('/checkout') ? 'checkout' : 'create'
}

interface ListedOrder {
  id: string
  status: string
  lineItems: { quantity: number }[]
}

/** Checks after a restart what the replies promised, then repeats every purchase. */
async function checkPurchases(client: Client, purchases: readonly Purchase[], findings: Findings, figures: Figures) {
  const kept = new Map((await listOrders(client)).map((order) => [order.id, order]))
  for (const purchase of purchases) {
    for (const id of purchase.orders ?? []) {
      const isKept = kept.has(id) && (purchase.cancelled !== 'yes' || kept.get(id)?.status === 'cancelled')
      if (isKept) continue
      figures.lost += 1
      findings.add(`lost after a kill: ${kept.has(id) ? 'a cancellation' : 'an order'}`, purchase.request, id)
    }
  }
  // Repeated as a client would: those without a reply too.
  for (const purchase of purchases) await repeat(client, purchase, findings, figures)
  const counts = Map.groupBy(await listOrders(client), (order) => order.lineItems[0]?.quantity)
  for (const { request, quantity, orders } of purchases) {
    if ((counts.get(quantity)?.length ?? 0) <= 1) continue
    figures.boughtTwice += 1
    const replied = orders === undefined ? 'without a reply' : 'with a 2xx'
    findings.add(
      `bought twice after a kill: a ${kindOf(request)} ${replied}`,
      request,
      JSON.stringify(counts.get(quantity)),
    )
  }
  client.close()
}

async function listOrders(client: Client): Promise<ListedOrder[]> {
  const reply = await client.send({ method: 'GET', path: `${customer}/orders`, headers: {}, body: undefined }, 60_000)
  if (typeof reply === 'string' || reply.status !== 200) throw new Error(`the list of orders: ${JSON.stringify(reply)}`)
  const { items }: { items: ListedOrder[] } = JSON.parse(reply.text)
  return items
}
