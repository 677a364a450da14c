import { productWorlds } from '../catalog/product-traits.ts'
import type { Product } from '../catalog/schema.ts'
import type { Link } from './schema.ts'

/** Links as the service writes them: relative to the base URL and its version. */
export function linkTo(uri: string, method = 'GET'): Link {
  return { uri, method, headers: [] }
}

/** The links of an order; legacy ones have no provisioning status. */
export function orderLinks(customerId: string, orderId: string, legacy: boolean): Record<string, Link> {
  const uri = `/customers/${customerId}/orders/${orderId}`
  return {
    self: linkTo(uri),
    ...(legacy ? {} : { provisioningStatus: linkTo(`${uri}/provisioningstatus`) }),
    patchOperation: linkTo(uri, 'PATCH'),
  }
}

/** The links of an offer id to its product, SKU and availability. */
export function catalogLinks({ offerId, productId }: Product): Record<string, Link> {
  const [product, sku, availability] = offerId.split(':')
  if (availability === undefined) {
    return productId === undefined ? {} : { sku: linkTo(`/products/${productId}/skus/${offerId}`) }
  }
  return {
    product: linkTo(`/products/${product}?country=US`),
    sku: linkTo(`/products/${product}/skus/${sku}?country=US`),
    availability: linkTo(`/products/${product}/skus/${sku}/availabilities/${availability}?country=US`),
  }
}

/** Which line of which order the links are for. */
export interface LinePlace {
  customerId: string
  orderId: string
  lineItemNumber: number
  subscriptionId: string | undefined
}

export function lineLinks(product: Product, place: LinePlace): Record<string, Link> {
  const { customerId, orderId, lineItemNumber, subscriptionId } = place
  const world = productWorlds[product.productType]
  const catalog = catalogLinks(product)
  if (world.legacy) {
    return { subscription: linkTo(`/customers/${customerId}/subscriptions/${subscriptionId}`), ...catalog }
  }
  if (!world.activated) return catalog
  const uri = `/customers/${customerId}/orders/${orderId}/lineitems/${lineItemNumber}/activationlinks`
  return { ...catalog, activationLinks: linkTo(uri) }
}
