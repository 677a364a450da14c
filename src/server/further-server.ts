import type { FastifyInstance } from 'fastify'
import { controlPlane } from '../control/plane.ts'
import { type ControlOptions, controlRoutes } from '../control/routes.ts'
import { attachmentRoutes } from '../partner-center/orders/attachment-routes.ts'
import { documentedErrors } from '../partner-center/protocol/error-catalog.ts'
import { operations } from '../partner-center/protocol/operations.ts'
import { jsonRoutes, partnerCenterRoutes } from '../partner-center/protocol/plugin.ts'
import { unknownRoutes } from '../partner-center/protocol/unknown-route.ts'
import { furtherJsonRoutes } from '../partner-center/resources.ts'
import { tokenRoutes } from '../partner-center/tokens/routes.ts'
import { createPipeline } from './pipeline.ts'
import type { SharedOptions } from './server.ts'

/** The server of all routes but those that are asked first; it also answers what is no route at all. */
export function createFurtherServer(shared: SharedOptions): FastifyInstance {
  const { accounts, snapshots, safety, issuer, methods, url } = shared
  const app = createPipeline(shared)
  app.register(tokenRoutes, { issuer, url })
  app.register(partnerCenterRoutes, {
    prefix: '/v1',
    issuer,
    methods,
    routes: [jsonRoutes(...furtherJsonRoutes), attachmentRoutes],
  })
  const control: ControlOptions = {
    accounts,
    snapshots,
    operationNames: Object.keys(operations),
    errorCodes: Object.values(documentedErrors).map(({ code }) => code),
    async describe(what) {
      const { describeApi, describeControlPlane } = await import('./openapi.ts')
      return what === 'api' ? describeApi() : describeControlPlane(control)
    },
  }
  app.register(controlPlane, {
    prefix: '/_emulator',
    safety,
    routes: (plane) => plane.register(controlRoutes, control),
  })
  app.register(unknownRoutes, { methods })
  return app
}
