import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { customerId } from '../../test/generated-orders.ts'
import { installPeer, installRelease, sizeOf } from './installed.ts'
import { type Program, pathOf } from './processes.ts'

/** The documentation's order. */
export const orderPath = `/v1/customers/${customerId}/orders/UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1`

const temporary: string[] = []

/** A temporary folder, which `removeFolders` removes. */
export function newFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  temporary.push(folder)
  return folder
}

export function removeFolders(): void {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true })
}

/** The measured programs, each installed as its users install it. */
export class Programs {
  readonly #release = installRelease(newFolder('release-'))
  readonly #peer: ReturnType<typeof installPeer>

  constructor(withPeer: boolean) {
    this.#peer = withPeer ? installPeer(newFolder('peer-')) : undefined
  }

  /** The size of the release with its production dependencies, in MB. */
  get installed(): number {
    return sizeOf(join(this.#release, 'node_modules')) / 1_000_000
  }

  emulator(...options: string[]): Program {
    const bin = join(this.#release, 'node_modules/partner-center-emulator/dist/bin.cjs')
    return { args: (port) => [bin, '--port', `${port}`, ...options], path: '/_emulator/health' }
  }

  /** The bare handler that sends the same bytes. */
  bare(status: number, body: string): Program {
    return { args: () => [pathOf('bare-server.ts'), `${status}`, body], path: '/', status }
  }

  fastify(body: string): Program {
    return { args: () => [pathOf('bare-fastify.ts'), '200', body], path: orderPath }
  }

  /** The peer, serving the same order; empty if it could not be installed. */
  peers(body: string): { name: string; program: Program }[] {
    if (this.#peer === undefined) return []
    const { name, program } = this.#peer
    const order: { id: string } = JSON.parse(body)
    const file = join(newFolder('peer-data-'), 'db.json')
    writeFileSync(file, JSON.stringify({ orders: [order] }))
    return [{ name, program: { args: (port) => [program, file, '--port', `${port}`], path: `/orders/${order.id}` } }]
  }
}
