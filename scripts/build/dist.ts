import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../src/version.ts'

/** The folder of a release. */
export const dist = new URL('dist/', packageRoot)

export function inDist(name: string): string {
  return fileURLToPath(new URL(name, dist))
}

export function inSource(name: string): string {
  return fileURLToPath(new URL(`src/${name}`, packageRoot))
}

export function inScripts(name: string): string {
  return fileURLToPath(new URL(`scripts/build/${name}`, packageRoot))
}
