import { globSync, readdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../src/version.ts'

/**
 * Prints the line coverage of each folder of src, and fails below a floor. Does nothing after a partial run of the tests.
 */

/** The minimum line coverage, in percent. */
const floors: Readonly<Record<string, number>> = { 'src/model': 95 }

interface Count {
  covered: number
  total: number
}

const tap = new URL('.tap/', packageRoot)
const root = fileURLToPath(packageRoot)
const readJson = (file: URL) => JSON.parse(readFileSync(file, 'utf8'))

/** Whether the last run of tap included every test file of the fast suite. */
function ranAllTests(): boolean {
  const runs = new URL('processinfo/', tap)
  const ran = new Set(readdirSync(runs).map((name) => readJson(new URL(name, runs)).externalID))
  return globSync('test/**/*.test.ts', { cwd: root, exclude: ['test/release/**', 'test/model/**'] }).every((file) =>
    ran.has(file),
  )
}

/** Lines of each folder directly below src; files in src itself count as `src`. */
function linesByFolder(): Map<string, Count> {
  const summary: Record<string, { lines: Count }> = readJson(new URL('report/coverage-summary.json', tap))
  const folders = new Map<string, Count>()
  for (const [file, { lines }] of Object.entries(summary)) {
    if (file === 'total') continue
    const parts = relative(root, file).split('/').slice(0, -1)
    const folder = parts.slice(0, 2).join('/')
    if (parts[0] !== 'src') continue
    const { covered, total } = folders.get(folder) ?? { covered: 0, total: 0 }
    folders.set(folder, { covered: covered + lines.covered, total: total + lines.total })
  }
  return folders
}

function percent({ covered, total }: Count): number {
  return (100 * covered) / total
}

if (ranAllTests()) {
  const folders = linesByFolder()
  console.log('Line coverage (npx tap report text shows each file):')
  for (const [folder, lines] of [...folders].sort())
    console.log(`  ${folder.padEnd(20)} ${percent(lines).toFixed(1)} %`)
  for (const [folder, floor] of Object.entries(floors)) {
    if (percent(folders.get(folder) ?? { covered: 0, total: 1 }) >= floor) continue
    console.error(`${folder} is below its floor of ${floor} % line coverage`)
    process.exitCode = 1
  }
}
