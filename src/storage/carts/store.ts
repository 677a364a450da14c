import type { Database } from 'better-sqlite3'
import { Cart } from '../../model/carts/cart.ts'
import { late } from '../lazy.ts'

/** The carts of an account. Ids are GUIDs in lower case. */
export function openCarts(database: Database) {
  const byId = late(() =>
    database.prepare<[string, string], string>('SELECT document FROM carts WHERE id = ? AND customer_id = ?').pluck(),
  )
  const keep = late(() =>
    database.prepare<[string, string, string]>(
      'INSERT OR REPLACE INTO carts (id, customer_id, document) VALUES (?, ?, ?)',
    ),
  )

  return {
    /** A cart of the customer that has not expired. `now`: milliseconds since 1970. */
    find(id: string, customerId: string, now: number): Cart | undefined {
      const document = byId().get(id.toLowerCase(), customerId)
      const cart = document === undefined ? undefined : Cart.parse(JSON.parse(document))
      return cart !== undefined && Date.parse(cart.expirationTimestamp) > now ? cart : undefined
    },
    keep(cart: Cart, customerId: string): void {
      keep().run(cart.id, customerId, JSON.stringify(cart))
    },
  }
}
