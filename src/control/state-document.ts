import type { Account } from '../accounts/account.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { AccountSettings } from '../accounts/settings.ts'
import type { FixtureOrder } from '../fixtures/fixture-order.ts'
import { type Fixtures, fixturesOfState, type StateDocument } from '../fixtures/fixtures.ts'
import { listIssues } from '../model/mistakes.ts'
import { readSubscription } from '../storage/orders/ledger.ts'
import { type OrderRow, readOrder } from '../storage/orders/row.ts'
import { lastDrawOf } from '../storage/random.ts'
import { ControlError } from './errors.ts'
import { changeSettings, SettingsChange } from './settings.ts'

/** The largest state document, in bytes, for a download and an upload alike. */
export const stateBytesAtMost = 64 * 1024 * 1024

/** Writes the state of an account as the text of a state document. Throws ControlError for a state over the limit. */
export function writeState(account: Account): string {
  if (account.orders.documentBytes() > stateBytesAtMost) {
    const limit = `${stateBytesAtMost / 1024 / 1024} MiB`
    throw new ControlError(507, `The state is larger than ${limit}.`, 'take a snapshot instead')
  }
  const { partnerId, draws, settings, clock } = account
  const head = {
    version: 1,
    partnerId,
    ...(draws === 0 ? {} : { draws }),
    settings,
    clock: { now: new Date(clock.now()).toISOString(), frozen: clock.frozen },
    customers: account.customers.all(),
    products: account.products.all(),
  }
  // The documents of the database are JSON already. Parsing and writing them again would block other requests.
  const orders = account.orders.all().map(writeOrder).join()
  const subscriptions = account.subscriptions.all().join()
  return `${JSON.stringify(head).slice(0, -1)},"orders":[${orders}],"subscriptions":[${subscriptions}]}`
}

function writeOrder(row: OrderRow): string {
  const { adjustmentPending, completesAt, document } = row
  const cancellation = cancellationOf(row)
  const cancelling = cancellation === undefined ? '' : `"cancellation":${JSON.stringify(cancellation)},`
  const pending = adjustmentPending === 1 ? '"adjustmentPending":true,' : ''
  const completion = completesAt === null ? '' : `"completesAt":${completesAt},`
  return `{${pending}${completion}${cancelling}"order":${document}}`
}

function cancellationOf({ cancelsAt, cancelledLines }: OrderRow): FixtureOrder['cancellation'] {
  if (cancelledLines === null) return undefined
  return { ...(cancelsAt === null ? {} : { at: cancelsAt }), lines: JSON.parse(cancelledLines) }
}

/** Replaces the state of an account. Throws FixtureError, and then changes nothing. */
export function putState(accounts: Accounts, account: Account, state: StateDocument): Account {
  const settings = SettingsChange().safeParse(state.settings ?? {})
  if (!settings.success) {
    const mistakes = listIssues(settings.error, 'the object').join('; ')
    throw new ControlError(400, `settings: ${mistakes}`, 'see GET /_emulator/state')
  }
  const now = state.clock === undefined ? account.clock.now() : Date.parse(state.clock.now)
  const fixtures = fixturesOfState(state, fixturesOf(account))
  const changed = changeSettings(account.settings, settings.data)
  const clock =
    state.clock === undefined && account.clock.untouched
      ? undefined
      : { now, frozen: state.clock?.frozen ?? account.clock.frozen }
  return accounts.replace(
    account.name,
    accounts.seeded(state.draws === undefined ? afterItsDraws(fixtures, changed) : fixtures, now),
    changed,
    clock,
  )
}

/** A document without `draws` may hold ids that the seed has made, in another account perhaps. They are not made again. */
function afterItsDraws(fixtures: Fixtures, { idSeed }: AccountSettings): Fixtures {
  if (idSeed === null) return fixtures
  const ids = fixtures.orders.flatMap(({ order: { id, alternateId, lineItems } }) => [
    id,
    ...(alternateId === undefined ? [] : [alternateId]),
    ...lineItems.flatMap(({ subscriptionId }) => subscriptionId ?? []),
  ])
  const last = lastDrawOf(idSeed, new Set(ids.map((id) => id.toLowerCase())))
  return { ...fixtures, draws: Math.max(fixtures.draws ?? 0, last) }
}

function fixturesOf(account: Account): Fixtures {
  return {
    partnerId: account.partnerId,
    draws: account.draws,
    customers: account.customers.all(),
    products: account.products.all(),
    orders: account.orders.all().map((row) => ({
      ...(row.adjustmentPending === 1 ? { adjustmentPending: true } : {}),
      ...(row.completesAt === null ? {} : { completesAt: row.completesAt }),
      cancellation: cancellationOf(row),
      order: readOrder(row),
    })),
    subscriptions: account.subscriptions.all().map(readSubscription),
  }
}
