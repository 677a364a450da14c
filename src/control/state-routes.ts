import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import type { Account } from '../accounts/account.ts'
import { type Accounts, accountName } from '../accounts/accounts.ts'
import type { Snapshots } from '../accounts/snapshots.ts'
import { StateDocument } from '../fixtures/fixtures.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import type { Routes } from '../routes.ts'
import { ControlError } from './errors.ts'
import { describeControl } from './route-schema.ts'
import { putState, stateBytesAtMost, writeState } from './state-document.ts'

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
    ({ account }, reply) => sendState(reply, account),
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
      bodyLimit: stateBytesAtMost,
    },
    ({ account, body }, reply) => sendState(reply, putState(accounts, account, body)),
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

function sendState(reply: FastifyReply, account: Account): void {
  reply.type('application/json; charset=utf-8').send(writeState(account))
}

function missing(name: string): ControlError {
  return new ControlError(404, `There is no snapshot ${name}.`, 'GET /_emulator/snapshots lists them; PUT makes one')
}
