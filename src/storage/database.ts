import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite, { type Database } from 'better-sqlite3'
import { DatabaseError } from './database-error.ts'
import { type Migration, migrate } from './migrations.ts'

export type { Database } from 'better-sqlite3'

/** The suffix of a file that is being written, and is renamed when it is complete. */
export const unfinishedSuffix = '.new'

/** PRAGMA application_id of the emulator's files: "PCOE". */
const applicationId = 0x50434f45

/**
 * The write-ahead log grows to this number of pages, 64 MB, before SQLite copies it into the file. A copy waits for the
 * disk, and a page that changes often is copied once each time.
 */
const checkpointPages = 16_000

/** Opens an empty database in memory and migrates it. */
export function openMemoryDatabase(migrations: readonly Migration[]): Database {
  const database = new SQLite(':memory:')
  migrate(database, migrations)
  return database
}

/**
 * Opens the database of an account and migrates it. It survives `kill -9`: every change is in the write-ahead log before
 * its reply is sent.
 * Throws DatabaseError when the file cannot be opened, belongs to another program, or comes from a newer version.
 */
export function openDatabase(file: string, migrations: readonly Migration[]): Database {
  try {
    const database = new SQLite(file)
    refuseForeignFile(database)
    refuseDamagedFile(database)
    makeDurable(database)
    migrate(database, migrations)
    database.pragma(`application_id = ${applicationId}`)
    return database
  } catch (error) {
    if (error instanceof DatabaseError || !(error instanceof Error)) throw error
    throw new DatabaseError(`cannot use ${file} as a database: ${error.message}`)
  }
}

/** Opens the database of an account again, which this process has migrated before. */
export function reopenDatabase(file: string): Database {
  const database = new SQLite(file)
  makeDurable(database)
  return database
}

function makeDurable(database: Database): void {
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.pragma(`wal_autocheckpoint = ${checkpointPages}`)
}

/**
 * Creates the database of an account with the content that `fill` writes, completely or not at all: the file is written
 * under another name and renamed when it is complete. Throws DatabaseError.
 */
export function createDatabase(file: string, migrations: readonly Migration[], fill: (empty: Database) => void): void {
  const unfinished = `${file}${unfinishedSuffix}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    removeDatabase(unfinished)
    const database = new SQLite(unfinished)
    try {
      // A new file needs no rollback journal on disk, and a killed process leaves one file instead of two.
      database.pragma('journal_mode = MEMORY')
      migrate(database, migrations)
      fill(database)
      database.pragma(`application_id = ${applicationId}`)
    } finally {
      database.close()
    }
    // A log of an earlier database would be applied to the new one.
    removeDatabase(file)
    renameSync(unfinished, file)
  } catch (error) {
    removeDatabase(unfinished)
    if (error instanceof SQLite.SqliteError || (error instanceof Error && 'syscall' in error))
      throw new DatabaseError(`cannot use ${file} as a database: ${error.message}`)
    throw error
  }
}

/** Removes the files of a database. */
export function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
}

function refuseForeignFile(database: Database): void {
  const tables = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM sqlite_schema').get()
  if (tables?.count && database.pragma('application_id', { simple: true }) !== applicationId) {
    throw new DatabaseError(`${database.name} is a database of another program; choose another data directory`)
  }
}

/**
 * SQLite reads most pages when a request needs them. The check reads all of them: 1 ms in a fresh account, a second in
 * one with 1,000,000 orders.
 */
function refuseDamagedFile(database: Database): void {
  const problem = String(database.pragma('quick_check(1)', { simple: true }))
  if (problem === 'ok') return
  // The first line says which database of the connection.
  throw new DatabaseError(`cannot use ${database.name} as a database: it is damaged: ${problem.split('\n').at(-1)}`)
}

/** The content of a database, for `openCopy`. */
export function contentOf(database: Database): Buffer {
  const content = database.serialize()
  // The header of a file names a write-ahead log, which a database in memory cannot have.
  return content.fill(1, 18, 20)
}

/** Opens a copy of a database of the newest layout in memory. */
export function openCopy(content: Buffer): Database {
  return new SQLite(content)
}

/**
 * Opens a copy of a database of any layout in memory, and migrates it.
 * Throws DatabaseError when it comes from a newer version.
 */
export function openMigratedCopy(content: Buffer, migrations: readonly Migration[]): Database {
  const database = openCopy(content)
  migrate(database, migrations)
  return database
}

/** Replaces the content of a database by that of another of the same layout, in one transaction. */
export function replaceContent(target: Database, source: Database): void {
  const tables = source
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all()
  target.transaction(() => {
    target.pragma('defer_foreign_keys = ON')
    for (const table of tables) target.exec(`DELETE FROM ${table}`)
    for (const table of tables) {
      const rows = source.prepare<[], unknown[]>(`SELECT * FROM ${table}`).raw()
      const insert = target.prepare(`INSERT INTO ${table} VALUES (${rows.columns().map(() => '?')})`)
      for (const row of rows.iterate()) insert.run(...row)
    }
  })()
}
