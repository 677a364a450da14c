/** Records grow in steps of this many bytes: a buffer with some room often fits the next record of its place. */
const step = 1024

/** Bytes of the longest character in UTF-8. */
const longestCharacter = 4

/**
 * Buffers are cut from pieces, since allocating a buffer costs more than writing one. The first piece of a ring is small:
 * most accounts have few requests.
 */
const firstPieceBytes = 4 * 1024
const pieceBytes = 64 * 1024

/**
 * The memory that several rings share, in bytes. A ring over the budget drops its own oldest records, so that accounts
 * without requests keep theirs.
 */
export class ByteBudget {
  readonly #bytes: number
  #used = 0

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  get isExceeded(): boolean {
    return this.#used > this.#bytes
  }

  add(bytes: number): void {
    this.#used += bytes
  }
}

/** Free pieces for the next ring: V8 collects garbage for each few megabytes of newly allocated buffers. */
const freePieces: Buffer[] = []
const freePiecesAtMost = 256

/**
 * Records at places from 0, each in a buffer that the next record of the place overwrites. As objects, the records would
 * outlive V8's young generation, and a load would fill the old generation with them (50 MiB in 100,000 requests).
 * A record has a head of a fixed number of bytes, which the caller writes, and a text.
 */
export class ByteRing {
  readonly #head: number
  readonly #budget: ByteBudget
  #buffers: (Buffer | undefined)[] = []
  readonly #ends: number[] = []
  #pieces: Buffer[] = []
  #rest: Buffer = Buffer.alloc(0)
  #isEmpty = true

  /** `head`: bytes before the text. */
  constructor(head: number, budget: ByteBudget) {
    this.#head = head
    this.#budget = budget
  }

  /** Writes a text at a place and returns the buffer, so that the caller can write the head. */
  write(place: number, text: string): Buffer {
    const known = this.#buffers[place]
    // Counting the bytes first would take longer than writing them.
    const end = known === undefined ? 0 : this.#head + known.write(text, this.#head)
    if (known !== undefined && end + longestCharacter <= known.length) {
      this.#ends[place] = end
      return known
    }
    const bytes = this.#head + Buffer.byteLength(text)
    const larger = this.#cut(Math.ceil((bytes + longestCharacter) / step) * step)
    larger.write(text, this.#head)
    this.#budget.add(larger.length - (known?.length ?? 0))
    this.#buffers[place] = larger
    this.#ends[place] = bytes
    return larger
  }

  #cut(bytes: number): Buffer {
    if (bytes > pieceBytes / 4) return Buffer.allocUnsafeSlow(bytes)
    if (bytes > this.#rest.length) this.#rest = this.#newPiece(bytes)
    const cut = this.#rest.subarray(0, bytes)
    this.#rest = this.#rest.subarray(bytes)
    return cut
  }

  #newPiece(bytes: number): Buffer {
    if (this.#isEmpty && bytes <= firstPieceBytes) {
      this.#isEmpty = false
      return Buffer.allocUnsafeSlow(firstPieceBytes)
    }
    const piece = freePieces.pop() ?? Buffer.allocUnsafeSlow(pieceBytes)
    this.#pieces.push(piece)
    return piece
  }

  /** Drops the record of a place. */
  drop(place: number): void {
    this.#budget.add(-(this.#buffers[place]?.length ?? 0))
    this.#buffers[place] = undefined
  }

  /** Drops all records. */
  clear(): void {
    for (const place of this.#buffers.keys()) this.drop(place)
    freePieces.push(...this.#pieces.slice(0, freePiecesAtMost - freePieces.length))
    this.#buffers = []
    this.#pieces = []
    this.#rest = Buffer.alloc(0)
    this.#isEmpty = true
  }

  /** The last record of a place, or undefined. */
  read(place: number): { head: Buffer; text: string } | undefined {
    const head = this.#buffers[place]
    return head === undefined ? undefined : { head, text: head.toString('utf8', this.#head, this.#ends[place]) }
  }
}
