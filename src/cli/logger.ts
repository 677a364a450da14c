import type { FastifyBaseLogger } from 'fastify'
import { type LoggerOptions, pino } from 'pino'

/** The places of tokens in log objects. */
const redact = ['req.headers.authorization', 'headers.authorization', '*.headers.authorization']

/** Logs to standard output: readable lines on a terminal, JSON elsewhere. */
export async function createLogger(level: string, terminal: boolean): Promise<FastifyBaseLogger> {
  const options: LoggerOptions = { level, redact }
  if (!terminal) return pino(options)
  const { default: pretty } = await import('pino-pretty')
  return pino(options, pretty({ ignore: 'pid,hostname,reqId', singleLine: true, sync: true }))
}
