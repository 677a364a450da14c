import { mutated, valueLike } from './bodies.ts'
import { control, type Request } from './client.ts'
import { type Operation, readOperations } from './operations.ts'
import type { Random } from './random.ts'

/** Names of accounts whose connections and waits faults may break. Faults are set in no other account. */
const faulty = ['faulty-1', 'faulty-2']
const calm = ['calm-1', 'calm-2', 'calm-3', 'default']
/** The account that all clients change and replace together, one second of three. */
const burst = 'burst'

function isBurst(): boolean {
  return Math.floor(performance.now() / 1000) % 3 === 2
}

/** Whether faults may delay or break a request. */
export function mayBreak({ path }: Request): boolean {
  return /^\/accounts\/faulty-/.test(path)
}

const pathParts: Readonly<Record<string, readonly string[]>> = {
  customerTenantId: [
    'bd59b416-37f9-4d8f-8df3-5750111fc615',
    '45411344-b09d-47e7-9653-542006bf9766',
    '10000000-0000-4000-8000-000000000001',
    '10000000-0000-4000-8000-000000000002',
    '10000000-0000-4000-8000-000000000003',
  ],
  orderId: ['UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1', '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1'],
  productId: ['DG7GMGF0DWT0', 'DZH318Z0BQ4B'],
  skuId: ['0001', '0047'],
}

const strangeParts = ['0', '..', '%00', '%ff', 'a%2Fb', '%F0%9F%92%A9', 'x'.repeat(3000), "'", '-1', '1e9']

const apiOperations = readOperations('docs/api/openapi.json')
const controlOperations = readOperations('docs/api/control.json').filter(
  // A stream has a reader of its own, and a status change needs a longer path than the others.
  ({ name }) => name !== 'streamRequests',
)

const multipart = { 'Content-Type': 'multipart/form-data; boundary=end' }

/** A file with the Content-Type of `multipart`. */
function fileOf(length: number): string {
  const head = '--end\r\nContent-Disposition: form-data; name="file"; filename="po.txt"\r\n\r\n'
  return `${head}${'x'.repeat(length)}\r\n--end--\r\n`
}

const idsAtMost = 500

/** Makes random requests. It learns ids from replies, so that later requests name things that exist. */
export class RequestMaker {
  readonly #random: Random
  readonly #ids: string[] = []
  /** A downloaded state, which goes back in as it is or changed. */
  #state: unknown

  constructor(random: Random) {
    this.#random = random
  }

  next(): Request {
    const random = this.#random
    if (isBurst()) return random.chance(0.15) ? this.#lifecycle([burst]) : this.#change([burst])
    if (random.chance(0.1)) return this.#lifecycle()
    if (random.chance(0.1)) return this.#change()
    const isControl = random.chance(0.2)
    const operation = random.pick(isControl ? controlOperations : apiOperations)
    const isFault = operation.name === 'setFaults' || operation.name === 'putState'
    const account = random.pick(isFault ? faulty : [...faulty, ...calm])
    return this.#fill(operation, account)
  }

  /** Remembers the ids and the state in a reply. */
  learn({ path }: Request, text: string): void {
    for (const [, id = ''] of text.matchAll(/"(?:id|name)":"([\w-]{8,64})"/g)) {
      if (this.#ids.length < idsAtMost) this.#ids.push(id)
      else this.#ids[this.#random.below(idsAtMost)] = id
    }
    if (path.endsWith('/state') && text.startsWith('{"version"')) this.#state = JSON.parse(text)
  }

  /** A change that replaces or ends an account, or what it holds. */
  #lifecycle(accounts = [...faulty, ...calm]): Request {
    const random = this.#random
    const account = random.pick(accounts)
    const name = random.pick(['one', 'two'])
    const change = { bom: random.chance(0.5), kind: random.pick(['sandbox', 'production']) }
    const changes: (() => Request)[] = [
      () => control('POST', '/reset', account),
      () => control('PUT', `/accounts/${account}`, account, change),
      () => control('DELETE', `/accounts/${account}`, account),
      () => control('PUT', `/snapshots/${name}`, account),
      () => control('POST', `/snapshots/${name}/restore`, account),
      () => control('GET', '/state', account),
      () => control('PUT', '/state', account, this.#state ?? { version: 1 }),
      () => control('PUT', '/clock', account, { advance: random.pick(['P1D', '-P1D', 'PT1S']), frozen: false }),
      () => control('PUT', '/faults', random.pick(faulty), this.#faults()),
      () => control('DELETE', '/faults', account),
    ]
    return random.pick(changes)()
  }

  /** A change of an account, in the middle of which another client may replace the account. */
  #change(accounts = [...faulty, ...calm]): Request {
    const random = this.#random
    const customer = `/accounts/${random.pick(accounts)}/v1/customers/bd59b416-37f9-4d8f-8df3-5750111fc615`
    const order = `${customer}/orders/UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1`
    const id = { 'MS-RequestId': `request-${random.below(200)}` }
    const purchase = { lineItems: [{ lineItemNumber: 0, offerId: 'DG7GMGF0DWT0:0001:DG7GMGF0DSQR', quantity: 1 }] }
    const changes: Request[] = [
      { method: 'PATCH', path: order, headers: {}, body: '{"status":"cancelled"}' },
      { method: 'POST', path: `${order}/attachment`, headers: multipart, body: fileOf(random.below(100_000)) },
      { method: 'POST', path: `${customer}/orders`, headers: id, body: JSON.stringify(purchase) },
    ]
    return random.pick(changes)
  }

  #faults(): unknown {
    const operation = this.#random.pick(['*', 'getOrder', 'patchOrder', 'createOrder'])
    const delay = this.#random.pick(['released', 'PT0.05S', 'PT0.3S'])
    return [
      { operation, delay, times: 5 },
      { operation: '*', connection: this.#random.pick(['reset', 'empty', 'truncate']), times: 2, after: 3 },
      { operation: '*', status: 503, times: 2 },
    ]
  }

  #fill({ method, path, parameters, body, schemas }: Operation, account: string): Request {
    const random = this.#random
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => this.#partOf(name, path, account))
    const asked = parameters.filter((parameter) => parameter.in === 'query' && random.chance(0.3))
    const query = asked.map(({ name, schema }) => [name, String(valueLike(random, schema, schemas))])
    const search =
      asked.length === 0
        ? ''
        : `?${new URLSearchParams(Object.fromEntries(query.map(([a = '', b = '']) => [a, b.slice(0, 500)])))}`
    // Resetting every account would change the canary.
    const harmless = search.replace('all=true', 'all=false')
    const headers: Record<string, string> = body === undefined ? {} : { 'Content-Type': body.type }
    if (random.chance(0.3)) headers['MS-RequestId'] = `request-${random.below(200)}`
    if (random.chance(0.05)) headers['If-Match'] = '"unknown"'
    return {
      method,
      path: `/accounts/${account}${filled}${harmless}`,
      headers,
      body: body === undefined ? undefined : this.#bodyOf(body, schemas),
    }
  }

  #partOf(name: string, path: string, account: string): string {
    const random = this.#random
    if (path.includes('/accounts/{name}')) return account
    if (path.includes('/snapshots/{name}')) return random.pick(['one', 'two', 'three'])
    if (random.chance(0.04)) return random.pick(strangeParts)
    if (name === 'lineItemNumber') return random.pick(['0', '1', '9'])
    const known = pathParts[name] ?? []
    const learned = this.#ids.length === 0 ? [] : [random.pick(this.#ids)]
    return random.pick([...known, ...learned, name])
  }

  #bodyOf({ type, schema, example }: NonNullable<Operation['body']>, schemas: Operation['schemas']): string {
    const random = this.#random
    if (random.chance(0.03))
      return random.pick(['', '{', '[]', 'null', '"x"', '{"a":1}}', '\ufeff{}', '[['.repeat(5000)])
    if (type.startsWith('multipart/')) return 'x'.repeat(random.below(2000))
    if (example !== undefined && random.chance(0.6))
      return JSON.stringify(mutated(random, example, random.pick([0, 0.05]))) ?? ''
    return JSON.stringify(valueLike(random, schema, schemas)) ?? ''
  }
}
