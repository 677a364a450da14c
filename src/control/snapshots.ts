import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Account } from '../accounts/account.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { ClockSetting } from '../accounts/clock.ts'
import { AccountSettings } from '../accounts/settings.ts'
import { DatabaseError } from '../storage/database-error.ts'

interface Snapshot {
  /** The database, as SQLite serializes it. */
  content: Buffer
  settings: AccountSettings
  /** Undefined when the clock showed the time of the system. */
  clock: ClockSetting | undefined
  orders: number
}

const suffix = '.snapshot'

/**
 * Named copies of accounts, in memory and, with a data directory, in files. They are not part of an account, so a reset
 * keeps them.
 */
export class Snapshots {
  readonly #accounts: Accounts
  readonly #folder: string | undefined
  readonly #kept = new Map<string, Snapshot>()

  constructor(accounts: Accounts, folder: string | undefined) {
    this.#accounts = accounts
    this.#folder = folder
    if (folder === undefined) return
    mkdirSync(folder, { recursive: true })
    for (const file of readdirSync(folder).filter((name) => name.endsWith(suffix))) {
      this.#kept.set(file.slice(0, -suffix.length), readSnapshot(join(folder, file)))
    }
  }

  list(account: string): { name: string; orders: number }[] {
    const prefix = `${account}@`
    return [...this.#kept]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, { orders }]) => ({ name: key.slice(prefix.length), orders }))
  }

  take(account: Account, name: string): { name: string; orders: number } {
    const { clock, settings } = account
    const snapshot: Snapshot = {
      content: account.content(),
      settings,
      clock: clock.untouched ? undefined : { now: clock.now(), frozen: clock.frozen },
      orders: account.orders.count(),
    }
    const key = `${account.name}@${name}`
    this.#kept.set(key, snapshot)
    if (this.#folder !== undefined) writeFileSync(join(this.#folder, `${key}${suffix}`), serialize(snapshot))
    return { name, orders: snapshot.orders }
  }

  /** Returns false when the snapshot does not exist. */
  restore(account: Account, name: string): boolean {
    const snapshot = this.#kept.get(`${account.name}@${name}`)
    if (snapshot === undefined) return false
    const { content, settings, clock } = snapshot
    this.#accounts.restore(account.name, content, settings, clock)
    return true
  }

  /** Returns false when the snapshot did not exist. */
  remove(account: string, name: string): boolean {
    const key = `${account}@${name}`
    if (this.#folder !== undefined) rmSync(join(this.#folder, `${key}${suffix}`), { force: true })
    return this.#kept.delete(key)
  }
}

/** Throws DatabaseError for a file that is not a snapshot. */
function readSnapshot(file: string): Snapshot {
  try {
    const snapshot: Snapshot = deserialize(readFileSync(file))
    return { ...snapshot, settings: AccountSettings().parse(snapshot.settings) }
  } catch (error) {
    throw new DatabaseError(`${file} is not a snapshot: ${error instanceof Error ? error.message : error}`)
  }
}
