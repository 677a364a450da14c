import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseError } from './storage/database-error.ts'

/**
 * Makes the data directory if there is one, and opens the accounts in it. Throws DatabaseError when the folder cannot be
 * used, and for every error of the system or of SQLite in `open`. Without a data directory, errors pass unchanged.
 */
export function withDataDirectory<Result>(folder: string | undefined, open: () => Result): Result {
  if (folder === undefined) return open()
  try {
    makeFolder(resolve(folder))
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return open()
  } catch (error) {
    if (!isOfSystem(error)) throw error
    throw new DatabaseError(`cannot use ${folder} as a data directory: ${error.message}; choose another one`)
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
function isOfSystem(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error)) return false
  return 'syscall' in error || String(error.code).startsWith('SQLITE_')
}
