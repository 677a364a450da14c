import { setTimeout as wait } from 'node:timers/promises'
import { apiReplies, DescribedReplies } from '../described-replies.ts'
import { Client, control, type Outcome, type Request } from './client.ts'
import { type EmulatorProcess, startEmulator } from './emulator-process.ts'
import type { Findings } from './findings.ts'
import { Probe } from './probe.ts'
import { Random } from './random.ts'
import type { Figures } from './report.ts'
import { mayBreak, RequestMaker } from './requests.ts'

const clients = 8

/** Milliseconds between two looks at the memory and the canary. */
const lookInterval = 500

/** After this number of unexpected ends, a load stops. */
const endsAtMost = 20

/** Milliseconds until a request that no fault holds must have its reply. */
const replyWithin = 10_000
/** A request that faults may hold for ever. */
const heldWithin = 1000

/** Resets of every account at the end of a load. */
const resets = 20

/** Milliseconds before the next request of a client whose connection broke. */
const brokenPause = 50

/** Milliseconds in which an emulator that has failed breaks its connections before it ends. */
const endingAtMost = 15_000

const controlReplies = new DescribedReplies('docs/api/control.json')
const documentedOrder = '/v1/customers/bd59b416-37f9-4d8f-8df3-5750111fc615/orders/UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1'

export interface LoadOptions {
  seed: number
  /** Milliseconds. */
  duration: number
  /** The arguments of the emulator. */
  args: readonly string[]
  findings: Findings
  figures: Figures
}

/** Sends random requests from several clients until the time is over. Starts the emulator again when it ends. */
export async function runLoad({ seed, duration, args, findings, figures }: LoadOptions): Promise<void> {
  const until = performance.now() + duration
  const makers = Array.from({ length: clients }, (_, client) => new RequestMaker(new Random(seed * 1000 + client)))
  for (let ends = 0; performance.now() < until && ends < endsAtMost; ends++) {
    const emulator = await startEmulator(args)
    const run = new LoadRun(emulator, findings, figures, until)
    await run.untilOver(makers)
    if (!emulator.hasEnded()) await endInTime(emulator, findings)
    else {
      figures.exits += 1
      const [fatal = emulator.output()] = linesOfLevel(emulator, 60)
      findings.add(`the emulator ended: ${causeIn(fatal)}`, undefined, fatal)
    }
  }
}

/** Sends SIGTERM, and checks that the emulator ends. */
async function endInTime(emulator: EmulatorProcess, findings: Findings): Promise<void> {
  const start = performance.now()
  const code = await emulator.stop('SIGTERM')
  const took = performance.now() - start
  if (code !== 0 || took > 3000)
    findings.add(`SIGTERM: exit code ${code}, ${took > 3000 ? 'late' : 'in time'}`, undefined)
}

/** The load on one process. */
class LoadRun {
  readonly #emulator: EmulatorProcess
  readonly #findings: Findings
  readonly #figures: Figures
  readonly #until: number
  readonly #unanswered: { outcome: 'broken' | 'late'; request: Request; time: number }[] = []

  constructor(emulator: EmulatorProcess, findings: Findings, figures: Figures, until: number) {
    this.#emulator = emulator
    this.#findings = findings
    this.#figures = figures
    this.#until = until
  }

  get #isOver(): boolean {
    return performance.now() >= this.#until || this.#emulator.hasEnded()
  }

  async untilOver(makers: readonly RequestMaker[]): Promise<void> {
    const probe = new Probe(this.#emulator.url)
    this.#figures.atStart(this.#emulator.memory())
    const look = this.#lookAtCanary()
    await Promise.all([...makers.map((maker) => this.#sendAll(maker)), this.#leaveStreamsUnread()])
    await look
    await this.#resetAll()
    await probe.end()
    this.#figures.longestBlock = Math.max(this.#figures.longestBlock, probe.longest)
    this.#figures.atEnd(this.#emulator.memory())
    this.#reportLoggedErrors()
    this.#reportUnanswered()
  }

  async #sendAll(maker: RequestMaker): Promise<void> {
    const client = new Client(this.#emulator.url)
    while (!this.#isOver) {
      const request = maker.next()
      this.#findings.sent(request)
      const outcome = await client.send(request, mayBreak(request) ? heldWithin : replyWithin)
      this.#figures.count(outcome)
      this.#check(request, outcome)
      if (outcome === 'broken') await wait(brokenPause)
      if (typeof outcome === 'object') maker.learn(request, outcome.text)
    }
    client.close()
  }

  #check(request: Request, outcome: Outcome): void {
    if (typeof outcome === 'string') {
      const isExpected = mayBreak(request) && request.path.includes('/v1/')
      if (!isExpected) this.#unanswered.push({ outcome, request, time: performance.now() })
      return
    }
    const { status, fault, text } = outcome
    if (fault) return
    if (status === 500) this.#findings.add(`500: ${request.method} ${shapeOf(request)}`, request, text)
    const mistake = mistakeIn(request, status, text)
    if (mistake !== undefined)
      this.#findings.add(
        `not described: ${request.method} ${shapeOf(request)} ${status}`,
        request,
        `${mistake}\n${text}`,
      )
  }

  /** Opens event streams, and reads none of their events. */
  async #leaveStreamsUnread(): Promise<void> {
    const client = new Client(this.#emulator.url)
    const request = control('GET', '/requests/stream', 'calm-1')
    while (!this.#isOver) await client.send(request, 2000)
    client.close()
  }

  /** Measures the memory, and compares the state of an account that no other request names. */
  async #lookAtCanary(): Promise<void> {
    const client = new Client(this.#emulator.url)
    await client.send(control('PUT', '/clock', 'canary', { now: '2021-03-01T12:00:00Z', frozen: true }))
    const body = '{"status":"cancelled"}'
    await client.send({ method: 'PATCH', path: `/accounts/canary${documentedOrder}`, headers: {}, body })
    const before = await stateOf(client)
    while (!this.#isOver) {
      await wait(lookInterval)
      this.#figures.sample(performance.now(), this.#emulator.memory())
      const now = await stateOf(client)
      if (before !== undefined && now !== undefined && now !== before)
        this.#findings.add('the canary account changed', undefined, firstDifference(before, now))
    }
    client.close()
  }

  /** Resets every account some times, once the canary need no longer stay as it is. */
  async #resetAll(): Promise<void> {
    const client = new Client(this.#emulator.url)
    const request = control('POST', '/reset?all=true', 'calm-1')
    for (let times = 0; times < resets && !this.#emulator.hasEnded(); times++)
      this.#check(request, await client.send(request))
    client.close()
  }

  #reportLoggedErrors(): void {
    for (const line of linesOfLevel(this.#emulator, 50)) this.#findings.add(`logged: ${causeIn(line)}`, undefined, line)
  }

  /** Reports requests without a reply, except those shortly before an end, which breaks every connection. */
  #reportUnanswered(): void {
    const before = this.#emulator.hasEnded() ? performance.now() - endingAtMost : Number.POSITIVE_INFINITY
    for (const { outcome, request, time } of this.#unanswered)
      if (time < before) this.#findings.add(`${outcome}: ${request.method} ${shapeOf(request)}`, request)
  }
}

/** The lines of the log with a level: 50 for an error, 60 for one that ends the program. */
function linesOfLevel({ output }: EmulatorProcess, level: number): string[] {
  return output()
    .split('\n')
    .filter((line) => line.includes(`"level":${level}`))
}

/** The state, faults and journal of the canary, or undefined without a reply. */
async function stateOf(client: Client): Promise<string | undefined> {
  const replies = await Promise.all(
    ['/state', '/faults', '/requests'].map((path) => client.send(control('GET', path, 'canary'))),
  )
  const texts = replies.flatMap((reply) => (typeof reply === 'string' ? [] : reply.text))
  return texts.length === replies.length ? texts.join('\n') : undefined
}

function firstDifference(before: string, now: string): string {
  let at = 0
  while (before[at] === now[at] && at < before.length) at += 1
  return `${before.slice(at, at + 200)}\n${now.slice(at, at + 200)}`
}

/** The path without its account and ids, so that one cause is counted once. */
function shapeOf({ path }: Request): string {
  const [bare = ''] = path.replace(/^\/accounts\/[^/]+/, '').split('?')
  return bare
    .split('/')
    .map((part) =>
      part === 'v1' || (/^[a-z_]{2,30}$/i.test(part) && !part.endsWith('Id')) ? part : part === '' ? '' : '*',
    )
    .join('/')
}

/** The reply to a request whose account was replaced. The description of the API names it once, for every operation. */
const accountReplaced =
  /^\{ "statusCode": 409, "message": "The account \S+ was reset, restored or deleted while the request was under way\." \}$/

function mistakeIn(request: Request, status: number, text: string): string | undefined {
  const [path = ''] = request.path.replace(/^\/accounts\/[^/]+/, '').split('?')
  const isControl = path.startsWith('/_emulator')
  const body = text.replace(/^\uFEFF/, '')
  if (!isControl && status === 409 && accountReplaced.test(body)) return undefined
  const replies = isControl ? controlReplies : apiReplies
  try {
    return replies.mistakeIn(request.method, path, status, body)
  } catch (error) {
    return `the body cannot be read: ${error}`
  }
}

/** The message and the first line of the stack in a log line. */
function causeIn(output: string): string {
  const stack = /(\w*Error: [^\n]{0,200}?)(?:\\n|\n)\s+at ([^\n\\]{0,100})/.exec(output)
  return stack === null ? output.slice(-200) : `${stack[1]} at ${stack[2]}`
}
