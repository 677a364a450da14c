import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import { healthRoute } from '../control/health-route.ts'
import { controlPlane } from '../control/plane.ts'
import type { SafetyOptions } from '../control/safety.ts'
import type { Snapshots } from '../control/snapshots.ts'
import { orderRoutes } from '../partner-center/orders/routes.ts'
import { jsonRoutes, partnerCenterRoutes } from '../partner-center/protocol/plugin.ts'
import type { RouteMethods } from '../partner-center/protocol/unknown-route.ts'
import { TokenIssuer } from '../partner-center/tokens/issuer.ts'
import { version } from '../version.ts'
import { LaterServer } from './later-server.ts'
import { createPipeline, type PipelineOptions } from './pipeline.ts'

export interface ServerOptions {
  accounts: Accounts
  snapshots: Snapshots
  safety: SafetyOptions
  logger: FastifyBaseLogger
  /** Where the server listens, once it does. */
  url: () => string
  requestLogLevel: PipelineOptions['requestLogLevel']
}

/** What the server of the first routes and that of all others share. */
export interface SharedOptions extends ServerOptions {
  issuer: TokenIssuer
  methods: RouteMethods
}

/**
 * The server of an emulator. What is asked first, orders and whether it is ready, is there at once; all other routes are
 * loaded right after, since they would make the start half as long again.
 */
export function createServer(options: ServerOptions): FastifyInstance {
  const shared: SharedOptions = { ...options, issuer: new TokenIssuer(), methods: new Map() }
  const { issuer, methods, safety, url } = shared
  const further = new LaterServer(async () => {
    const { createFurtherServer } = await import('./further-server.ts')
    return createFurtherServer(shared)
  })
  const app = createPipeline({ ...shared, elsewhere: (request, response) => further.answer(request, response) })
  app.register(partnerCenterRoutes, { prefix: '/v1', issuer, methods, routes: [jsonRoutes(orderRoutes)] })
  app.register(controlPlane, {
    prefix: '/_emulator',
    safety,
    routes: (plane) => plane.register(healthRoute, { version, url }),
  })
  further.follow(app)
  return app
}
