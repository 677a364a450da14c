import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { removeDatabase, unfinishedSuffix } from './database.ts'
import { DatabaseError } from './database-error.ts'

/** Milliseconds to wait for another process that is about to end. */
const lockTimeout = 500

/** A data directory that belongs to this process. */
export interface DataDirectory {
  /** Gives the directory free for other processes. */
  release(): void
}

/**
 * Takes a data directory for this process, and removes databases that a killed process left unfinished. The lock is a
 * transaction on a database of its own, which the system ends with the process.
 * Throws DatabaseError when the directory cannot be used, or belongs to another emulator.
 */
export function takeDataDirectory(folder: string): DataDirectory {
  try {
    mkdirSync(folder, { recursive: true })
    const lock = new SQLite(join(folder, 'emulator.lock'), { timeout: lockTimeout })
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    for (const name of readdirSync(folder))
      if (name.endsWith(`.sqlite${unfinishedSuffix}`)) removeDatabase(join(folder, name))
    return { release: () => void lock.close() }
  } catch (error) {
    const isBusy = error instanceof SQLite.SqliteError && error.code === 'SQLITE_BUSY'
    const reason = error instanceof Error ? error.message : String(error)
    throw new DatabaseError(
      isBusy
        ? `${folder} is in use by another emulator; stop it or choose another data directory`
        : `cannot use ${folder} as a data directory: ${reason}`,
    )
  }
}
