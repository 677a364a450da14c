import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { DatabaseError } from './database-error.ts'

/** One step of the database layout: a file `NNN.<verb>.<thing>.sql`. */
export interface Migration {
  number: number
  name: string
  sql: string
}

const named = /^(\d{3})\.[a-z]+\.\w+\.sql$/

/** Reads the migrations of a folder, in the order in which they apply. */
export function readMigrations(folder: URL): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ number: numberOf(name), name, sql: readFileSync(new URL(name, folder), 'utf8') }))
}

/** Throws for any other name: nothing else would show that a migration was skipped. */
function numberOf(name: string): number {
  const number = named.exec(name)?.[1]
  if (number === undefined) throw new Error(`${name} is not the name of a migration: NNN.<verb>.<thing>.sql`)
  return Number(number)
}

/**
 * Applies the missing migrations of a database, each in one transaction with its record.
 * Throws DatabaseError when a newer version has migrated the database.
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  database.exec('CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)')
  const applied = database.prepare<[], { number: number }>('SELECT max(number) AS number FROM migrations').get()
  const current = applied?.number ?? 0
  const newest = migrations.at(-1)?.number ?? 0
  if (current > newest) {
    throw new DatabaseError(
      `${database.name} was made by a newer version of the emulator (its layout is ${current}, this version knows ${newest}); update the emulator or use another data directory`,
    )
  }
  const record = database.prepare('INSERT INTO migrations (number, name) VALUES (?, ?)')
  const apply = database.transaction((migration: Migration) => {
    database.exec(migration.sql)
    record.run(migration.number, migration.name)
  })
  for (const migration of migrations) {
    if (migration.number > current) apply(migration)
  }
}
