import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Findings } from './findings.ts'
import { runKillRounds } from './kill.ts'
import { runLoad } from './load.ts'
import { Random } from './random.ts'
import { curveOf, Figures, tableOf } from './report.ts'

/**
 * `npm run test:stress -- [minutes] [--seed number] [--only memory|files|kills]`: random requests in memory and with a data
 * directory, and kills under load. A seed repeats the choices of a run, not its timing.
 */

const usage = 'test:stress -- [minutes, 3 by default] [--seed number] [--only memory|files|kills]'

/** The most anonymous memory of a process in a container of 256 MiB, which also holds some pages of its files. */
const memoryAtMost = 240 * 1024 * 1024

interface Wanted {
  minutes: number
  seed: number
  only: string | undefined
}

function readArguments(): Wanted {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string' }, only: { type: 'string' } },
    allowPositionals: true,
  })
  const minutes = Number(positionals[0] ?? 3)
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
  if (!(minutes > 0 && minutes <= 24 * 60) || !Number.isInteger(seed)) throw new Error(usage)
  return { minutes, seed, only: values.only }
}

/** Runs a part with an empty folder. */
async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stress-'))
  try {
    await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const { minutes, seed, only } = readArguments()
console.log(`seed ${seed}, ${minutes} minutes; repeat with: npm run test:stress -- ${minutes} --seed ${seed}`)

const duration = (minutes * 60_000) / (only === undefined ? 3 : 1)
const parts: Record<string, (figures: Figures, findings: Findings) => Promise<void>> = {
  memory: (figures, findings) => runLoad({ seed, duration, args: [], findings, figures }),
  files: (figures, findings) =>
    inFolder((folder) => runLoad({ seed, duration, args: ['--data-dir', folder], findings, figures })),
  kills: (figures, findings) =>
    inFolder((folder) => runKillRounds({ random: new Random(seed), duration, folder, findings, figures })),
}

const runs: Record<string, Figures> = {}
for (const [name, run] of Object.entries(parts)) {
  if (only !== undefined && only !== name) continue
  const figures = new Figures()
  const findings = new Findings()
  runs[name] = figures
  await run(figures, findings)
  if (figures.peak > memoryAtMost) findings.add('more memory than a container of 256 MiB has', undefined)
  if (!findings.any) continue
  process.exitCode = 1
  console.log(`\n${name}: ${findings.report()}`)
}
console.log(`\n${tableOf(runs)}`)
for (const [name, figures] of Object.entries(runs)) {
  if (figures.memory.length > 0) console.log(`memory in MiB, ${name}: ${curveOf(figures)}`)
}
console.log(process.exitCode === 1 ? `\nviolations; seed ${seed}` : '\nno violation')
