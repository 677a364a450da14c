import type { WriteStream } from 'node:tty'

/** The members of a stream that Progress uses. */
type Terminal = Pick<WriteStream, 'isTTY'> & { write(text: string): unknown }

/** A progress line that overwrites itself on a terminal. It writes nothing elsewhere. */
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
