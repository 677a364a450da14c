import { productTraits } from '../catalog/product-traits.ts'
import type { Product } from '../catalog/schema.ts'
import { type Link, linkTo } from '../links.ts'

/** The links of an order. Legacy orders have no provisioning status. */
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

/** The line that the links belong to. */
export interface LinePlace {
  customerId: string
  orderId: string
  lineItemNumber: number
  subscriptionId: string | undefined
}

/** The links of an order line: legacy lines to their subscription, activated lines to their activation links. */
export function lineLinks(product: Product, place: LinePlace): Record<string, Link> {
  const { customerId, orderId, lineItemNumber, subscriptionId } = place
  const { legacy, activated } = productTraits[product.productType]
  const catalog = catalogLinks(product)
  if (legacy) {
    return { subscription: linkTo(`/customers/${customerId}/subscriptions/${subscriptionId}`), ...catalog }
  }
  if (!activated) return catalog
  const uri = `/customers/${customerId}/orders/${orderId}/lineitems/${lineItemNumber}/activationlinks`
  return { ...catalog, activationLinks: linkTo(uri) }
}
