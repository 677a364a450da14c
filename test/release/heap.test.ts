import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { packageRoot } from '../../src/version.ts'

const heap = new URL('src/cli/heap.ts', packageRoot).href

/** Allocates for two seconds, as requests do, and prints the size of the young generation in MiB. */
const load = (limit: string) => `
  import { getHeapSpaceStatistics } from 'node:v8'
  import { setTimeout as wait } from 'node:timers/promises'
  ${limit}
  const kept = []
  for (const end = Date.now() + 2000; Date.now() < end; await wait(10))
    for (let i = 0; i < 20_000; i++) kept[i % 10_000] = { text: String(i), list: [i, i, i, i] }
  console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 1024 / 1024)
`

function youngGeneration(limit: string): number {
  const args = ['--input-type=module', '--eval', load(limit)]
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: fileURLToPath(packageRoot),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  return Number(stdout)
}

t.test('under load, a limited young generation stays smaller than a free one', async (t) => {
  const limited = youngGeneration(`(await import('${heap}')).limitYoungGeneration()`)
  const free = youngGeneration('')
  t.ok(limited < free, `${limited} and ${free} MiB`)
})
