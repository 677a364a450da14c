import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { cartRoutes } from './carts/routes.ts'
import { catalogRoutes } from './catalog/routes.ts'
import { customerRoutes } from './customers/routes.ts'
import { provisioningRoutes } from './orders/provisioning-routes.ts'
import { subscriptionRoutes } from './subscriptions/routes.ts'

/** Those of the routes that take JSON which are not about orders themselves. */
export const furtherJsonRoutes: readonly FastifyPluginCallbackZod[] = [
  provisioningRoutes,
  subscriptionRoutes,
  cartRoutes,
  customerRoutes,
  catalogRoutes,
]
