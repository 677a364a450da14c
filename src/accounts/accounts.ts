import { existsSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import { type Fixtures, readFixturesAt } from '../fixtures/fixtures.ts'
import { redate } from '../fixtures/seed.ts'
import { readBuiltTemplate, type Template } from '../fixtures/template.ts'
import {
  contentOf,
  createDatabase,
  openCopy,
  openCopyOfBefore,
  openDatabase,
  replaceContent,
} from '../storage/database.ts'
import type { Migration } from '../storage/migrations.ts'
import { type Account, type AccountSettings, isSeeded, openAccount, openStores, seedDatabase } from './account.ts'
import { AccountClock, type Clock, type ClockSetting } from './clock.ts'

/** The names an account can have. */
export const accountName = /^[A-Za-z0-9._-]{1,64}$/

const atMost = 1000

/** A larger template is made again each time it is needed, since keeping it would double the memory. */
const keptTemplateBytes = 64 * 1024 * 1024

const tenantId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What an account is before anything happens to it, and again after a reset. */
export interface AccountDefinition {
  settings: AccountSettings
  /** A folder of fixtures, or a file with a state document. */
  fixtures: URL
}

export interface AccountSource extends AccountDefinition {
  migrations: readonly Migration[]
  clock: Clock
  /** The folder of the accounts' files; they live in memory without it. */
  dataDir: string | undefined
  /** Called now and then, while many orders are read from fixtures, with how many have been. */
  onProgress?: ((orders: number) => void) | undefined
}

/**
 * The accounts of an emulator, by name. The one called `default` always exists; any other is made when first asked for.
 * A reset replaces an account whole, so nothing of it can leak; who still holds the old one reads what was.
 */
export class Accounts {
  readonly #source: AccountSource
  readonly #byName = new Map<string, Account>()
  readonly #definitions = new Map<string, AccountDefinition>()
  readonly #templates = new Map<string, Template>()

  /** Throws DatabaseError and FixtureError when the default account cannot be opened. */
  constructor(source: AccountSource) {
    this.#source = source
    this.#open('default')
  }

  /** Whether they survive the process. */
  get areFiles(): boolean {
    return this.#source.dataDir !== undefined
  }

  get default(): Account {
    return this.#byName.get('default') ?? this.#open('default')
  }

  /** Undefined when there are a thousand already. */
  get(name: string): Account | undefined {
    return this.#byName.get(name) ?? (this.#byName.size < atMost ? this.#open(name) : undefined)
  }

  /** The account of a partner's tenant, which has that tenant's id. */
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

  /** Says what an account is. One that exists keeps its state, unless its fixtures change. Throws FixtureError. */
  define(name: string, definition: AccountDefinition): Account | undefined {
    const before = this.definitionOf(name)
    const account = this.#byName.get(name)
    this.#prepare(definition.fixtures)
    this.#definitions.set(name, definition)
    try {
      if (account === undefined) return this.get(name)
      if (before.fixtures.href !== definition.fixtures.href) return this.reset(name)
    } catch (error) {
      // A mistake in a line is found when the line is read.
      this.#definitions.set(name, before)
      throw error
    }
    account.save()
    const { clock, faults, journal, database } = account
    const defined = { ...openAccount(name, database, definition.settings, clock), faults, journal }
    this.#byName.set(name, defined)
    return defined
  }

  /** Removes an account with its definition. The default one comes back as it was at the start. */
  remove(name: string): void {
    this.#definitions.delete(name)
    if (name === 'default') {
      this.reset(name)
      return
    }
    const account = this.#byName.get(name)
    this.#byName.delete(name)
    const file = this.#fileOf(name)
    if (file === undefined) return
    account?.discard()
    account?.database.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
  }

  /** Makes an account what it is defined as. */
  reset(name: string): Account {
    const { fixtures, settings } = this.definitionOf(name)
    return this.replace(name, this.#fresh(name, fixtures), settings, undefined)
  }

  /** Gives an account another content, settings and clock, at once. The journal and the faults start anew. */
  replace(name: string, content: Database, settings: AccountSettings, clock: ClockSetting | undefined): Account {
    const existing = this.#byName.get(name)
    const inFile = this.#fileOf(name) !== undefined
    existing?.discard()
    if (inFile && existing !== undefined) replaceContent(existing.database, content)
    const database = inFile && existing !== undefined ? existing.database : content
    const account = openAccount(name, database, settings, this.#clock(clock))
    this.#byName.set(name, account)
    return account
  }

  /** Gives an account the content of a snapshot. Throws DatabaseError when that comes from a newer version. */
  restore(name: string, content: Buffer, settings: AccountSettings, clock: ClockSetting | undefined): Account {
    return this.replace(name, openCopyOfBefore(content, this.#source.migrations), settings, clock)
  }

  /** An empty database in memory, seeded with fixtures. */
  seeded(fixtures: Fixtures, now: number): Database {
    return this.#seed(openDatabase(undefined, this.#source.migrations), fixtures, now)
  }

  close(): void {
    for (const account of this.#byName.values()) {
      account.save()
      account.database.close()
    }
  }

  #open(name: string): Account {
    const { fixtures, settings } = this.definitionOf(name)
    const file = this.#fileOf(name)
    const database = file === undefined ? this.#fresh(name, fixtures) : this.#openFile(file, name, fixtures)
    const account = openAccount(name, database, settings, this.#clock(undefined))
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
      if (isSeeded(database)) return database
      database.close()
    }
    createDatabase(file, migrations, (empty) => this.#fill(empty, name, fixtures))
    return openDatabase(file, migrations)
  }

  #clock(setting: ClockSetting | undefined): AccountClock {
    const clock = new AccountClock(this.#source.clock)
    if (setting !== undefined) clock.set(setting)
    return clock
  }

  /** A database in memory with fixtures, their relative dates counted from now. */
  #fresh(name: string, place: URL, source = this.#prepare(place)): Database {
    const now = this.#source.clock.now()
    if (!('content' in source)) return ownedBy(name, this.seeded(source, now))
    const database = openCopy(source.content)
    if (now - source.time > 1000) {
      database.transaction(() => redate(openStores(database, undefined), now))()
      this.#keepTemplate(place, { content: contentOf(database), time: now })
    }
    return ownedBy(name, database)
  }

  /** Makes an empty database one with fixtures. */
  #fill(empty: Database, name: string, place: URL): void {
    const source = this.#prepare(place)
    if (!('content' in source)) {
      ownedBy(name, this.#seed(empty, source, this.#source.clock.now()))
      return
    }
    const copy = this.#fresh(name, place, source)
    replaceContent(empty, copy)
    copy.close()
  }

  /** The template of fixtures, or themselves where they have orders that are read as they are needed. */
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

  #seed(database: Database, fixtures: Fixtures, now: number): Database {
    seedDatabase(database, fixtures, now, this.#source.onProgress)
    return database
  }
}

/** An account with the name of a tenant is that partner's. */
function ownedBy(name: string, database: Database): Database {
  if (tenantId.test(name)) database.prepare('UPDATE partner SET id = ?').run(name)
  return database
}
