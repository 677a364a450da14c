import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { contentOf, type Database, openCopy, reopenDatabase } from './database.ts'
import { GroupCommit } from './group-commit.ts'
import { openRandom } from './random.ts'
import { type OrderReader, openFileReader } from './reader.ts'
import { openStores, type Stores } from './stores.ts'

/** The parts of an open database. */
interface Opened {
  database: Database
  stores: Stores
  group: GroupCommit
}

/** A database without a connection. `content`: compressed; undefined for a file, which holds its content itself. */
interface Parked {
  content: Buffer | undefined
  orders: number
}

/**
 * The database of an account: its connection, its stores and its pending commit have this one owner. An account that is
 * not used can be parked: an open database takes half a megabyte and, with a data directory, three file descriptors.
 */
export class AccountDatabase {
  /** The file of the database, or undefined when it lives in memory. */
  readonly file: string | undefined
  readonly #onRollback: () => void
  #idSeed: string | null
  #opened: Opened | undefined
  #parked: Parked = { content: undefined, orders: 0 }
  /** Replies that still read the connection. */
  #readers = 0
  #isReleased = false

  /** `onRollback`: called when the commit of a batch failed and all its changes are lost. */
  constructor(database: Database, idSeed: string | null, onRollback: () => void) {
    this.file = database.memory ? undefined : database.name
    this.#idSeed = idSeed
    this.#onRollback = onRollback
    this.#opened = this.#open(database)
  }

  #open(database: Database): Opened {
    const stores = openStores(database, this.#idSeed)
    return { database, stores, group: new GroupCommit(database, this.#onRollback) }
  }

  get #current(): Opened {
    this.#opened ??= this.#open(this.#unpark())
    return this.#opened
  }

  #unpark(): Database {
    const { content } = this.#parked
    this.#parked = { content: undefined, orders: 0 }
    return content === undefined ? reopenDatabase(this.file ?? '') : openCopy(inflateRawSync(content))
  }

  get stores(): Stores {
    return this.#current.stores
  }

  /** Why the last commit failed, or undefined. */
  get problem(): string | undefined {
    return this.#opened?.group.problem
  }

  /** The number of orders, without opening a parked database. */
  get orderCount(): number {
    return this.#opened?.stores.orders.count() ?? this.#parked.orders
  }

  setIdSeed(idSeed: string | null): void {
    this.#idSeed = idSeed
    if (this.#opened !== undefined) this.#opened.stores.random = openRandom(this.#opened.database, idSeed)
  }

  /** Runs a change as a part of the batch, completely or not at all. */
  run<Result>(change: () => Result): Result {
    return this.#current.group.run(change)
  }

  /** Calls back when the changes so far are as durable as the database is, or with the error of the commit. */
  whenCommitted(callback: (error?: Error) => void): void {
    if (this.file === undefined || this.#opened === undefined) callback()
    else this.#opened.group.whenCommitted(callback)
  }

  /** Commits the changes so far, and returns the content. */
  content(): Buffer {
    const { group, database } = this.#current
    group.commit()
    return contentOf(database)
  }

  /**
   * Opens a view of the orders for a reply that takes long to send. It stays the same when the database changes or is
   * released. The caller closes it.
   */
  openReader(): OrderReader {
    const { database, stores, group } = this.#current
    group.commit()
    if (this.file !== undefined) return openFileReader(database)
    this.#readers += 1
    const close = () => {
      this.#readers -= 1
      if (this.#isReleased && this.#readers === 0) database.close()
    }
    return { textOf: stores.orders.textOf, close }
  }

  /** Commits, and closes the connection until the next use. Does nothing while a reply reads the connection. */
  park(): void {
    if (this.#opened === undefined || this.#readers > 0) return
    const { database, stores, group } = this.#opened
    group.commit()
    const content = this.file === undefined ? deflateRawSync(contentOf(database), { level: 1 }) : undefined
    this.#parked = { content, orders: stores.orders.count() }
    this.#opened = undefined
    database.close()
  }

  /** Commits and closes. A parked database is closed already. */
  close(): void {
    if (this.#opened !== undefined) this.release()?.close()
  }

  /** Ends the use by the account. Returns the connection of a file; one in memory closes after its last reader. */
  release(): Database | undefined {
    this.#isReleased = true
    if (this.file === undefined && this.#opened === undefined) return undefined
    const { database, group } = this.#current
    group.commit()
    if (this.file !== undefined) return database
    if (this.#readers === 0) database.close()
    return undefined
  }
}
