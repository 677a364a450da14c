import closeWithGrace from 'close-with-grace'
import type { FastifyBaseLogger } from 'fastify'
import type { Emulator } from '../emulator.ts'

/** Milliseconds until the process ends with exit code 1 although the emulator has not closed. */
const closingAtMost = 10_000

/**
 * Milliseconds in which a second signal counts as the first one. npm passes on the Ctrl+C that the terminal has already
 * sent to the whole group of processes.
 */
const sameSignalWithin = 500

const signals = ['SIGINT', 'SIGTERM'] as const

/** Closes the emulator and ends the process on a signal, with exit code 0, and on an unexpected error, with 1. */
export function closeOnSignals(emulator: Emulator, logger: FastifyBaseLogger): void {
  const grace = closeWithGrace({ delay: closingAtMost, logger, skip: [...signals] }, async ({ err }) => {
    if (err) logger.fatal(err)
    await emulator.close()
  })
  let signalled: 'no' | 'just now' | 'earlier' = 'no'
  const onSignal = (signal: NodeJS.Signals) => {
    if (signalled === 'no') {
      signalled = 'just now'
      setTimeout(() => {
        signalled = 'earlier'
      }, sameSignalWithin).unref()
      grace.close()
    } else if (signalled === 'earlier') {
      logger.error(`second ${signal}, exiting`)
      process.exit(1)
    }
  }
  for (const signal of signals) process.on(signal, onSignal)
}
