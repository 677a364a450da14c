import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { Accounts } from './accounts/accounts.ts'
import { systemClock } from './accounts/clock.ts'
import { Snapshots } from './accounts/snapshots.ts'
import { builtInFixtures } from './fixtures/fixtures.ts'
import { type Options, settingsOf } from './options.ts'
import { createServer } from './server/server.ts'
import { openInDataDirectory } from './storage/data-directory.ts'
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
  /**
   * Replies to the requests that it has received, then closes the port and the databases. Breaks the connections whose
   * request or reply takes longer than a second. A second call waits for the first.
   */
  close: () => Promise<void>
  /** Whether `close` was called. */
  isClosed: () => boolean
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
  const loopback = loopbackAddress.test(options.host)
  const migrations = readMigrations(new URL('migrations/', packageRoot))
  const { accounts, snapshots, orders } = openInDataDirectory(dataDir, () => {
    const opened = new Accounts({ fixtures, migrations, settings, clock: systemClock, dataDir, onProgress })
    try {
      const count = opened.default.orders.count()
      return { accounts: opened, snapshots: new Snapshots(opened, dataDir, (line) => logger.warn(line)), orders: count }
    } catch (error) {
      opened.close()
      throw error
    }
  })

  if (options.fixtures !== undefined && accounts.keptFile !== undefined) {
    const advice = 'POST /_emulator/reset reads them, as does a start without that file'
    logger.warn(
      `${accounts.keptFile} already holds an account, so the fixtures in ${options.fixtures} are not read; ${advice}`,
    )
  }

  let listeningAt = ''
  let closing: Promise<void> | undefined
  const server = createServer({
    accounts,
    snapshots,
    strangers: { controlToken, loopback, allowedHosts: [...options.allowedHosts, options.host.toLowerCase()] },
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
      const state = `${kind} account, rules of ${rules}, ${orders} orders`
      listeningAt = await server.listen({
        port: options.port,
        host: options.host,
        listenTextResolver: (address) => `ready at ${address}: ${state}`,
      })
      if (!loopback && controlToken === undefined) logger.warn(openToNetwork)
    },
    close() {
      closing ??= close(server, accounts)
      return closing
    },
    isClosed: () => closing !== undefined,
  }
}

/** The most open connections. Node closes further ones at once. */
const connectionsAtMost = 2000

/** Milliseconds that requests and replies have to finish when the server closes. */
const closingGrace = 1000

async function close(server: FastifyInstance, accounts: Accounts): Promise<void> {
  accounts.releaseFaults()
  // A kept-alive connection that waits for a reply becomes idle only afterwards.
  const sweep = setInterval(() => server.server.closeIdleConnections(), 20)
  // A stalled upload and a stream without a reader would keep the server open.
  const end = setTimeout(() => server.server.closeAllConnections(), closingGrace)
  await server.close()
  clearInterval(sweep)
  clearTimeout(end)
  accounts.close()
}

/** Addresses that only this machine can reach. */
const loopbackAddress = /^(127(\.\d{1,3}){3}|::1|localhost)$/i

const openToNetwork =
  'anyone who reaches this address may change the emulator: set --control-token (CONTROL_TOKEN), or publish its port on 127.0.0.1 alone'

function placeUrl(path: string): URL {
  return pathToFileURL(resolve(path))
}
