import type { Database } from 'better-sqlite3'
import { late } from '../lazy.ts'

/** Which orders of a customer a list holds; what is absent does not narrow it. */
export interface OrderFilter {
  billingCycle?: string | undefined
  indirectResellerId?: string | undefined
  withSystemPurchases: boolean
}

/** Enough to find a mistyped id among a customer's orders without reading a large account for an error message. */
const someAtMost = 1000

/** What lists of orders are made of. */
export function openOrderLists(database: Database) {
  const documentByNumber = late(() =>
    database.prepare<[number], string>('SELECT document FROM orders WHERE order_number = ?').pluck(),
  )
  // SQLite prepares a statement anew each time its limit is bound.
  const someIds = late(() =>
    database.prepare<[string], string>(`SELECT id FROM orders WHERE customer_id = ? LIMIT ${someAtMost}`).pluck(),
  )
  const ofCustomer = `SELECT order_number FROM orders WHERE customer_id = $customerId`
  const placedByCustomer = 'order_number NOT IN (SELECT order_number FROM system_purchases)'
  const newestFirst = 'ORDER BY created_at DESC, order_number'
  const listed = late(() =>
    database.prepare<{ customerId: string }, number>(`${ofCustomer} AND ${placedByCustomer} ${newestFirst}`).pluck(),
  )
  const filtered = late(() =>
    database
      .prepare<{ customerId: string; billingCycle: string | null; resellerId: string | null; system: 0 | 1 }, number>(
        `${ofCustomer} AND ($system OR ${placedByCustomer})
       AND ($billingCycle IS NULL OR document ->> 'billingCycle' = $billingCycle)
       AND ($resellerId IS NULL OR EXISTS (
         SELECT 1 FROM json_each(document, '$.lineItems') WHERE value ->> 'partnerIdOnRecord' = $resellerId))
       ${newestFirst}`,
      )
      .pluck(),
  )

  return {
    /** The wire text of an order. */
    textOf: (orderNumber: number): string | undefined => documentByNumber().get(orderNumber),
    /** Ids of some of a customer's orders: all, unless they are many. */
    someIdsOf: (customerId: string): string[] => someIds().all(customerId),
    /** Numbers of a customer's orders, newest first. */
    numbersOf(customerId: string, { billingCycle, indirectResellerId, withSystemPurchases }: OrderFilter): number[] {
      // Most lists are of this kind, and need not look into the documents.
      if (billingCycle === undefined && indirectResellerId === undefined && !withSystemPurchases)
        return listed().all({ customerId })
      return filtered().all({
        customerId,
        billingCycle: billingCycle ?? null,
        resellerId: indirectResellerId ?? null,
        system: withSystemPurchases ? 1 : 0,
      })
    },
  }
}
