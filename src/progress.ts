import type { WriteStream } from 'node:tty'

/** A line on a terminal that is written over as things go on. Elsewhere it writes nothing. */
export class Progress {
  readonly #stream: WriteStream
  #shown = false

  constructor(stream: WriteStream) {
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
