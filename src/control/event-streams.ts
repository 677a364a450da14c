import { PassThrough, type Readable } from 'node:stream'
import type { Journal, JournalEntry } from '../accounts/journal.ts'
import { ControlError } from './errors.ts'

/** The most open streams of an emulator. */
const streamsAtMost = 100

/** A stream whose reader lags behind by this many bytes is dropped. */
const waitingBytesAtMost = 1024 * 1024

/** Milliseconds for the final event of a dropped stream. */
const finalEventTimeout = 1000

/** The open streams of server-sent events, one event for each journal entry. */
export class EventStreams {
  readonly #ends = new Set<() => void>()

  /** Streams the entries of a journal from now on. Throws ControlError when there are too many streams. */
  open(journal: Journal, write: (entry: JournalEntry) => object): Readable {
    if (this.#ends.size >= streamsAtMost)
      throw new ControlError(507, `There are ${streamsAtMost} event streams already.`, 'close some of them')
    const stream = new PassThrough()
    const stop = journal.listen({
      onEntry: (entry) => {
        stream.write(`data: ${JSON.stringify(write(entry))}\n\n`)
        if (stream.writableLength + stream.readableLength > waitingBytesAtMost) drop()
      },
      onEnd: () => end('ended', 'the account was deleted'),
    })
    const end = (event?: string, reason?: string) => {
      if (!this.#ends.delete(end)) return
      stop()
      stream.end(event === undefined ? undefined : `event: ${event}\ndata: ${JSON.stringify({ reason })}\n\n`)
    }
    const drop = () => {
      end('dropped', 'the reader is too slow')
      setTimeout(() => stream.destroy(), finalEventTimeout).unref()
    }
    this.#ends.add(end)
    stream.once('close', () => end())
    stream.write(': the requests from now on\n\n')
    return stream
  }

  /** Ends every stream: an open connection would keep the server from closing. */
  close(): void {
    for (const end of this.#ends) end()
  }
}
