import type { Database } from 'better-sqlite3'
import { lazy } from '../../model/lazy.ts'

/** The registrations of Azure subscriptions for reservations. Ids of subscriptions match in any case. */
export function openRegistrations(database: Database) {
  const byId = lazy(() =>
    database.prepare<[string], number>('SELECT registered_at FROM registrations WHERE subscription_id = ?').pluck(),
  )
  const insert = lazy(() =>
    database.prepare<[string, number]>(
      'INSERT OR IGNORE INTO registrations (subscription_id, registered_at) VALUES (?, ?)',
    ),
  )
  return {
    /** When the registration of a subscription is complete, in milliseconds since 1970. Undefined without one. */
    registeredAt: (subscriptionId: string): number | undefined => byId().get(subscriptionId.toLowerCase()),
    /** Registers a subscription. An earlier registration stays. */
    add(subscriptionId: string, registeredAt: number): void {
      insert().run(subscriptionId.toLowerCase(), registeredAt)
    },
  }
}
