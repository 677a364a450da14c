import type { Database } from 'better-sqlite3'
import type { Product, ProductType } from '../../model/catalog/schema.ts'
import { lazy } from '../../model/lazy.ts'

/** The catalog of an account. It is read completely on first use, since it never changes afterwards. */
export function openProducts(database: Database) {
  const all = lazy(() => database.prepare<[], string>('SELECT document FROM products ORDER BY rowid').pluck())
  const insert = lazy(() =>
    database.prepare<[string, string, string]>(
      'INSERT INTO products (offer_id, product_type, document) VALUES (?, ?, ?)',
    ),
  )
  let byOfferId: Map<string, Product> | undefined
  const catalog = () => {
    byOfferId ??= new Map(
      all()
        .all()
        .map((document) => {
          // The database holds only products that were valid when they were written.
          const product: Product = JSON.parse(document)
          return [product.offerId.toLowerCase(), product]
        }),
    )
    return byOfferId
  }
  const find = (offerId: string): Product | undefined => catalog().get(offerId.toLowerCase())

  return {
    /** By offer id, in any case. */
    find,
    all: (): Product[] => [...catalog().values()],
    /** Throws when the catalog lacks the offer. The check of the fixtures rules that out for stored orders. */
    typeOf(offerId: string): ProductType {
      const product = find(offerId)
      if (product === undefined) throw new Error(`the catalog has no offer ${offerId}`)
      return product.productType
    },
    add(product: Product): void {
      byOfferId = undefined
      insert().run(product.offerId, product.productType, JSON.stringify(product))
    },
  }
}
