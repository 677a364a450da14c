import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite, { type Database } from 'better-sqlite3'
import { type Migration, migrate } from './migrations.ts'

/** A database that cannot be used; the message says which and what to do. */
export class DatabaseError extends Error {
  override name = 'DatabaseError'
}

/** Marks a file as this emulator's: "PCOE" as PRAGMA application_id. */
const applicationId = 0x50434f45

/**
 * Opens an account's database and brings it to the newest layout. Without a file it lives in memory.
 * A file survives `kill -9`: every change is in the write-ahead log before it is answered.
 * Throws DatabaseError when the file cannot be opened, is something else, or comes from a newer version.
 */
export function openDatabase(file: string | undefined, migrations: readonly Migration[]): Database {
  if (file === undefined) {
    const database = new SQLite(':memory:')
    migrate(database, migrations)
    return database
  }
  try {
    mkdirSync(dirname(file), { recursive: true })
    const database = new SQLite(file)
    refuseForeignFile(database)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    // In pages, 64 MB: bringing them into the file waits for the disk, and a page that is changed again and again is brought
    // there once each time.
    database.pragma('wal_autocheckpoint = 16000')
    migrate(database, migrations)
    database.pragma(`application_id = ${applicationId}`)
    return database
  } catch (error) {
    if (error instanceof DatabaseError || !(error instanceof Error)) throw error
    throw new DatabaseError(`cannot use ${file} as a database: ${error.message}`)
  }
}

/**
 * Makes a file a database with what `fill` writes into it, all or nothing: it is written beside the file, and takes its place
 * when it is whole.
 */
export function createDatabase(file: string, migrations: readonly Migration[], fill: (empty: Database) => void): void {
  const unfinished = `${file}.new`
  try {
    mkdirSync(dirname(file), { recursive: true })
    rmSync(unfinished, { force: true })
    const database = new SQLite(unfinished)
    try {
      // What is new needs no log, and a process that is killed leaves one file.
      database.pragma('journal_mode = MEMORY')
      migrate(database, migrations)
      fill(database)
      database.pragma(`application_id = ${applicationId}`)
    } finally {
      database.close()
    }
    renameSync(unfinished, file)
  } catch (error) {
    if (existsSync(unfinished)) rmSync(unfinished)
    if (error instanceof SQLite.SqliteError || (error instanceof Error && 'syscall' in error))
      throw new DatabaseError(`cannot use ${file} as a database: ${error.message}`)
    throw error
  }
}

function refuseForeignFile(database: Database): void {
  const tables = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM sqlite_schema').get()
  if (tables?.count && database.pragma('application_id', { simple: true }) !== applicationId) {
    throw new DatabaseError(`${database.name} is a database of another program; choose another data directory`)
  }
}

/** A database's content, to be copied by `openCopy`. */
export function contentOf(database: Database): Buffer {
  const content = database.serialize()
  // A file says that it has a write-ahead log, which a database in memory cannot have.
  return content.fill(1, 18, 20)
}

/** A database in memory with the content of another, of the same layout. */
export function openCopy(content: Buffer): Database {
  return new SQLite(content)
}

/**
 * A database in memory with the content of another, brought to the newest layout.
 * Throws DatabaseError when it comes from a newer version.
 */
export function openCopyOfBefore(content: Buffer, migrations: readonly Migration[]): Database {
  const database = openCopy(content)
  migrate(database, migrations)
  return database
}

/** Makes a database hold what another of the same layout holds, all at once. */
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
