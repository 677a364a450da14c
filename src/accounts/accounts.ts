import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Fixtures, readFixturesAt } from '../fixtures/fixtures.ts'
import { redate, seedDatabase } from '../fixtures/seed.ts'
import { readBuiltTemplate, type Template } from '../fixtures/template.ts'
import { type DataDirectory, takeDataDirectory } from '../storage/data-directory.ts'
import {
  contentOf,
  createDatabase,
  type Database,
  openCopy,
  openDatabase,
  openMemoryDatabase,
  openMigratedCopy,
  removeDatabase,
  replaceContent,
} from '../storage/database.ts'
import type { Migration } from '../storage/migrations.ts'
import { openPartner } from '../storage/partner.ts'
import { openStores } from '../storage/stores.ts'
import { Account } from './account.ts'
import { AccountClock, type Clock, type ClockSetting } from './clock.ts'
import type { Journal } from './journal.ts'
import type { AccountSettings } from './settings.ts'

/** The form of an account's name. */
export const accountName = /^[A-Za-z0-9._-]{1,64}$/

const accountsAtMost = 1000

/** A larger template is built again each time, since keeping it would double the memory. */
const keptTemplateBytes = 64 * 1024 * 1024

const tenantId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The initial state of an account, which a reset restores. */
export interface AccountDefinition {
  settings: AccountSettings
  /** A folder of fixtures, or a file with a state document. */
  fixtures: URL
}

export interface AccountSource extends AccountDefinition {
  migrations: readonly Migration[]
  clock: Clock
  /** The folder of the accounts' files. Without it, the accounts live in memory. */
  dataDir: string | undefined
  /** Called now and then while many orders are read from fixtures, with the number of orders so far. */
  onProgress?: ((orders: number) => void) | undefined
}

/**
 * The accounts of an emulator, by name. The account `default` always exists. Any other one is created on first use.
 * A reset replaces an account whole, so that no state can leak. A request that still holds the old one reads the old state.
 */
export class Accounts {
  readonly #source: AccountSource
  readonly #byName = new Map<string, Account>()
  readonly #definitions = new Map<string, AccountDefinition>()
  readonly #templates = new Map<string, Template>()
  readonly #directory: DataDirectory | undefined
  readonly #keptFile: string | undefined

  /** Throws DatabaseError and FixtureError when the default account cannot be opened. */
  constructor(source: AccountSource) {
    this.#source = source
    this.#directory = source.dataDir === undefined ? undefined : takeDataDirectory(source.dataDir)
    const file = this.#fileOf('default')
    if (file !== undefined && existsSync(file)) this.#keptFile = file
    try {
      this.#open('default')
    } catch (error) {
      this.#directory?.release()
      throw error
    }
  }

  /** The file of the default account, if it was there at the start, so that its fixtures were not read. */
  get keptFile(): string | undefined {
    return this.#keptFile
  }

  /** Whether the accounts survive the process. */
  get areFiles(): boolean {
    return this.#source.dataDir !== undefined
  }

  get default(): Account {
    return this.#byName.get('default') ?? this.#open('default')
  }

  /** Undefined when there are already a thousand accounts. */
  get(name: string): Account | undefined {
    return this.#byName.get(name) ?? (this.#byName.size < accountsAtMost ? this.#open(name) : undefined)
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

  definitionOf(name: string): AccountDefinition {
    return this.#definitions.get(name) ?? this.#source
  }

  /** Defines an account. An existing one keeps its state, unless its fixtures change. Throws FixtureError. */
  define(name: string, definition: AccountDefinition): Account | undefined {
    const before = this.definitionOf(name)
    const account = this.#byName.get(name)
    this.#prepare(definition.fixtures)
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
    this.#byName.delete(name)
    account?.end()?.close()
    account?.journal.end()
    const file = this.#fileOf(name)
    if (file !== undefined) removeDatabase(file)
  }

  /** Returns an account to its definition. */
  reset(name: string): Account {
    const { fixtures, settings } = this.definitionOf(name)
    return this.replace(name, this.#fresh(name, fixtures), settings, undefined)
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
    const kept = earlier?.end()
    const journal = keepJournal ? earlier?.journal : earlier?.journal.replace()
    if (kept === undefined) return this.#add(name, content, settings, clock, journal)
    replaceContent(kept, content)
    content.close()
    return this.#add(name, kept, settings, clock, journal)
  }

  /** Gives an account the content of a snapshot, and keeps its journal. Throws DatabaseError when a newer version took the snapshot. */
  restore(name: string, content: Buffer, settings: AccountSettings, clock: ClockSetting | undefined): Account {
    return this.replace(name, openMigratedCopy(content, this.#source.migrations), settings, clock, true)
  }

  /** Seeds a database in memory. `now`: milliseconds since 1970, for relative dates. */
  seeded(fixtures: Fixtures, now: number): Database {
    const database = openMemoryDatabase(this.#source.migrations)
    seedDatabase(database, fixtures, now, this.#source.onProgress)
    return database
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
    const database = file === undefined ? this.#fresh(name, fixtures) : this.#openFile(file, name, fixtures)
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
    return account
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
    createDatabase(file, migrations, (empty) => this.#fill(empty, name, fixtures))
    return openDatabase(file, migrations)
  }

  /** A database in memory with fixtures. Relative dates count from now. */
  #fresh(name: string, place: URL, source = this.#prepare(place)): Database {
    const now = this.#source.clock.now()
    if (!('content' in source)) return ownedBy(name, this.seeded(source, now))
    const database = openCopy(source.content)
    if (now - source.time > 1000) {
      database.transaction(() => redate(openStores(database), now))()
      this.#keepTemplate(place, { content: contentOf(database), time: now })
    }
    return ownedBy(name, database)
  }

  /** Fills an empty database with fixtures. */
  #fill(empty: Database, name: string, place: URL): void {
    const source = this.#prepare(place)
    if (!('content' in source)) {
      seedDatabase(empty, source, this.#source.clock.now(), this.#source.onProgress)
      ownedBy(name, empty)
      return
    }
    const copy = this.#fresh(name, place, source)
    replaceContent(empty, copy)
    copy.close()
  }

  /** The template of fixtures, or the fixtures themselves when their orders are read line by line. */
  #prepare(place: URL): Template | Fixtures {
    const kept = this.#templates.get(place.href) ?? readBuiltTemplate(place)
    if (kept !== undefined) return kept
    const fixtures = readFixturesAt(place)
    if (fixtures.furtherOrders !== undefined) return fixtures
    const time = this.#source.clock.now()
    const database = this.seeded(fixtures, time)
    const template = { content: contentOf(database), time }
    database.close()
    this.#keepTemplate(place, template)
    return template
  }

  #keepTemplate(place: URL, template: Template): void {
    if (template.content.length <= keptTemplateBytes) this.#templates.set(place.href, template)
  }
}

/** An account that is named after a tenant belongs to that partner. */
function ownedBy(name: string, database: Database): Database {
  if (tenantId.test(name)) openPartner(database).rename(name)
  return database
}
