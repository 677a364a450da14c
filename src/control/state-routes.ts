import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import type { Account } from '../accounts/account.ts'
import { type Accounts, accountName } from '../accounts/accounts.ts'
import { type Fixtures, fixturesOfState, StateDocument } from '../fixtures/fixtures.ts'
import { openSeededOrders } from '../storage/orders/export.ts'
import { readOrder, readSubscription } from '../storage/orders/ledger.ts'
import { describeControl } from './describe.ts'
import { ControlError } from './errors.ts'
import { changeSettings, SettingsChange, writeSettings } from './settings.ts'
import type { Snapshots } from './snapshots.ts'

export interface StateRouteOptions {
  accounts: Accounts
  snapshots: Snapshots
}

const SnapshotPath = z.object({ name: z.string().regex(accountName) })
export const SnapshotBody = z.strictObject({ name: z.string(), orders: z.int() }).meta({ id: 'Snapshot' })

export type SnapshotBody = z.infer<typeof SnapshotBody>
export type StateBody = z.output<typeof StateDocument>
export type StateChange = z.input<typeof StateDocument>

/** The state of an account as one document, and named copies of it. */
export const stateRoutes: FastifyPluginCallbackZod<StateRouteOptions> = (app, { accounts, snapshots }, done) => {
  app.get(
    '/state',
    { schema: describeControl('getState', 'All that an account holds', {}, { 200: StateDocument }) },
    ({ account }) => writeState(account),
  )

  app.put(
    '/state',
    {
      schema: describeControl(
        'putState',
        'Give an account another state; members that are absent stay as they are',
        { body: StateDocument },
        { 200: StateDocument },
      ),
    },
    ({ account, body }) => writeState(putState(accounts, account, body)),
  )

  app.get(
    '/snapshots',
    { schema: describeControl('listSnapshots', 'The snapshots of an account', {}, { 200: z.array(SnapshotBody) }) },
    ({ account }) => snapshots.list(account.name),
  )

  app.put(
    '/snapshots/:name',
    {
      schema: describeControl(
        'putSnapshot',
        'Keep a copy of an account',
        { params: SnapshotPath },
        { 200: SnapshotBody },
      ),
    },
    ({ account, params }) => snapshots.take(account, params.name),
  )

  app.get(
    '/snapshots/:name',
    { schema: describeControl('getSnapshot', 'A snapshot', { params: SnapshotPath }, { 200: SnapshotBody }) },
    ({ account, params }) => {
      const found = snapshots.list(account.name).find(({ name }) => name === params.name)
      if (found === undefined) throw missing(params.name)
      return found
    },
  )

  app.delete(
    '/snapshots/:name',
    {
      schema: describeControl('deleteSnapshot', 'Forget a snapshot', { params: SnapshotPath }, { 204: z.undefined() }),
    },
    ({ account, params }, reply) => {
      if (!snapshots.remove(account.name, params.name)) throw missing(params.name)
      reply.code(204).send()
    },
  )

  app.post(
    '/snapshots/:name/restore',
    {
      schema: describeControl(
        'restoreSnapshot',
        'Make an account what it was when the snapshot was taken; journal and faults start anew',
        { params: SnapshotPath },
        { 204: z.undefined() },
      ),
    },
    ({ account, params }, reply) => {
      if (!snapshots.restore(account, params.name)) throw missing(params.name)
      reply.code(204).send()
    },
  )
  done()
}

function missing(name: string): ControlError {
  return new ControlError(404, `There is no snapshot ${name}.`, 'GET /_emulator/snapshots lists them; PUT makes one')
}

function fixturesOf(account: Account): Fixtures {
  return {
    partnerId: account.partnerId,
    customers: account.customers.all(),
    products: account.products.all(),
    orders: openSeededOrders(account.database)
      .all()
      .map((row) => ({
        ...(row.adjustmentPending === 1 ? { adjustmentPending: true } : {}),
        ...(row.completesAt === null ? {} : { completesAt: row.completesAt }),
        order: readOrder(row),
      })),
    subscriptions: account.subscriptions.all().map(readSubscription),
  }
}

function writeState(account: Account): z.input<typeof StateDocument> {
  const { partnerId, customers, products, orders, subscriptions } = fixturesOf(account)
  return {
    version: 1,
    partnerId,
    settings: writeSettings(account.settings),
    clock: { now: new Date(account.clock.now()).toISOString(), frozen: account.clock.frozen },
    customers: [...customers],
    products: [...products],
    orders: [...orders],
    subscriptions: [...(subscriptions ?? [])],
  }
}

/** Replaces an account by what a state document says. Throws FixtureError, and then changes nothing. */
function putState(accounts: Accounts, account: Account, state: StateDocument): Account {
  const settings = SettingsChange.safeParse(state.settings ?? {})
  if (!settings.success)
    throw new ControlError(400, `settings: ${z.prettifyError(settings.error)}`, 'see GET /_emulator/state')
  const now = state.clock === undefined ? account.clock.now() : Date.parse(state.clock.now)
  const fixtures = fixturesOfState(state, fixturesOf(account))
  const clock =
    state.clock === undefined && account.clock.untouched
      ? undefined
      : { now, frozen: state.clock?.frozen ?? account.clock.frozen }
  return accounts.replace(
    account.name,
    accounts.seeded(fixtures, now),
    changeSettings(account.settings, settings.data),
    clock,
  )
}
