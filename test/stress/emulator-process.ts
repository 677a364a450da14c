import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../src/version.ts'

/** The built program, as a user gets it. */
const bin = fileURLToPath(new URL('dist/bin.cjs', packageRoot))

const outputAtMost = 1024 * 1024

/** A process of the emulator. */
export interface EmulatorProcess {
  url: string
  child: ChildProcess
  /** What it has written so far: its log of errors, and its standard error. */
  output: () => string
  /** Anonymous memory in bytes, or 0 when the process has ended. */
  memory: () => number
  hasEnded: () => boolean
  /** Sends a signal and waits for the end. Returns the exit code. */
  stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>
}

/** Starts the built program on a free port. Throws when it ends before it is ready. */
export async function startEmulator(args: readonly string[]): Promise<EmulatorProcess> {
  const child = spawn(process.execPath, [bin, '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '' },
  })
  const end = once(child, 'exit')
  let output = ''
  const { promise: ready, resolve, reject } = Promise.withResolvers<string>()
  const read = (chunk: Buffer) => {
    output = (output + chunk).slice(-outputAtMost)
    const url = /ready at (\S+): /.exec(output)?.[1]
    if (url !== undefined) resolve(url)
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  void end.then(() => reject(new Error(`the emulator ended: ${output.slice(-2000)}`)))
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  return {
    url: await ready,
    child,
    output: () => output,
    memory: () => (hasEnded() ? 0 : ownMemory(child.pid)),
    hasEnded,
    async stop(signal) {
      child.kill(signal)
      await end
      return child.exitCode
    },
  }
}

/**
 * Anonymous memory in bytes. The system can drop the pages of the program's files, 55 MiB, when a container has no more
 * memory, and reads them again when they are needed.
 */
function ownMemory(pid: number | undefined): number {
  try {
    const kibibytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kibibytes ?? 0) * 1024
  } catch {
    return 0
  }
}
