import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { Accounts } from './accounts/accounts.ts'
import { systemClock } from './accounts/clock.ts'
import { Snapshots } from './accounts/snapshots.ts'
import { builtInFixtures } from './fixtures/fixtures.ts'
import { type Options, settingsOf } from './options.ts'
import { createServer } from './server/server.ts'
import { readMigrations } from './storage/migrations.ts'
import { packageRoot } from './version.ts'

/** An emulator that does not listen yet. */
export interface Emulator {
  accounts: Accounts
  server: FastifyInstance
  /** The token that the control plane demands, if there is one. */
  controlToken: string | undefined
  /** Its URL, such as `http://127.0.0.1:8080`. Empty before it listens. */
  url: () => string
  /** Starts to listen. Throws the error of the system when the address is not available. */
  listen: () => Promise<void>
  /** Replies to the requests that it has received, then closes the port and the databases. */
  close: () => Promise<void>
}

export interface EmulatorSurroundings {
  logger: FastifyBaseLogger
  requestLogLevel: 'info' | 'debug'
  /** Called now and then while many orders are read from fixtures, with the number of orders so far. */
  onProgress?: (orders: number) => void
}

/** Opens the default account and builds the server. Throws FixtureError and DatabaseError. */
export function buildEmulator(
  options: Options,
  { logger, requestLogLevel, onProgress }: EmulatorSurroundings,
): Emulator {
  const fixtures = options.fixtures === undefined ? builtInFixtures : placeUrl(options.fixtures)
  const { dataDir, controlToken } = options
  const settings = settingsOf(options)
  const accounts = new Accounts({
    fixtures,
    migrations: readMigrations(new URL('migrations/', packageRoot)),
    settings,
    clock: systemClock,
    dataDir,
    onProgress,
  })

  if (options.fixtures !== undefined && accounts.keptFile !== undefined) {
    const advice = 'POST /_emulator/reset reads them, as does a start without that file'
    logger.warn(
      `${accounts.keptFile} already holds an account, so the fixtures in ${options.fixtures} are not read; ${advice}`,
    )
  }

  let listeningAt = ''
  const server = createServer({
    accounts,
    snapshots: new Snapshots(accounts, dataDir, (line) => logger.warn(line)),
    safety: { token: controlToken, loopback: loopbackAddresses.includes(options.host) },
    logger,
    requestLogLevel,
    url: () => listeningAt,
  })
  server.server.maxConnections = connectionsAtMost
  return {
    accounts,
    controlToken,
    server,
    url: () => listeningAt,
    async listen() {
      const { kind, rules } = settings
      const state = `${kind} account, rules of ${rules}, ${accounts.default.orders.count()} orders`
      listeningAt = await server.listen({
        port: options.port,
        host: options.host,
        listenTextResolver: (address) => `ready at ${address}: ${state}`,
      })
    },
    async close() {
      // A kept-alive connection that waits for a reply becomes idle only afterwards.
      accounts.releaseFaults()
      const sweep = setInterval(() => server.server.closeIdleConnections(), 20)
      await server.close()
      clearInterval(sweep)
      accounts.close()
    },
  }
}

/** The most open connections. Node closes further ones at once. */
const connectionsAtMost = 2000

/** Addresses that only this machine can reach. */
const loopbackAddresses: readonly string[] = ['127.0.0.1', '::1', 'localhost']

function placeUrl(path: string): URL {
  return pathToFileURL(resolve(path))
}
