import { setTimeout as wait } from 'node:timers/promises'
import fc, { type AsyncCommand } from 'fast-check'
import t, { type Test } from 'tap'
import { type AccountControl, createEmulator, type Emulator } from '../../src/index.ts'
import { documentedOrder } from '../running-emulator.ts'

/** Runs of each property. A run is a sequence of operations on an account of its own. */
const numRuns = 50
const operationsAtMost = 15

/** Milliseconds in which a request that nothing holds any longer must have its reply. */
const releasedWithin = 1000

const kinds = ['sandbox', 'production'] as const
type Kind = (typeof kinds)[number]

/** What a snapshot or a state document keeps. */
interface Kept {
  isCancelled: boolean
  kind: Kind
  /** The time of a frozen clock. */
  frozenAt: string | undefined
}

/** What an account must be like. */
interface Model extends Kept {
  /** The kind that a reset restores. */
  definedKind: Kind
  /** The requests that the fault of GET will still hit. */
  faultsLeft: number
  /** The length of the journal, when it is known. */
  journal: number | undefined
  snapshots: Map<string, Kept>
  downloaded: Kept | undefined
  isHolding: boolean
}

/** An account, with the things that a client keeps. */
interface Real {
  emulator: Emulator
  name: string
  account: AccountControl
  /** A downloaded state. */
  state?: Awaited<ReturnType<AccountControl['state']>>
  /** The status of a PATCH that a fault holds. */
  held?: Promise<number>
}

const fresh: Kept = { isCancelled: false, kind: 'sandbox', frozenAt: undefined }

function newModel(): Model {
  const lists = { snapshots: new Map(), downloaded: undefined, isHolding: false }
  return { ...fresh, definedKind: 'sandbox', faultsLeft: 0, journal: 0, ...lists }
}

function kept({ isCancelled, kind, frozenAt }: Model): Kept {
  return { isCancelled, kind, frozenAt }
}

function send({ emulator, name }: Real, method: 'GET' | 'PATCH') {
  const body = method === 'PATCH' ? { body: '{"status":"cancelled"}' } : {}
  return emulator.inject({ method, path: `/accounts/${name}${documentedOrder}`, ...body })
}

function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what} is ${actual}, not ${expected}`)
}

/** Applies a cancellation that has got a status to the model. */
function cancelIn(model: Model, status: number): void {
  const isAllowed = model.kind === 'sandbox' && !model.isCancelled
  equal(status === 200, isAllowed, `the success of a cancellation (${status})`)
  if (isAllowed) model.isCancelled = true
  if (model.journal !== undefined) model.journal += 1
}

/** Awaits the request that a fault has held until now. */
async function settle(real: Real): Promise<number> {
  const status = await Promise.race([real.held ?? 0, wait(releasedWithin, 0, { ref: false })])
  delete real.held
  if (status === 0) throw new Error('a released request has no reply')
  return status
}

/** After a replacement, an earlier request has a reply, and has changed nothing in the account that is there now. */
async function replaceBy(model: Model, real: Real, content: Kept, isJournalKnown = true): Promise<void> {
  Object.assign(model, content)
  model.faultsLeft = 0
  model.journal = isJournalKnown ? 0 : undefined
  if (!model.isHolding) return
  model.isHolding = false
  model.journal = undefined
  await settle(real)
}

/** Releases what a fault holds: the request goes on in the same account. */
async function release(model: Model, real: Real): Promise<void> {
  if (!model.isHolding) return
  model.isHolding = false
  cancelIn(model, await settle(real))
}

type Command = AsyncCommand<Model, Real>

function command(name: string, run: Command['run'], check: (model: Readonly<Model>) => boolean = () => true): Command {
  return { check, run, toString: () => name }
}

const read = command('GET the order', async (model, real) => {
  const { status, body } = await send(real, 'GET')
  equal(status, model.faultsLeft > 0 ? 503 : 200, 'the status of GET')
  if (model.journal !== undefined) model.journal += 1
  if (model.faultsLeft > 0) model.faultsLeft -= 1
  else equal(JSON.parse(body).status, model.isCancelled ? 'cancelled' : 'completed', 'the status of the order')
})

const cancel = command('PATCH the order', async (model, real) => cancelIn(model, (await send(real, 'PATCH')).status))

const look = command('look at the account', async (model, { account, emulator, name }) => {
  const { now, frozen } = await account.clock.get()
  equal(frozen, model.frozenAt !== undefined, 'frozen')
  if (model.frozenAt !== undefined) equal(now, model.frozenAt, 'the clock')
  const known = (await emulator.accounts()).find((listed) => listed.name === name)
  equal(known?.settings.kind, model.kind, 'the kind')
  const journal = await account.requests.list()
  if (model.journal !== undefined) equal(journal.length, model.journal, 'the length of the journal')
})

const reset = command('reset', async (model, real) => {
  await real.account.reset()
  await replaceBy(model, real, { ...fresh, kind: model.definedKind })
})

const remove = command('delete the account', async (model, real) => {
  await real.emulator.deleteAccount(real.name)
  model.definedKind = 'sandbox'
  // Whether they stay is not stated.
  model.snapshots.clear()
  await replaceBy(model, real, fresh)
  // The next request makes the account again.
  await real.account.clock.get()
})

const download = command('GET the state', async (model, real) => {
  real.state = await real.account.state()
  model.downloaded = kept(model)
})

const upload = command(
  'PUT the state',
  async (model, real) => {
    await real.account.putState(real.state ?? { version: 1 })
    await replaceBy(model, real, model.downloaded ?? fresh)
  },
  ({ downloaded }) => downloaded !== undefined,
)

const snapshot = (name: string) =>
  command(`snapshot ${name}`, async (model, { account }) => {
    await account.snapshot(name)
    model.snapshots.set(name, kept(model))
  })

const restore = (name: string) =>
  command(
    `restore ${name}`,
    async (model, real) => {
      await real.account.restore(name)
      await replaceBy(model, real, model.snapshots.get(name) ?? fresh, false)
    },
    ({ snapshots }) => snapshots.has(name),
  )

const configure = (kind: Kind) =>
  command(`settings ${kind}`, async (model, { emulator, name }) => {
    // The settings of a definition: a change starts from them, not from those of a restored snapshot.
    await emulator.configure(name, { kind })
    model.kind = kind
    model.definedKind = kind
  })

const freeze = (now: string) =>
  command(`clock ${now}`, async (model, { account }) => {
    await account.clock.set({ now, frozen: true })
    model.frozenAt = now
  })

const fault = (times: number) =>
  command(`${times} faults`, async (model, real) => {
    await real.account.faults.set([{ operation: 'getOrder', status: 503, times }])
    model.faultsLeft = times
    await release(model, real)
  })

const clearFaults = command('delete the faults', async (model, real) => {
  await real.account.faults.clear()
  model.faultsLeft = 0
  await release(model, real)
})

const hold = command(
  'hold a PATCH',
  async (model, real) => {
    await real.account.faults.set([{ operation: 'patchOrder', delay: 'released', times: 1 }])
    model.faultsLeft = 0
    model.isHolding = true
    real.held = send(real, 'PATCH').then(({ status }) => status)
    // The fault must have the request before the next operation.
    await wait(5)
  },
  ({ isHolding }) => !isHolding,
)

/** Replaces the account while a fault delays a PATCH. */
const during = (replacement: Command) =>
  command(
    `${replacement} during a PATCH`,
    async (model, real) => {
      await real.account.faults.set([{ operation: 'patchOrder', delay: 'PT0.03S', times: 1 }])
      model.faultsLeft = 0
      await release(model, real)
      model.isHolding = true
      real.held = send(real, 'PATCH').then(({ status }) => status)
      await wait(5)
      await replacement.run(model, real)
    },
    replacement.check,
  )

const operations = [
  fc.constantFrom(read, cancel, look, reset, remove, download, upload, clearFaults),
  fc.constantFrom('a', 'b').map(snapshot),
  fc.constantFrom('a', 'b').map(restore),
  fc.constantFrom(...kinds).map(configure),
  fc.constantFrom('2019-06-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z').map(freeze),
  fc.integer({ min: 1, max: 3 }).map(fault),
]

const requestsInFlight = [
  fc.constant(hold),
  fc.constantFrom(reset, remove, upload, restore('a')).map(during),
  ...operations,
]

/** Runs sequences of operations, each on an account of its own, and shrinks one that fails. */
async function follows(
  t: Test,
  dataDir: string | undefined,
  commands: readonly fc.Arbitrary<Command>[],
): Promise<void> {
  await using emulator = await createEmulator(dataDir === undefined ? {} : { dataDir })
  let accounts = 0
  const property = fc.asyncProperty(fc.commands([...commands], { maxCommands: operationsAtMost }), async (sequence) => {
    const name = `account-${accounts++}`
    const real: Real = { emulator, name, account: emulator.account(name) }
    await real.account.clock.get()
    try {
      await fc.asyncModelRun(() => ({ model: newModel(), real }), [...sequence, read, look])
    } finally {
      await real.account.faults.clear()
      await emulator.deleteAccount(name)
    }
  })
  const result = await fc.check(property, { numRuns })
  t.notOk(result.failed, `${fc.defaultReportMessage(result) ?? `${numRuns} sequences`} ${result.errorInstance ?? ''}`)
}

for (const where of ['in memory', 'in files'] as const) {
  const dataDirOf = (t: Test) => (where === 'in memory' ? undefined : t.testdir())

  t.test(`an account ${where} follows its model`, (t) => follows(t, dataDirOf(t), operations))

  t.test(`an account ${where} follows its model while requests are in flight`, (t) =>
    follows(t, dataDirOf(t), requestsInFlight),
  )
}
