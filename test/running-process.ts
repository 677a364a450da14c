import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { packageRoot } from '../src/version.ts'

/** The built program. scripts/test/build-when-stale.ts rebuilds it before the tests if it is older than its sources. */
const bin = fileURLToPath(new URL('dist/bin.cjs', packageRoot))

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

export interface Process {
  child: ChildProcess
  /** The URL in the ready line. */
  url: Promise<string>
  finished: Promise<Finished>
}

/** Starts the program as a user would, with a clean environment, and kills it when the test ends. */
export function startProcess(t: Test, args: string[], environment: Record<string, string> = {}): Process {
  const variables = Object.entries({ PATH: process.env['PATH'] ?? '', ...environment })
  // `env -i` removes the NODE_OPTIONS with tap's loader that tap sets for every child process.
  const child = spawn(
    'env',
    ['-i', ...variables.map(([name, value]) => `${name}=${value}`), process.execPath, bin, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  t.teardown(() => child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  const { promise: url, resolve: ready, reject } = Promise.withResolvers<string>()
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    const found = /ready at (\S+): /.exec(stdout)?.[1]
    if (found !== undefined) ready(found)
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => {
      reject(new Error(`ended with ${code} before it was ready: ${stderr}`))
      resolve({ code, stdout, stderr })
    })
  })
  // A test that waits only for `finished` must not fail because of this rejection.
  url.catch(() => undefined)
  return { child, url, finished }
}
