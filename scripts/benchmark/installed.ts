import { execFileSync } from 'node:child_process'
import { lstatSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../src/version.ts'

/** A server that others use for the same: REST over a file of JSON. */
const peer = { name: 'json-server', version: '1.0.0-beta.15' }

function install(folder: string, what: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  execFileSync('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', what], { cwd: folder })
}

/** Installs the package as a user does, into an empty folder, and gives that. `dist` has been built. */
export function installRelease(folder: string): string {
  const root = fileURLToPath(packageRoot)
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder, root], {
    encoding: 'utf8',
  })
  install(folder, join(folder, packed.trim().split('\n').at(-1) ?? ''))
  return folder
}

/** Installs the peer into an empty folder and gives where its program is; undefined where the registry cannot be reached. */
export function installPeer(folder: string): { name: string; program: string } | undefined {
  try {
    install(folder, `${peer.name}@${peer.version}`)
    const program = join(folder, 'node_modules', peer.name, 'lib/bin.js')
    return { name: `${peer.name} ${peer.version}`, program }
  } catch {
    return undefined
  }
}

/** Bytes of all files below a folder. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => lstatSync(join(folder, name)))
    .reduce((sum, found) => sum + (found.isFile() ? found.size : 0), 0)
}
