import type { Product } from './schema.ts'

/** An item of the catalog with the parts of its offer id. A legacy offer is its own SKU, below its product. */
export interface Item {
  product: Product
  productId: string
  skuId: string
  availabilityId: string
}

export function itemOf(product: Product): Item {
  const { offerId } = product
  const [productId = '', skuId = offerId, availabilityId = offerId] = offerId.split(':')
  return { product, productId: product.productId ?? productId, skuId, availabilityId }
}

/** How a request asked for items. */
export interface Market {
  /** As the request wrote it, for links. */
  country: string
  /** The segment that the links to availabilities repeat. */
  targetSegment?: string | undefined
}

/** The place of an item below `/products`. */
export function uriOf({ productId, skuId, availabilityId }: Item) {
  const product = `/products/${productId}`
  const sku = `${product}/skus/${skuId}`
  return { product, skus: `${product}/skus`, sku, availabilities: `${sku}/availabilities`, availabilityId }
}
