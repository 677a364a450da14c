import * as z from 'zod'
import type { Account } from '../accounts/account.ts'
import { type Accounts, accountName } from '../accounts/accounts.ts'
import type { Snapshots } from '../accounts/snapshots.ts'
import { type Fixtures, fixturesOfState, StateDocument } from '../fixtures/fixtures.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import type { Routes } from '../routes.ts'
import { readSubscription } from '../storage/orders/ledger.ts'
import { readOrder } from '../storage/orders/row.ts'
import { ControlError } from './errors.ts'
import { describeControl } from './route-schema.ts'
import { changeSettings, SettingsChange } from './settings.ts'

export interface StateRouteOptions {
  accounts: Accounts
  snapshots: Snapshots
}

const SnapshotPath = lazy(() =>
  z.object({ name: z.string().regex(accountName).meta({ description: 'Name of the snapshot.' }) }),
)

export const SnapshotBody = lazy(() =>
  z
    .strictObject({
      name: z.string().meta({ description: 'Name of the snapshot.' }),
      orders: z.int().meta({ description: 'Number of orders.' }),
    })
    .meta({ id: 'Snapshot', description: 'A named copy of an account.' }),
)
export type SnapshotBody = Infer<typeof SnapshotBody>

const SnapshotList = lazy(() => z.array(SnapshotBody()))

export type StateBody = StateDocument
export type StateChange = z.input<ReturnType<typeof StateDocument>>

/** The state of an account as one document, and named copies of it. */
export const stateRoutes: Routes<StateRouteOptions> = (app, { accounts, snapshots }) => {
  app.get(
    '/state',
    { schema: describeControl('getState', 'Get the state of an account as one document', {}, { 200: StateDocument }) },
    ({ account }) => writeState(account),
  )

  app.put(
    '/state',
    {
      schema: describeControl(
        'putState',
        'Replace the state of an account; members that are absent stay as they are',
        { body: StateDocument },
        { 200: StateDocument },
      ),
    },
    ({ account, body }) => writeState(putState(accounts, account, body)),
  )

  app.get(
    '/snapshots',
    { schema: describeControl('listSnapshots', 'List the snapshots of an account', {}, { 200: SnapshotList }) },
    ({ account }) => snapshots.list(account.name),
  )

  app.put(
    '/snapshots/:name',
    {
      schema: describeControl(
        'putSnapshot',
        'Take a snapshot of an account',
        { params: SnapshotPath },
        { 200: SnapshotBody },
      ),
    },
    ({ account, params }) => snapshots.take(account, params.name),
  )

  app.get(
    '/snapshots/:name',
    { schema: describeControl('getSnapshot', 'Get a snapshot', { params: SnapshotPath }, { 200: SnapshotBody }) },
    ({ account, params }) => {
      const found = snapshots.list(account.name).find(({ name }) => name === params.name)
      if (found === undefined) throw missing(params.name)
      return found
    },
  )

  app.delete(
    '/snapshots/:name',
    {
      schema: describeControl('deleteSnapshot', 'Delete a snapshot', { params: SnapshotPath }, { 204: undefined }),
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
        'Return an account to a snapshot. Its journal stays, its faults go',
        { params: SnapshotPath },
        { 204: undefined },
      ),
    },
    ({ account, params }, reply) => {
      if (!snapshots.restore(account, params.name)) throw missing(params.name)
      reply.code(204).send()
    },
  )
}

function missing(name: string): ControlError {
  return new ControlError(404, `There is no snapshot ${name}.`, 'GET /_emulator/snapshots lists them; PUT makes one')
}

function fixturesOf(account: Account): Fixtures {
  return {
    partnerId: account.partnerId,
    customers: account.customers.all(),
    products: account.products.all(),
    orders: account.orders.all().map((row) => ({
      ...(row.adjustmentPending === 1 ? { adjustmentPending: true } : {}),
      ...(row.completesAt === null ? {} : { completesAt: row.completesAt }),
      order: readOrder(row),
    })),
    subscriptions: account.subscriptions.all().map(readSubscription),
  }
}

function writeState(account: Account): StateBody {
  const { partnerId, customers, products, orders, subscriptions } = fixturesOf(account)
  return {
    version: 1,
    partnerId,
    settings: account.settings,
    clock: { now: new Date(account.clock.now()).toISOString(), frozen: account.clock.frozen },
    customers: [...customers],
    products: [...products],
    orders: [...orders],
    subscriptions: [...(subscriptions ?? [])],
  }
}

/** Replaces the state of an account. Throws FixtureError, and then changes nothing. */
function putState(accounts: Accounts, account: Account, state: StateDocument): Account {
  const settings = SettingsChange().safeParse(state.settings ?? {})
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
