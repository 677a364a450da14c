import { buildEmulator } from '../emulator.ts'
import { FixtureError } from '../fixtures/fixture-order.ts'
import { helpText, OptionError, type Options, readCommandLine } from '../options.ts'
import { DatabaseError } from '../storage/database-error.ts'
import { version } from '../version.ts'
import { checkHealth } from './healthcheck.ts'
import { createLogger } from './logger.ts'
import { Progress } from './progress.ts'
import { closeOnSignals } from './signals.ts'

/** One line for a mistake of the user, and the stack for a defect of the emulator. */
function explain(error: unknown, { host, port }: Partial<Options> = {}): string {
  if (error instanceof OptionError || error instanceof FixtureError || error instanceof DatabaseError)
    return error.message
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `port ${port} of ${host} is taken; choose another with --port or PORT, or 0 for a free one`
  if (code === 'EACCES') return `port ${port} of ${host} is not allowed; choose one from 1024 on with --port or PORT`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is not an address of this machine; see --host or HOST`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function fail(line: string): never {
  process.stderr.write(`partner-center-emulator: ${line}\n`)
  process.exit(1)
}

async function start(options: Options): Promise<void> {
  const terminal = process.stdout.isTTY === true
  const logger = await createLogger(options.logLevel, terminal)
  const progress = new Progress(process.stderr)
  const emulator = buildEmulator(options, {
    logger,
    requestLogLevel: terminal ? 'info' : 'debug',
    onProgress: (orders) => progress.show(`reading fixtures: ${orders.toLocaleString('en')} orders`),
  })
  progress.end()
  closeOnSignals(emulator, logger)
  await emulator.listen()
  setTimeout(limitHeap, startedAfter).unref()
}

/** Milliseconds after listening when the start is over. */
const startedAfter = 20

/** Not sooner: once a flag of V8 is set, Node compiles its own modules again. */
async function limitHeap(): Promise<void> {
  const { limitYoungGeneration } = await import('./heap.ts')
  limitYoungGeneration()
}

async function run(): Promise<void> {
  const asked = readCommandLine(process.argv.slice(2), process.env)
  if (asked.command === 'help') return void process.stdout.write(`${helpText()}\n`)
  if (asked.command === 'version') return void process.stdout.write(`${version}\n`)
  if (asked.command === 'start') return start(asked.options).catch((error) => fail(explain(error, asked.options)))
  const problem = await checkHealth(asked.options)
  if (problem !== undefined) fail(problem)
}

run().catch((error) => fail(explain(error)))
