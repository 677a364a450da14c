import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Fixtures } from '../fixtures/fixtures.ts'
import { type DataDirectory, takeDataDirectory } from '../storage/data-directory.ts'
import {
  createDatabase,
  type Database,
  openDatabase,
  openMigratedCopy,
  removeDatabase,
  replaceContent,
} from '../storage/database.ts'
import { openPartner } from '../storage/partner.ts'
import { Account } from './account.ts'
import { AccountClock, type ClockSetting } from './clock.ts'
import { InitialContent, type InitialContentSource } from './initial-content.ts'
import type { Journal } from './journal.ts'
import { RecentAccounts } from './recent-accounts.ts'
import type { AccountSettings } from './settings.ts'

/** The form of an account's name. */
export const accountName = /^[A-Za-z0-9._-]{1,64}$/

const accountsAtMost = 1000

/** The initial state of an account, which a reset restores. */
export interface AccountDefinition {
  settings: AccountSettings
  /** A folder of fixtures, or a file with a state document. */
  fixtures: URL
}

export interface AccountSource extends AccountDefinition, InitialContentSource {
  /** The folder of the accounts' files. Without it, the accounts live in memory. */
  dataDir: string | undefined
}

/**
 * The accounts of an emulator, by name. The account `default` always exists. Any other one is created on first use.
 * A reset replaces an account whole, so that no state can leak.
 */
export class Accounts {
  readonly #source: AccountSource
  readonly #initial: InitialContent
  readonly #byName = new Map<string, Account>()
  readonly #definitions = new Map<string, AccountDefinition>()
  readonly #recent = new RecentAccounts()
  readonly #directory: DataDirectory | undefined
  /** The file of the default account, if it was there at the start, so that its fixtures were not read. */
  readonly keptFile: string | undefined

  /** Throws DatabaseError and FixtureError when the default account cannot be opened. */
  constructor(source: AccountSource) {
    this.#source = source
    this.#initial = new InitialContent(source)
    this.#directory = source.dataDir === undefined ? undefined : takeDataDirectory(source.dataDir)
    const file = this.#fileOf('default')
    this.keptFile = file !== undefined && existsSync(file) ? file : undefined
    try {
      this.#open('default')
    } catch (error) {
      this.#directory?.release()
      throw error
    }
  }

  /** Whether the accounts survive the process. */
  get areFiles(): boolean {
    return this.#source.dataDir !== undefined
  }

  get default(): Account {
    return this.#recent.touch(this.#byName.get('default') ?? this.#open('default'))
  }

  /** Undefined when there are already a thousand accounts. */
  get(name: string): Account | undefined {
    const account = this.#byName.get(name)
    if (account !== undefined) return this.#recent.touch(account)
    return this.#byName.size < accountsAtMost ? this.#open(name) : undefined
  }

  /** The account of a partner's tenant, which is named after the tenant. */
  ofTenant(tenant: string): Account | undefined {
    return tenant === this.default.partnerId ? this.default : this.get(tenant)
  }

  has(name: string): boolean {
    return this.#byName.has(name)
  }

  names(): string[] {
    return [...this.#byName.keys()]
  }

  /** Every account. Listing an account does not count as a use. */
  all(): Account[] {
    return [...this.#byName.values()]
  }

  definitionOf(name: string): AccountDefinition {
    return this.#definitions.get(name) ?? this.#source
  }

  /** Defines an account. An existing one keeps its state, unless its fixtures change. Throws FixtureError. */
  define(name: string, definition: AccountDefinition): Account | undefined {
    const before = this.definitionOf(name)
    const account = this.#byName.get(name)
    this.#initial.check(definition.fixtures)
    this.#definitions.set(name, definition)
    try {
      if (account === undefined) return this.get(name)
      if (before.fixtures.href !== definition.fixtures.href) return this.reset(name)
    } catch (error) {
      // A mistake in a line of orders.ndjson shows only when the line is read.
      this.#definitions.set(name, before)
      throw error
    }
    account.configure(definition.settings)
    return account
  }

  /** Removes an account and its definition. The default account returns to its initial state. */
  remove(name: string): void {
    this.#definitions.delete(name)
    if (name === 'default') {
      this.reset(name)
      return
    }
    const account = this.#byName.get(name)
    if (account === undefined) return
    this.#byName.delete(name)
    this.#end(account)?.close()
    account.journal.end()
    const file = this.#fileOf(name)
    if (file !== undefined) removeDatabase(file)
  }

  /** Returns an account to its definition. */
  reset(name: string): Account {
    const { fixtures, settings } = this.definitionOf(name)
    return this.replace(name, this.#initial.open(name, fixtures), settings, undefined)
  }

  /** Gives an account other content, settings and clock, with no faults and, unless it is kept, an empty journal. */
  replace(
    name: string,
    content: Database,
    settings: AccountSettings,
    clock: ClockSetting | undefined,
    keepJournal = false,
  ): Account {
    const earlier = this.#byName.get(name)
    const kept = earlier === undefined ? undefined : this.#end(earlier)
    const journal = keepJournal ? earlier?.journal : earlier?.journal.replace()
    if (kept === undefined) return this.#add(name, content, settings, clock, journal)
    replaceContent(kept, content)
    content.close()
    return this.#add(name, kept, settings, clock, journal)
  }

  /**
   * Gives an account the content of a snapshot, and keeps its journal. Throws DatabaseError when a newer version took the
   * snapshot.
   */
  restore(name: string, content: Buffer, settings: AccountSettings, clock: ClockSetting | undefined): Account {
    return this.replace(name, openMigratedCopy(content, this.#source.migrations), settings, clock, true)
  }

  /** Seeds a database in memory. `now`: milliseconds since 1970, for relative dates. */
  seeded(fixtures: Fixtures, now: number): Database {
    return this.#initial.seed(fixtures, now)
  }

  /** Releases every request that a fault holds. */
  releaseFaults(): void {
    for (const account of this.#byName.values()) account.faults.set([])
  }

  close(): void {
    for (const account of this.#byName.values()) account.close()
    this.#directory?.release()
  }

  #open(name: string): Account {
    const { fixtures, settings } = this.definitionOf(name)
    const file = this.#fileOf(name)
    const database = file === undefined ? this.#initial.open(name, fixtures) : this.#openFile(file, name, fixtures)
    return this.#add(name, database, settings, undefined)
  }

  #add(
    name: string,
    database: Database,
    settings: AccountSettings,
    setting: ClockSetting | undefined,
    journal?: Journal,
  ): Account {
    const clock = new AccountClock(this.#source.clock)
    if (setting !== undefined) clock.set(setting)
    const account = new Account(name, database, settings, clock, journal)
    this.#byName.set(name, account)
    return this.#recent.touch(account)
  }

  #end(account: Account): Database | undefined {
    this.#recent.delete(account)
    return account.end()
  }

  #fileOf(name: string): string | undefined {
    const { dataDir } = this.#source
    return dataDir === undefined ? undefined : resolve(dataDir, `${name}.sqlite`)
  }

  #openFile(file: string, name: string, fixtures: URL): Database {
    const { migrations } = this.#source
    if (existsSync(file)) {
      const database = openDatabase(file, migrations)
      if (openPartner(database).id() !== undefined) return database
      database.close()
    }
    createDatabase(file, migrations, (empty) => this.#initial.fill(empty, name, fixtures))
    return openDatabase(file, migrations)
  }
}
