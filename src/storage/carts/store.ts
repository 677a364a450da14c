import type { Database } from 'better-sqlite3'
import type { Cart, CartCheckoutResult } from '../../model/carts/schema.ts'
import { lazy } from '../../model/lazy.ts'

/** The carts of an account. Ids are GUIDs in lower case. */
export function openCarts(database: Database) {
  const byId = lazy(() =>
    database.prepare<[string, string], string>('SELECT document FROM carts WHERE id = ? AND customer_id = ?').pluck(),
  )
  const put = lazy(() =>
    database.prepare<[string, string, string, string | null]>(
      'INSERT OR REPLACE INTO carts (id, customer_id, document, checkout) VALUES (?, ?, ?, ?)',
    ),
  )
  const checkout = lazy(() =>
    database.prepare<[string], string | null>('SELECT checkout FROM carts WHERE id = ?').pluck(),
  )

  return {
    /** A cart of the customer that has not expired. `now`: milliseconds since 1970. */
    find(id: string, customerId: string, now: number): Cart | undefined {
      const document = byId().get(id.toLowerCase(), customerId)
      if (document === undefined) return undefined
      // The database holds only carts that were valid when they were written.
      const cart: Cart = JSON.parse(document)
      return Date.parse(cart.expirationTimestamp) > now ? cart : undefined
    },
    /** The result of the checkout of a cart. Undefined before it. */
    checkoutOf(id: string): CartCheckoutResult | undefined {
      const document = checkout().get(id.toLowerCase())
      // The database holds only results that were valid when they were written.
      return document == null ? undefined : JSON.parse(document)
    },
    /** Adds or replaces a cart. `result`: of its checkout. */
    put(cart: Cart, customerId: string, result?: CartCheckoutResult): void {
      put().run(cart.id, customerId, JSON.stringify(cart), result === undefined ? null : JSON.stringify(result))
    },
  }
}
