import type { Database, Statement } from 'better-sqlite3'
import { turn } from '../transport/batch.ts'

/**
 * Commits together what is changed in one turn of the event loop: the requests of a load share a commit, and with it a write
 * to the disk, and a request by itself waits for nobody. An answer that is to be true after a crash must not leave before
 * `whenCommitted` has called back.
 */
export class GroupCommit {
  readonly #database: Database
  readonly #begin: Statement<[]>
  readonly #commit: Statement<[]>
  readonly #onRollback: () => void
  #open = false
  #waiting: ((error?: Error) => void)[] = []

  /** `onRollback`: called when nothing of a group could be kept. */
  constructor(database: Database, onRollback: () => void) {
    this.#database = database
    this.#begin = database.prepare('BEGIN IMMEDIATE')
    this.#commit = database.prepare('COMMIT')
    this.#onRollback = onRollback
  }

  /** What is written from now on is part of the group. */
  open(): void {
    if (this.#open) return
    this.#begin.run()
    this.#open = true
    turn.atEnd(() => this.commit())
  }

  /** Calls back once what was changed so far is in the file, or with why it cannot be; at once where nothing was. */
  whenCommitted(callback: (error?: Error) => void): void {
    if (this.#open) this.#waiting.push(callback)
    else callback()
  }

  /** Does not wait for the turn to end. */
  commit(): void {
    if (!this.#open) return
    this.#open = false
    const waiting = this.#waiting
    this.#waiting = []
    const error = this.#tryCommit()
    for (const callback of waiting) callback(error)
  }

  #tryCommit(): Error | undefined {
    try {
      this.#commit.run()
      return undefined
    } catch (error) {
      // Some errors have rolled back already.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
      this.#onRollback()
      return error instanceof Error ? error : new Error(String(error))
    }
  }
}
