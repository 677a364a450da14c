import type { Database } from 'better-sqlite3'
import { lazy } from '../../model/lazy.ts'
import type { OwnedUnits } from '../../model/orders/sandbox-limits.ts'
import type { SubscriptionRecord } from '../../model/subscriptions/schema.ts'
import { endOfTerm } from '../../model/time/wire-time.ts'

/** A subscription as the database holds it. `document`: a SubscriptionRecord as JSON. */
export interface StoredSubscription {
  orderNumber: number
  customerId: string
  document: string
}

/** The subscriptions of an account. Ids match in any case. */
export function openSubscriptions(database: Database) {
  const columns = 'order_number AS orderNumber, customer_id AS customerId, document'
  const byId = lazy(() =>
    database.prepare<[string], StoredSubscription>(`SELECT ${columns} FROM subscriptions WHERE id = ?`),
  )
  const byOrder = lazy(() =>
    database
      .prepare<[number], string>(
        'SELECT document FROM subscriptions WHERE order_number = ? ORDER BY subscription_number',
      )
      .pluck(),
  )
  const byCustomer = lazy(() =>
    database
      .prepare<[string], string>(
        'SELECT document FROM subscriptions WHERE customer_id = ? ORDER BY subscription_number',
      )
      .pluck(),
  )
  const insert = lazy(() =>
    database.prepare<[string, number, string, string, string, string]>(
      'INSERT INTO subscriptions (id, order_number, customer_id, offer_id, status, document) VALUES (?, ?, ?, ?, ?, ?)',
    ),
  )
  const update = lazy(() =>
    database.prepare<[string, string, string]>('UPDATE subscriptions SET status = ?, document = ? WHERE id = ?'),
  )
  const countOpen = lazy(() =>
    database.prepare<[string], { productType: string; count: number }>(
      `SELECT product_type AS productType, count(*) AS count FROM subscriptions JOIN products USING (offer_id)
     WHERE customer_id = ? AND status NOT IN ('deleted', 'expired') GROUP BY product_type`,
    ),
  )
  const reservations = lazy(() =>
    database.prepare<[string], { createdAt: number; term: string | null; quantity: number }>(
      `SELECT created_at AS createdAt, product.document ->> 'termDuration' AS term, line.value ->> 'quantity' AS quantity
     FROM orders, json_each(orders.document, '$.lineItems') AS line
     JOIN products AS product ON product.offer_id = line.value ->> 'offerId'
     WHERE customer_id = ? AND orders.document ->> 'status' <> 'cancelled' AND product_type = 'azureReservation'`,
    ),
  )

  const all = lazy(() =>
    database.prepare<[], string>('SELECT document FROM subscriptions ORDER BY subscription_number').pluck(),
  )

  return {
    all: (): string[] => all().all(),
    find: (id: string): StoredSubscription | undefined => byId().get(id.toLowerCase()),
    ofOrder: (orderNumber: number): string[] => byOrder().all(orderNumber),
    ofCustomer: (customerId: string): string[] => byCustomer().all(customerId),
    add(subscription: SubscriptionRecord, orderNumber: number, customerId: string): void {
      const { id, offerId, status } = subscription
      insert().run(id.toLowerCase(), orderNumber, customerId, offerId, status, JSON.stringify(subscription))
    },
    replace(subscription: SubscriptionRecord): void {
      update().run(subscription.status, JSON.stringify(subscription), subscription.id.toLowerCase())
    },
    /** The units of a customer that count against the limits of a sandbox. Reservations count until their term ends. */
    ownedBy(customerId: string, now: number): OwnedUnits {
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
