import { execFileSync } from 'node:child_process'
import { lstatSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../src/version.ts'

/** A peer with the same use: a REST server for a JSON file. */
const peer = { name: 'json-server', version: '1.0.0-beta.15' }

function install(folder: string, specifier: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  execFileSync('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', specifier], {
    cwd: folder,
  })
}

/** Installs the package into an empty folder, as a user does, and returns the folder. Needs a built `dist`. */
export function installRelease(folder: string): string {
  const root = fileURLToPath(packageRoot)
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder, root], {
    encoding: 'utf8',
  })
  install(folder, join(folder, packed.trim().split('\n').at(-1) ?? ''))
  return folder
}

/** Installs the peer into an empty folder and returns the path of its program; undefined if the registry is unreachable. */
export function installPeer(folder: string): { name: string; program: string } | undefined {
  try {
    install(folder, `${peer.name}@${peer.version}`)
    const program = join(folder, 'node_modules', peer.name, 'lib/bin.js')
    return { name: `${peer.name} ${peer.version}`, program }
  } catch {
    return undefined
  }
}

/** The total size of the files below a folder, in bytes. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => lstatSync(join(folder, name)))
    .reduce((sum, found) => sum + (found.isFile() ? found.size : 0), 0)
}
