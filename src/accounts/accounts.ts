import { resolve } from 'node:path'
import { type Account, type AccountSettings, openAccount } from './account.ts'
import type { Clock } from './clock.ts'
import { openDatabase } from './database.ts'
import type { Fixtures } from './fixtures.ts'
import type { Migration } from './migrations.ts'

const atMost = 1000

const tenantId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What every account of an emulator is made from. */
export interface AccountSource {
  /** Called for each account that is new: kept in memory, a large folder would cost as much as the database made of it. */
  readFixtures: () => Fixtures
  migrations: readonly Migration[]
  settings: AccountSettings
  clock: Clock
  /** The folder of their files; they live in memory without it. */
  dataDir: string | undefined
}

/** The accounts of an emulator, by name. The one called `default` always exists; any other is made when first asked for. */
export class Accounts {
  readonly #source: AccountSource
  readonly #byName = new Map<string, Account>()
  readonly default: Account

  /** Throws DatabaseError when the file of the default account cannot be used. */
  constructor(source: AccountSource) {
    this.#source = source
    this.default = this.#open('default')
  }

  /** Undefined when there are a thousand already. */
  get(name: string): Account | undefined {
    return this.#byName.get(name) ?? (this.#byName.size < atMost ? this.#open(name) : undefined)
  }

  /** The account of a partner's tenant, which has that tenant's id. */
  ofTenant(tenant: string): Account | undefined {
    return tenant === this.default.partnerId ? this.default : this.get(tenant)
  }

  close(): void {
    for (const account of this.#byName.values()) account.close()
  }

  #open(name: string): Account {
    const { migrations, settings, clock, dataDir } = this.#source
    const file = dataDir === undefined ? undefined : resolve(dataDir, `${name}.sqlite`)
    const readFixtures = () => {
      const fixtures = this.#source.readFixtures()
      return tenantId.test(name) ? { ...fixtures, partnerId: name } : fixtures
    }
    const account = openAccount(name, openDatabase(file, migrations), readFixtures, settings, clock)
    this.#byName.set(name, account)
    return account
  }
}
