import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { unfinishedSuffix } from '../storage/database.ts'
import type { Account } from './account.ts'
import type { Accounts } from './accounts.ts'
import type { ClockSetting } from './clock.ts'
import { AccountSettings, noDelay } from './settings.ts'

/** The most snapshots of an emulator. */
export const snapshotsAtMost = 100

/** The most bytes of all snapshots in memory. Snapshots in files are limited by the disk. */
export const snapshotBytesAtMost = 128 * 1024 * 1024

interface Snapshot {
  /** The database, as SQLite serializes it. */
  content: Buffer
  settings: AccountSettings
  /** Undefined when the clock showed the time of the system. */
  clock: ClockSetting | undefined
  orders: number
}

/** A snapshot as lists show it. */
export interface SnapshotInfo {
  name: string
  orders: number
}

/** Too many snapshots, or too many bytes of them. */
export class SnapshotLimitError extends Error {
  override name = 'SnapshotLimitError'
}

const suffix = '.snapshot'

/** The settings that earlier versions did not have. */
const addedSettings = { cancellationDelay: noDelay, orderListDelay: noDelay }

/**
 * Named copies of accounts: in files with a data directory, and otherwise in memory. They are not part of an account, so a
 * reset keeps them.
 */
export class Snapshots {
  readonly #accounts: Accounts
  readonly #folder: string | undefined
  /** The number of orders of each snapshot, by account and name. */
  readonly #orders = new Map<string, number>()
  readonly #inMemory = new Map<string, Snapshot>()

  /** `warn`: called with a line for each file that is skipped because it is not a complete snapshot. */
  constructor(accounts: Accounts, folder: string | undefined, warn: (line: string) => void = () => {}) {
    this.#accounts = accounts
    this.#folder = folder
    if (folder === undefined) return
    for (const file of readdirSync(folder)) {
      if (file.endsWith(`${suffix}${unfinishedSuffix}`)) rmSync(join(folder, file), { force: true })
      else if (file.endsWith(suffix)) this.#register(file, warn)
    }
  }

  #register(file: string, warn: (line: string) => void): void {
    const key = file.slice(0, -suffix.length)
    try {
      this.#orders.set(key, this.#read(key).orders)
    } catch (error) {
      warn(`${file} is not a complete snapshot and is skipped: ${error instanceof Error ? error.message : error}`)
    }
  }

  list(account: string): SnapshotInfo[] {
    const prefix = `${account}@`
    return [...this.#orders]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, orders]) => ({ name: key.slice(prefix.length), orders }))
  }

  /** Throws SnapshotLimitError, and the error of the system when a file cannot be written. */
  take(account: Account, name: string): SnapshotInfo {
    const { clock, settings } = account
    const key = `${account.name}@${name}`
    if (!this.#orders.has(key) && this.#orders.size >= snapshotsAtMost)
      throw new SnapshotLimitError(`There are ${snapshotsAtMost} snapshots already.`)
    const snapshot: Snapshot = {
      content: account.content(),
      settings,
      clock: clock.untouched ? undefined : { now: clock.now(), frozen: clock.frozen },
      orders: account.orders.count(),
    }
    this.#write(key, snapshot)
    this.#orders.set(key, snapshot.orders)
    return { name, orders: snapshot.orders }
  }

  /** Returns false when the snapshot does not exist. */
  restore(account: Account, name: string): boolean {
    const key = `${account.name}@${name}`
    if (!this.#orders.has(key)) return false
    const { content, settings, clock } = this.#read(key)
    this.#accounts.restore(account.name, content, settings, clock)
    return true
  }

  /** Returns false when the snapshot did not exist. */
  remove(account: string, name: string): boolean {
    const key = `${account}@${name}`
    if (this.#folder !== undefined) rmSync(this.#fileOf(this.#folder, key), { force: true })
    this.#inMemory.delete(key)
    return this.#orders.delete(key)
  }

  #fileOf(folder: string, key: string): string {
    return join(folder, `${key}${suffix}`)
  }

  #read(key: string): Snapshot {
    const kept = this.#inMemory.get(key)
    if (kept !== undefined) return kept
    const snapshot: Snapshot = deserialize(readFileSync(this.#fileOf(this.#folder ?? '', key)))
    return { ...snapshot, settings: AccountSettings().parse({ ...addedSettings, ...snapshot.settings }) }
  }

  /** A file is written under another name and renamed, so that a killed process leaves no torn snapshot. */
  #write(key: string, snapshot: Snapshot): void {
    if (this.#folder === undefined) {
      this.#refuseBytes(key, snapshot.content.length)
      this.#inMemory.set(key, snapshot)
      return
    }
    const file = this.#fileOf(this.#folder, key)
    const unfinished = `${file}${unfinishedSuffix}`
    try {
      writeFileSync(unfinished, serialize(snapshot))
      renameSync(unfinished, file)
    } finally {
      rmSync(unfinished, { force: true })
    }
  }

  #refuseBytes(key: string, added: number): void {
    let bytes = added
    for (const [other, { content }] of this.#inMemory) if (other !== key) bytes += content.length
    if (bytes > snapshotBytesAtMost)
      throw new SnapshotLimitError(`The snapshots would take more than ${snapshotBytesAtMost / 1024 / 1024} MiB.`)
  }
}
