import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { packageRoot } from '../../src/version.ts'
import { dist } from '../build/dist.ts'

/** Builds dist before the tests, unless it is newer than its sources. */

const sources = [
  'src/',
  'scripts/build/',
  'fixtures/',
  'migrations/',
  'docs/api/',
  'package-lock.json',
  'tsconfig.json',
]

function modified(place: URL): number[] {
  if (!existsSync(place)) return []
  if (!place.pathname.endsWith('/')) return [statSync(place).mtimeMs]
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) =>
    modified(new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, place)),
  )
}

function isStale(): boolean {
  // A build writes the code cache last. The bin may replace it later, so the age of the other files counts too.
  if (!existsSync(dist) || !readdirSync(dist).some((name) => name.endsWith('.cache'))) return true
  const newestSource = Math.max(...sources.flatMap((path) => modified(new URL(path, packageRoot))))
  return Math.min(...modified(dist)) < newestSource
}

if (isStale()) {
  // Without tap's NODE_OPTIONS. Standard output is reserved for the test report.
  const { status } = spawnSync('env', ['-u', 'NODE_OPTIONS', process.execPath, 'scripts/build/build.ts'], {
    cwd: packageRoot,
    stdio: ['ignore', 2, 'inherit'],
  })
  process.exitCode = status ?? 1
}
