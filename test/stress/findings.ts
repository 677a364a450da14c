import type { Request } from './client.ts'

/** A kind of violation, with its first occurrence. */
interface Finding {
  what: string
  count: number
  first: string
}

const shown = 600
const remembered = 30

/** The violations of a run, and its last requests. */
export class Findings {
  readonly #found = new Map<string, Finding>()
  readonly #last: string[] = []

  /** Remembers a request, for the report of a violation. */
  sent(request: Request): void {
    this.#last.push(textOf(request, 200))
    if (this.#last.length > remembered) this.#last.shift()
  }

  /** Counts a violation. `what`: the same text for the same cause. */
  add(what: string, request: Request | undefined, detail = ''): void {
    const known = this.#found.get(what)
    if (known !== undefined) {
      known.count += 1
      return
    }
    const lines = [request === undefined ? '' : textOf(request, shown), detail.slice(0, shown)]
    this.#found.set(what, { what, count: 1, first: lines.filter((line) => line !== '').join('\n    ') })
  }

  get any(): boolean {
    return this.#found.size > 0
  }

  /** Each kind of violation, and the last requests before the report. */
  report(): string {
    const kinds = [...this.#found.values()].map(({ what, count, first }) => `- ${what} (${count})\n    ${first}`)
    return [`${kinds.length} kinds of violations:`, ...kinds, 'The last requests:', ...this.#last].join('\n')
  }
}

function textOf({ method, path, body }: Request, length: number): string {
  const text = `${method} ${path}${body === undefined ? '' : ` ${body}`}`
  return text.length > length ? `${text.slice(0, length)}... (${text.length})` : text
}
