/** Bytes. A buffer that is somewhat larger than its record will often do for the next. */
const step = 1024

/** Bytes of the longest character. */
const longestCharacter = 4

/** Bytes. Buffers are cut from pieces of so many, since memory of its own costs each of them more than being written. */
const pieceBytes = 64 * 1024

/** Pieces that nobody uses, for the next who needs some: V8 collects garbage for each few megabytes that are new. */
const spare: Buffer[] = []
const spareAtMost = 256

/**
 * Records at places from 0, each in a buffer that is written again when its place is: as objects they would outlive V8's
 * young generation, and a load would fill the old one with what hardly anybody reads. A record is a head of some bytes,
 * which is its owner's to write, and a text.
 */
export class Slots {
  readonly #head: number
  #buffers: Buffer[] = []
  readonly #ends: number[] = []
  #pieces: Buffer[] = []
  #rest: Buffer = Buffer.alloc(0)

  /** `head`: bytes before the text. */
  constructor(head: number) {
    this.#head = head
  }

  /** Writes a text at a place, and gives the buffer, whose head is to be written next. */
  write(place: number, text: string): Buffer {
    const known = this.#buffers[place]
    // To count the bytes beforehand would take longer than to write them.
    const end = known === undefined ? 0 : this.#head + known.write(text, this.#head)
    if (known !== undefined && end + longestCharacter <= known.length) {
      this.#ends[place] = end
      return known
    }
    const bytes = this.#head + Buffer.byteLength(text)
    const larger = this.#cut(Math.ceil((bytes + longestCharacter) / step) * step)
    larger.write(text, this.#head)
    this.#buffers[place] = larger
    this.#ends[place] = bytes
    return larger
  }

  #cut(bytes: number): Buffer {
    if (bytes > pieceBytes / 4) return Buffer.allocUnsafeSlow(bytes)
    if (bytes > this.#rest.length) {
      this.#rest = spare.pop() ?? Buffer.allocUnsafeSlow(pieceBytes)
      this.#pieces.push(this.#rest)
    }
    const cut = this.#rest.subarray(0, bytes)
    this.#rest = this.#rest.subarray(bytes)
    return cut
  }

  /** Forgets all records. */
  clear(): void {
    spare.push(...this.#pieces.slice(0, spareAtMost - spare.length))
    this.#buffers = []
    this.#pieces = []
    this.#rest = Buffer.alloc(0)
  }

  /** What was written last at a place, or undefined where nothing was. */
  read(place: number): { head: Buffer; text: string } | undefined {
    const head = this.#buffers[place]
    return head === undefined ? undefined : { head, text: head.toString('utf8', this.#head, this.#ends[place]) }
  }
}
