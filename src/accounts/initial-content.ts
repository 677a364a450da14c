import { type Fixtures, readFixturesAt } from '../fixtures/fixtures.ts'
import { redate, seedDatabase } from '../fixtures/seed.ts'
import { readBuiltTemplate, type Template } from '../fixtures/template.ts'
import { contentOf, type Database, openCopy, openMemoryDatabase, replaceContent } from '../storage/database.ts'
import type { Migration } from '../storage/migrations.ts'
import { openPartner } from '../storage/partner.ts'
import { openStores } from '../storage/stores.ts'
import type { Clock } from './clock.ts'

/** A larger template is built again each time, since keeping it would double the memory. */
const keptTemplateBytes = 64 * 1024 * 1024

const tenantId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface InitialContentSource {
  migrations: readonly Migration[]
  clock: Clock
  /** Called now and then while many orders are read from fixtures, with the number of orders so far. */
  onProgress?: ((orders: number) => void) | undefined
}

/** Makes the content of new accounts from fixtures. A template of each fixtures folder makes that fast. */
export class InitialContent {
  readonly #source: InitialContentSource
  readonly #templates = new Map<string, Template>()

  constructor(source: InitialContentSource) {
    this.#source = source
  }

  /** Reads fixtures without using them. Throws FixtureError. */
  check(place: URL): void {
    this.#prepare(place)
  }

  /** Seeds a database in memory. `now`: milliseconds since 1970, for relative dates. Throws FixtureError. */
  seed(fixtures: Fixtures, now: number): Database {
    const database = openMemoryDatabase(this.#source.migrations)
    seedDatabase(database, fixtures, now, this.#source.onProgress)
    return database
  }

  /** A database in memory with the fixtures of an account. Relative dates count from now. Throws FixtureError. */
  open(name: string, place: URL): Database {
    return this.#open(name, place, this.#prepare(place))
  }

  #open(name: string, place: URL, source: Template | Fixtures): Database {
    const now = this.#source.clock.now()
    if (!('content' in source)) return ownedBy(name, this.seed(source, now))
    const database = openCopy(source.content)
    if (now - source.time > 1000) {
      database.transaction(() => redate(openStores(database), now))()
      this.#keepTemplate(place, { content: contentOf(database), time: now })
    }
    return ownedBy(name, database)
  }

  /** Fills an empty database with the fixtures of an account. Throws FixtureError. */
  fill(empty: Database, name: string, place: URL): void {
    const source = this.#prepare(place)
    if (!('content' in source)) {
      seedDatabase(empty, source, this.#source.clock.now(), this.#source.onProgress)
      ownedBy(name, empty)
      return
    }
    const copy = this.#open(name, place, source)
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
    const database = this.seed(fixtures, time)
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
