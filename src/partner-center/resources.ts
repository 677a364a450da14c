import type { Routes } from '../routes.ts'
import { cartRoutes } from './carts/routes.ts'
import { inventoryRoutes } from './catalog/inventory-routes.ts'
import { offerRoutes } from './catalog/offer-routes.ts'
import { productOfCustomerRoutes } from './catalog/product-of-customer-routes.ts'
import { productRoutes } from './catalog/product-routes.ts'
import { customerRoutes } from './customers/routes.ts'
import { entitlementRoutes } from './entitlements/routes.ts'
import { attachmentRoutes } from './orders/attachment-routes.ts'
import { provisioningRoutes } from './orders/provisioning-routes.ts'
import { orderRoutes } from './orders/routes.ts'
import { subscriptionProvisioningRoutes } from './subscriptions/provisioning-routes.ts'
import { registrationRoutes } from './subscriptions/registration-routes.ts'
import { subscriptionRoutes } from './subscriptions/routes.ts'

/** The route plugins of the API below `/v1`. */
export const resources: readonly Routes[] = [
  orderRoutes,
  provisioningRoutes,
  attachmentRoutes,
  cartRoutes,
  registrationRoutes,
  subscriptionRoutes,
  subscriptionProvisioningRoutes,
  customerRoutes,
  entitlementRoutes,
  productRoutes,
  productOfCustomerRoutes,
  offerRoutes,
  inventoryRoutes,
]
