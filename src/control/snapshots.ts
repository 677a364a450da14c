import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Account, AccountSettings } from '../accounts/account.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { ClockSetting } from '../accounts/clock.ts'
import { contentOf, DatabaseError } from '../storage/database.ts'

interface Snapshot {
  /** The database, as `serialize()` gives it. */
  content: Buffer
  settings: AccountSettings
  /** Absent where the clock told the system's time. */
  clock: ClockSetting | undefined
  orders: number
}

const suffix = '.snapshot'

/**
 * Named copies of accounts, kept in memory, and in the data directory where there is one. They are not part of an account,
 * so a reset leaves them.
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
    account.save()
    const snapshot: Snapshot = {
      content: contentOf(account.database),
      settings,
      clock: clock.untouched ? undefined : { now: clock.now(), frozen: clock.frozen },
      orders: account.orders.count(),
    }
    const key = `${account.name}@${name}`
    this.#kept.set(key, snapshot)
    if (this.#folder !== undefined) writeFileSync(join(this.#folder, `${key}${suffix}`), serialize(snapshot))
    return { name, orders: snapshot.orders }
  }

  /** False when there is no such snapshot. */
  restore(account: Account, name: string): boolean {
    const snapshot = this.#kept.get(`${account.name}@${name}`)
    if (snapshot === undefined) return false
    const { content, settings, clock } = snapshot
    this.#accounts.restore(account.name, content, settings, clock)
    return true
  }

  /** False when there was no such snapshot. */
  remove(account: string, name: string): boolean {
    const key = `${account}@${name}`
    if (this.#folder !== undefined) rmSync(join(this.#folder, `${key}${suffix}`), { force: true })
    return this.#kept.delete(key)
  }
}

/** Throws DatabaseError for a file that is no snapshot. */
function readSnapshot(file: string): Snapshot {
  try {
    return deserialize(readFileSync(file))
  } catch (error) {
    throw new DatabaseError(`${file} is no snapshot: ${error instanceof Error ? error.message : error}`)
  }
}
