import type { Database } from 'better-sqlite3'
import type { OwnedSoFar } from '../../model/orders/sandbox-limits.ts'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import { endOfTerm } from '../../model/time/wire-time.ts'
import { late } from '../lazy.ts'

export interface StoredSubscription {
  orderNumber: number
  customerId: string
  document: string
}

/** The subscriptions of an account. Ids match in any case. */
export function openSubscriptions(database: Database) {
  const columns = 'order_number AS orderNumber, customer_id AS customerId, document'
  const byId = late(() =>
    database.prepare<[string], StoredSubscription>(`SELECT ${columns} FROM subscriptions WHERE id = ?`),
  )
  const byOrder = late(() =>
    database
      .prepare<[number], string>(
        'SELECT document FROM subscriptions WHERE order_number = ? ORDER BY subscription_number',
      )
      .pluck(),
  )
  const byCustomer = late(() =>
    database
      .prepare<[string], string>(
        'SELECT document FROM subscriptions WHERE customer_id = ? ORDER BY subscription_number',
      )
      .pluck(),
  )
  const insert = late(() =>
    database.prepare<[string, number, string, string, string, string]>(
      'INSERT INTO subscriptions (id, order_number, customer_id, offer_id, status, document) VALUES (?, ?, ?, ?, ?, ?)',
    ),
  )
  const update = late(() =>
    database.prepare<[string, string, string]>('UPDATE subscriptions SET status = ?, document = ? WHERE id = ?'),
  )
  const countOpen = late(() =>
    database.prepare<[string], { productType: string; count: number }>(
      `SELECT product_type AS productType, count(*) AS count FROM subscriptions JOIN products USING (offer_id)
     WHERE customer_id = ? AND status NOT IN ('deleted', 'expired') GROUP BY product_type`,
    ),
  )
  const reservations = late(() =>
    database.prepare<[string], { createdAt: number; term: string | null; quantity: number }>(
      `SELECT created_at AS createdAt, product.document ->> 'termDuration' AS term, line.value ->> 'quantity' AS quantity
     FROM orders, json_each(orders.document, '$.lineItems') AS line
     JOIN products AS product ON product.offer_id = line.value ->> 'offerId'
     WHERE customer_id = ? AND orders.document ->> 'status' <> 'cancelled' AND product_type = 'azureReservation'`,
    ),
  )

  const all = late(() =>
    database.prepare<[], string>('SELECT document FROM subscriptions ORDER BY subscription_number').pluck(),
  )

  return {
    all: (): string[] => all().all(),
    find: (id: string): StoredSubscription | undefined => byId().get(id.toLowerCase()),
    ofOrder: (orderNumber: number): string[] => byOrder().all(orderNumber),
    ofCustomer: (customerId: string): string[] => byCustomer().all(customerId),
    add(subscription: Subscription, orderNumber: number, customerId: string): void {
      const { id, offerId, status } = subscription
      insert().run(id.toLowerCase(), orderNumber, customerId, offerId, status, JSON.stringify(subscription))
    },
    replace(subscription: Subscription): void {
      update().run(subscription.status, JSON.stringify(subscription), subscription.id.toLowerCase())
    },
    /** What a customer has that counts against the limits of a sandbox: subscriptions, and reservations that still run. */
    ownedBy(customerId: string, now: number): OwnedSoFar {
      const counts = new Map(
        countOpen()
          .all(customerId)
          .map(({ productType, count }) => [productType, count]),
      )
      const running = reservations()
        .all(customerId)
        .filter(({ createdAt, term }) => endOfTerm(createdAt, term ?? undefined) > now)
      return {
        subscriptions: [...counts.values()].reduce((sum, count) => sum + count, 0),
        azurePlans: counts.get('azurePlan') ?? 0,
        azureSubscriptions: counts.get('legacyAzure') ?? 0,
        reservations: running.reduce((sum, { quantity }) => sum + quantity, 0),
      }
    },
  }
}
