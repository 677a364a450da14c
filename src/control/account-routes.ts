import { resolve } from 'node:path'
import { setImmediate as nextIteration } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'
import type { Account } from '../accounts/account.ts'
import { type Accounts, accountName } from '../accounts/accounts.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import type { Routes } from '../routes.ts'
import { ControlError } from './errors.ts'
import { describeControl } from './route-schema.ts'
import { changeSettings, SettingsBody, SettingsChange } from './settings.ts'

export interface AccountRouteOptions {
  accounts: Accounts
}

const AccountPath = lazy(() =>
  z.object({
    name: z
      .string()
      .regex(accountName, 'a name has 1 to 64 of A-Z a-z 0-9 . _ -')
      .meta({ description: 'Name of the account.' }),
  }),
)

export const AccountBody = lazy(() =>
  z
    .strictObject({
      name: z.string().meta({ description: 'Name of the account.' }),
      partnerId: z.string().meta({ description: 'Tenant id of the partner.' }),
      orders: z.int().meta({ description: 'Number of orders.' }),
      settings: SettingsBody(),
    })
    .meta({ id: 'Account', description: 'An account.' }),
)
export type AccountBody = Infer<typeof AccountBody>

const ResetQuery = lazy(() =>
  z.object({
    all: z
      .stringbool({ truthy: ['true'], falsy: ['false'] })
      .optional()
      .meta({ description: '`true` resets every account.' }),
  }),
)

const AccountList = lazy(() => z.array(AccountBody()))

/** The accounts, and their reset. */
export const accountRoutes: Routes<AccountRouteOptions> = (app, { accounts }) => {
  const write = (account: Account): AccountBody => ({
    name: account.name,
    partnerId: account.partnerId,
    orders: account.orderCount,
    settings: account.settings,
  })

  app.get('/accounts', { schema: describeControl('listAccounts', 'List the accounts', {}, { 200: AccountList }) }, () =>
    accounts.all().map(write),
  )

  app.get(
    '/accounts/:name',
    { schema: describeControl('getAccount', 'Get an account', { params: AccountPath }, { 200: AccountBody }) },
    ({ params }) => write(existing(accounts, params.name)),
  )

  app.put(
    '/accounts/:name',
    {
      schema: describeControl(
        'putAccount',
        'Create an account, or change its settings; changed fixtures reset it',
        { params: AccountPath, body: SettingsChange },
        { 200: AccountBody },
      ),
    },
    ({ params, body }) => {
      const { fixtures, settings } = accounts.definitionOf(params.name)
      const account = accounts.define(params.name, {
        settings: changeSettings(settings, body),
        fixtures: body.fixtures === undefined ? fixtures : pathToFileURL(resolve(body.fixtures)),
      })
      if (account === undefined) throw new ControlError(507, 'There are 1,000 accounts already.', 'delete one')
      return write(account)
    },
  )

  app.delete(
    '/accounts/:name',
    {
      schema: describeControl(
        'deleteAccount',
        'Remove an account; the default one comes back as it was at the start',
        { params: AccountPath },
        { 204: undefined },
      ),
    },
    ({ params }, reply) => {
      existing(accounts, params.name)
      accounts.remove(params.name)
      reply.code(204).send()
    },
  )

  app.post(
    '/reset',
    {
      schema: describeControl(
        'reset',
        'Reset an account, or with all=true every account: orders, clock, faults and journal',
        { querystring: ResetQuery },
        { 204: undefined },
      ),
    },
    async ({ account, query }, reply) => {
      for (const name of query.all ? accounts.names() : [account.name]) {
        accounts.reset(name)
        // Other requests are handled between two accounts.
        await nextIteration()
      }
      return reply.code(204).send()
    },
  )
}

function existing(accounts: Accounts, name: string): Account {
  const account = accounts.has(name) ? accounts.get(name) : undefined
  if (account !== undefined) return account
  throw new ControlError(404, `There is no account ${name}.`, `the accounts are ${accounts.names().join(', ')}`)
}
