import { accessSync, constants, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import SQLite from 'better-sqlite3'
import { removeDatabase, unfinishedSuffix } from './database.ts'
import { DatabaseError } from './database-error.ts'

/** Milliseconds to wait for another process that is about to end. */
const lockTimeout = 500

/** A data directory that belongs to this process. */
export interface DataDirectory {
  /** Releases the directory to other processes. */
  release(): void
}

/**
 * Makes a data directory if it is missing, takes it for this process, and removes databases that a killed process left
 * unfinished. The lock is a transaction on a separate database, which the system ends with the process.
 * Throws DatabaseError when the directory cannot be used, or belongs to another emulator.
 */
export function takeDataDirectory(folder: string): DataDirectory {
  return openInDataDirectory(folder, () => {
    makeFolder(resolve(folder))
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const lock = new SQLite(join(folder, 'emulator.lock'), { timeout: lockTimeout })
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    for (const name of readdirSync(folder))
      if (name.endsWith(`.sqlite${unfinishedSuffix}`)) removeDatabase(join(folder, name))
    return { release: () => void lock.close() }
  })
}

/**
 * Runs `open`, and throws DatabaseError with the name of the folder for every error of the system or of SQLite in it.
 * Without a data directory, errors pass unchanged.
 */
export function openInDataDirectory<Result>(folder: string | undefined, open: () => Result): Result {
  try {
    return open()
  } catch (error) {
    if (folder === undefined || !isOfSystem(error)) throw error
    throw new DatabaseError(
      error.code === 'SQLITE_BUSY'
        ? `${folder} is in use by another emulator; stop it or choose another data directory`
        : `cannot use ${folder} as a data directory: ${error.message}; choose another one`,
    )
  }
}

/** Makes a folder and the folders above it. `mkdirSync` with `recursive` never returns below /proc. */
function makeFolder(folder: string): void {
  if (!existsSync(folder)) {
    makeFolder(dirname(folder))
    mkdirSync(folder)
  } else if (!statSync(folder).isDirectory())
    throw new DatabaseError(`cannot use ${folder} as a data directory: it is not a folder; choose another one`)
}

/** Whether an error has the code of a system call or of SQLite. */
function isOfSystem(error: unknown): error is Error & { code: unknown } {
  if (!(error instanceof Error) || !('code' in error)) return false
  return 'syscall' in error || String(error.code).startsWith('SQLITE_')
}
