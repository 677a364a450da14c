import type { Database } from 'better-sqlite3'
import { lazy } from '../../model/lazy.ts'

/** Narrows a list of a customer's orders. An absent member does not narrow it. */
export interface OrderFilter {
  billingCycle?: string | undefined
  indirectResellerId?: string | undefined
  /** The creation time of the newest order of the list, in milliseconds since 1970. */
  createdBy?: number | undefined
  /** Whether the list holds the orders that the service itself placed. */
  withSystemPurchases: boolean
}

/** Enough ids to find a mistyped one, without reading a large account for an error message. */
const idsAtMost = 1000

/** The lists of a customer's orders. */
export function openOrderLists(database: Database) {
  const documentByNumber = lazy(() =>
    database.prepare<[number], string>('SELECT document FROM orders WHERE order_number = ?').pluck(),
  )
  // The limit is part of the text: SQLite prepares a statement again each time its limit is bound.
  const someIds = lazy(() =>
    database.prepare<[string], string>(`SELECT id FROM orders WHERE customer_id = ? LIMIT ${idsAtMost}`).pluck(),
  )
  const ofCustomer = `SELECT order_number FROM orders WHERE customer_id = $customerId`
  const placedByCustomer = 'order_number NOT IN (SELECT order_number FROM system_purchases)'
  const newestFirst = 'ORDER BY created_at DESC, order_number'
  const listed = lazy(() =>
    database.prepare<{ customerId: string }, number>(`${ofCustomer} AND ${placedByCustomer} ${newestFirst}`).pluck(),
  )
  const filtered = lazy(() =>
    database
      .prepare<
        {
          customerId: string
          billingCycle: string | null
          resellerId: string | null
          createdBy: number | null
          system: 0 | 1
        },
        number
      >(
        `${ofCustomer} AND ($system OR ${placedByCustomer})
       AND ($createdBy IS NULL OR created_at <= $createdBy)
       AND ($billingCycle IS NULL OR document ->> 'billingCycle' = $billingCycle)
       AND ($resellerId IS NULL OR EXISTS (
         SELECT 1 FROM json_each(document, '$.lineItems') WHERE value ->> 'partnerIdOnRecord' = $resellerId))
       ${newestFirst}`,
      )
      .pluck(),
  )

  return {
    /** The text of an order on the wire. */
    textOf: (orderNumber: number): string | undefined => documentByNumber().get(orderNumber),
    /** Ids of a customer's orders, up to 1,000. */
    someIdsOf: (customerId: string): string[] => someIds().all(customerId),
    /** The numbers of a customer's orders, newest first. */
    numbersOf(customerId: string, filter: OrderFilter): number[] {
      const { billingCycle, indirectResellerId, createdBy, withSystemPurchases } = filter
      // Most lists are of this kind, and do not look into the documents.
      const isPlain = billingCycle === undefined && indirectResellerId === undefined && createdBy === undefined
      if (isPlain && !withSystemPurchases) return listed().all({ customerId })
      return filtered().all({
        customerId,
        billingCycle: billingCycle ?? null,
        resellerId: indirectResellerId ?? null,
        createdBy: createdBy ?? null,
        system: withSystemPurchases ? 1 : 0,
      })
    },
  }
}
