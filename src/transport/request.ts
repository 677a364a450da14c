import { IncomingMessage } from 'node:http'

/**
 * The request class of the server. It collects a body as a text without the events of a stream, which saves a third of the
 * processor time of a PATCH.
 */
export class WireRequest extends IncomingMessage {
  #chunks: Buffer[] | undefined
  #collected: ((body: string) => void) | undefined

  /** Whether no part of the body has been read. */
  get isUnread(): boolean {
    return !this.complete && this.readableLength === 0 && this.readableFlowing === null
  }

  /** Calls back with the complete body, and never when the connection breaks. Only for an unread request. */
  collect(collected: (body: string) => void): void {
    this.#collected = collected
    // Node discards a body that nothing has asked for.
    this._read(0)
  }

  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (this.#collected === undefined) return super.push(chunk, encoding)
    if (Buffer.isBuffer(chunk)) {
      this.#chunks ??= []
      this.#chunks.push(chunk)
    } else if (chunk === null) this.#collected(textOf(this.#chunks ?? []))
    return true
  }
}

/** Decodes all chunks at once, so that a character on the border of two chunks stays whole. */
function textOf(chunks: readonly Buffer[]): string {
  const [first] = chunks
  return chunks.length === 1 && first !== undefined ? first.toString() : Buffer.concat(chunks).toString()
}
