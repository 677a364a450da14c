import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { cartRoutes } from './cart-routes.ts'
import { catalogRoutes } from './catalog-routes.ts'
import { customerRoutes } from './customer-routes.ts'
import { provisioningRoutes } from './provisioning-routes.ts'
import { subscriptionRoutes } from './subscription-routes.ts'

/** Those of the routes that take JSON which are not about orders themselves. */
export const furtherJsonRoutes: readonly FastifyPluginCallbackZod[] = [
  provisioningRoutes,
  subscriptionRoutes,
  cartRoutes,
  customerRoutes,
  catalogRoutes,
]
