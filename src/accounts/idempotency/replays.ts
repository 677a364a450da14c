import { lazy } from '../../model/lazy.ts'
import type { AccountDatabase } from '../../storage/account-database.ts'
import { ReplayCache, replayKey, type StoredReply } from './replay-cache.ts'

// Loaded on first use: most starts get no change.
const zlib = lazy(() => process.getBuiltinModule('node:zlib'))

/** A checksum of a body. */
function sumOf(body: string): number {
  return zlib().crc32(body)
}

const keptFor = 24 * 60 * 60 * 1000

/** The request that a stored reply belongs to. */
export interface ReplayableRequest {
  requestId: string
  /** Method and resource. A request id counts for one route only. */
  route: string
  /** The text of the body. */
  body: string
}

/** `sameBody`: whether the body of the request is that of the first one. */
export type Replay = StoredReply & { sameBody: boolean }

/**
 * The replies that repeated MS-RequestIds get: for 24 hours, and the last 10,000 of an account.
 * https://learn.microsoft.com/partner-center/developer/headers says that a repeated id must not run twice. How long the
 * service remembers an id is not documented.
 *
 * Replies are found in memory. In a file, the change that a reply belongs to writes its row as well, so that both survive or
 * neither. In memory, the rows are written only for a snapshot.
 */
export class Replays {
  readonly #database: Pick<AccountDatabase, 'stores' | 'file'>
  #opened: ReplayCache | undefined
  #unwritten = 0

  constructor(database: Pick<AccountDatabase, 'stores' | 'file'>) {
    this.#database = database
  }

  get #cache(): ReplayCache {
    this.#opened ??= new ReplayCache(this.#database.stores.replays.all())
    return this.#opened
  }

  /** The first reply to a request, or undefined. `now`: milliseconds since 1970. */
  find({ requestId, route, body }: ReplayableRequest, now: number): Replay | undefined {
    const row = this.#cache.find(replayKey(requestId, route))
    if (row === undefined || row.repliedAt <= now - keptFor) return undefined
    return { ...row, sameBody: row.bodySum === 0 || row.bodySum === sumOf(body) }
  }

  /** Keeps a reply. Call it within the change that the reply belongs to. */
  keep({ requestId, route, body }: ReplayableRequest, now: number, reply: StoredReply): void {
    this.#cache.add(replayKey(requestId, route), { repliedAt: now, bodySum: sumOf(body) }, reply)
    this.#unwritten += 1
    if (this.#database.file !== undefined) this.flush()
  }

  /** Writes the rows of the replies that only memory has. */
  flush(): void {
    if (this.#unwritten === 0) return
    const { replays } = this.#database.stores
    for (const row of this.#cache.latest(this.#unwritten)) replays.write(row)
    this.#unwritten = 0
  }

  /** Forgets the replies that the table does not have: after a rollback, and when the account ends. */
  reload(): void {
    this.#opened?.clear()
    this.#opened = undefined
    this.#unwritten = 0
  }
}
