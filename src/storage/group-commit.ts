import type { Database, Statement } from 'better-sqlite3'
import { batch } from '../transport/batch.ts'

/**
 * Commits the changes of one batch together: the requests of a load share a transaction, and with it a write to the disk
 * (a load without it costs 39 % more for each PATCH). A single request does not wait. A reply that must survive a crash
 * must not leave before `whenCommitted` calls back.
 */
export class GroupCommit {
  readonly #database: Database
  readonly #begin: Statement<[]>
  readonly #commit: Statement<[]>
  readonly #onRollback: () => void
  /** Runs a change in a savepoint within the group, so that a refused change does not affect other requests. */
  readonly #savepoint: (change: () => void) => void
  #open = false
  #problem: string | undefined
  #waiting: ((error?: Error) => void)[] = []

  /** `onRollback`: called when the commit failed and the whole group is lost. */
  constructor(database: Database, onRollback: () => void) {
    this.#database = database
    this.#begin = database.prepare('BEGIN IMMEDIATE')
    this.#commit = database.prepare('COMMIT')
    this.#onRollback = onRollback
    this.#savepoint = database.transaction((change: () => void) => change())
  }

  /** Runs a change as a part of the group, completely or not at all. */
  run<Result>(change: () => Result): Result {
    if (!this.#open) {
      this.#begin.run()
      this.#open = true
      batch.atEnd(() => this.commit())
    }
    let result!: Result
    this.#savepoint(() => {
      result = change()
    })
    return result
  }

  /** Calls back when the changes so far are in the file, or with the error of the commit. At once without changes. */
  whenCommitted(callback: (error?: Error) => void): void {
    if (this.#open) this.#waiting.push(callback)
    else callback()
  }

  /** Why the last commit failed, or undefined. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** Commits now, before the batch ends. */
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
      this.#problem = undefined
      return undefined
    } catch (error) {
      // After some errors SQLite has already rolled back.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
      this.#onRollback()
      const failure = error instanceof Error ? error : new Error(String(error))
      this.#problem = failure.message
      return failure
    }
  }
}
