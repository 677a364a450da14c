import type { GroupCommit } from '../../storage/group-commit.ts'
import type { Stores } from '../../storage/stores.ts'
import { IdleTimer } from './idle.ts'
import { ReplayCache, replayKey, type StoredReply } from './replay-cache.ts'

const keptFor = 24 * 60 * 60 * 1000

/** The request that a stored reply belongs to. */
export interface ReplayableRequest {
  requestId: string
  /** Method and resource. A request id counts for one route only. */
  route: string
}

/**
 * The replies that repeated MS-RequestIds get: for 24 hours, and the last 10,000 of an account.
 * https://learn.microsoft.com/partner-center/developer/headers says that a repeated id must not run twice. How long the
 * service remembers an id is not documented.
 *
 * Replies are found in memory. The table serves snapshots and restarts, and is written behind: when the account is idle or
 * flushed. Writing each reply at once would cost as much as the change itself.
 */
export class Replays {
  readonly #store: Stores['replays']
  readonly #group: GroupCommit
  readonly #idle: IdleTimer | undefined
  #opened: ReplayCache | undefined
  #unwritten = 0

  /** `survives`: whether the database survives the process, so that it is worth writing when the account is idle. */
  constructor(store: Stores['replays'], group: GroupCommit, survives: boolean) {
    this.#store = store
    this.#group = group
    this.#idle = survives ? new IdleTimer(() => this.#tryToFlush()) : undefined
  }

  get #cache(): ReplayCache {
    this.#opened ??= new ReplayCache(this.#store.all())
    return this.#opened
  }

  /** The first reply to a request, or undefined. `now`: milliseconds since 1970. */
  find({ requestId, route }: ReplayableRequest, now: number): StoredReply | undefined {
    const row = this.#cache.find(replayKey(requestId, route))
    return row !== undefined && row.repliedAt > now - keptFor ? row : undefined
  }

  keep({ requestId, route }: ReplayableRequest, now: number, reply: StoredReply): void {
    this.#cache.add(replayKey(requestId, route), now, reply)
    this.#unwritten += 1
    this.#idle?.restart()
  }

  /** Writes the replies that only memory has. */
  flush(): void {
    if (this.#unwritten === 0) return
    this.#group.run(() => {
      for (const row of this.#cache.latest(this.#unwritten)) this.#store.write(row)
    })
    this.#unwritten = 0
  }

  #tryToFlush(): void {
    try {
      this.flush()
    } catch {
      // A disk may be full for a while. The next reply, or the end of the account, tries again.
    }
  }

  /** Forgets the replies that only memory has, after a rollback for instance. */
  reload(): void {
    this.#opened?.clear()
    this.#opened = undefined
    this.#unwritten = 0
  }

  /** Stops writing, and forgets the replies that only memory has. */
  end(): void {
    this.#idle?.stop()
    this.reload()
  }
}
