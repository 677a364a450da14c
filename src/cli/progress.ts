import type { WriteStream } from 'node:tty'

/** What of a stream is needed. */
type Terminal = Pick<WriteStream, 'isTTY'> & { write(text: string): unknown }

/** A line on a terminal that is written over as things go on. Elsewhere it writes nothing. */
export class Progress {
  readonly #stream: Terminal
  #shown = false

  constructor(stream: Terminal) {
    this.#stream = stream
  }

  show(text: string): void {
    if (!this.#stream.isTTY) return
    this.#shown = true
    this.#stream.write(`\r${text}`)
  }

  end(): void {
    if (this.#shown) this.#stream.write('\n')
  }
}
