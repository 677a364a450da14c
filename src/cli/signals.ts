import closeWithGrace from 'close-with-grace'
import type { FastifyBaseLogger } from 'fastify'
import { systemClock } from '../accounts/clock.ts'
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
  let first: number | undefined
  const onSignal = (signal: NodeJS.Signals) => {
    const now = systemClock.now()
    first ??= now
    if (first === now) grace.close()
    else if (now - first > sameSignalWithin) {
      logger.error(`second ${signal}, exiting`)
      process.exit(1)
    }
  }
  for (const signal of signals) process.on(signal, onSignal)
}
