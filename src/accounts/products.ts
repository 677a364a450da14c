import type { Database } from 'better-sqlite3'
import { type Product, ProductType } from '../orders/product.ts'

/** The catalog of an account. */
export function openProducts(database: Database) {
  const typeOf = database.prepare<[string], string>('SELECT product_type FROM products WHERE offer_id = ?').pluck()
  const insert = database.prepare<[string, string, string]>(
    'INSERT INTO products (offer_id, product_type, document) VALUES (?, ?, ?)',
  )

  return {
    /** Throws when the catalog does not hold the offer, which the check of the fixtures rules out for seeded orders. */
    typeOf: (offerId: string): ProductType => ProductType.parse(typeOf.get(offerId)),
    add(product: Product): void {
      insert.run(product.offerId, product.productType, JSON.stringify(product))
    },
  }
}
