import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { Accounts } from './accounts/accounts.ts'
import { systemClock } from './accounts/clock.ts'
import { Snapshots } from './control/snapshots.ts'
import { builtInFixtures } from './fixtures/fixtures.ts'
import type { Options } from './options.ts'
import { createServer } from './server/server.ts'
import { readMigrations } from './storage/migrations.ts'
import { packageRoot } from './version.ts'

/** An emulator that has not yet been told to listen. */
export interface Emulator {
  accounts: Accounts
  server: FastifyInstance
  /** What callers of the control plane have to know, if anything. */
  controlToken: string | undefined
  /** Where it listens, such as `http://127.0.0.1:8080`. Empty before it does. */
  url: () => string
  /** Starts to listen; throws the system's error when the address cannot be had. */
  listen: () => Promise<void>
  /** Answers what has been asked, then lets go of the port and the database. */
  close: () => Promise<void>
}

export interface EmulatorSurroundings {
  logger: FastifyBaseLogger
  requestLogLevel: 'info' | 'debug'
  /** Called now and then, while many orders are read from fixtures, with how many have been. */
  onProgress?: (orders: number) => void
}

/** Opens the account and builds the server. Throws FixtureError and DatabaseError. */
export function buildEmulator(
  options: Options,
  { logger, requestLogLevel, onProgress }: EmulatorSurroundings,
): Emulator {
  const fixtures = options.fixtures === undefined ? builtInFixtures : placeUrl(options.fixtures)
  const { account: kind, dataDir, rules, auth, bom, throttle, fulfilmentDelay, idSeed, controlToken } = options
  const accounts = new Accounts({
    fixtures,
    migrations: readMigrations(new URL('migrations/', packageRoot)),
    settings: { kind, rules, auth, bom, throttle, fulfilmentDelay, idSeed },
    clock: systemClock,
    dataDir,
    onProgress,
  })

  let listeningAt = ''
  const server = createServer({
    accounts,
    snapshots: new Snapshots(accounts, dataDir),
    safety: { token: controlToken, loopback: loopbackAddresses.includes(options.host) },
    logger,
    requestLogLevel,
    url: () => listeningAt,
  })
  return {
    accounts,
    controlToken,
    server,
    url: () => listeningAt,
    async listen() {
      const state = `${kind} account, rules of ${rules}, ${accounts.default.orders.count()} orders`
      listeningAt = await server.listen({
        port: options.port,
        host: options.host,
        listenTextResolver: (address) => `ready at ${address}: ${state}`,
      })
    },
    async close() {
      // A connection that is kept alive while it is answered only turns idle afterwards.
      const sweep = setInterval(() => server.server.closeIdleConnections(), 20)
      await server.close()
      clearInterval(sweep)
      accounts.close()
    },
  }
}

/** Addresses that only this machine reaches. */
const loopbackAddresses: readonly string[] = ['127.0.0.1', '::1', 'localhost']

function placeUrl(path: string): URL {
  return pathToFileURL(resolve(path))
}
