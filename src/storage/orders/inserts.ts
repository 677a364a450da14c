import SQLite, { type Database, type Statement } from 'better-sqlite3'
import { FixtureError } from '../../fixtures/fixture-order.ts'
import type { OrderBatch } from '../../fixtures/ndjson/batch.ts'
import type { Order } from '../../model/orders/schema.ts'
import { late } from '../lazy.ts'
import { readOrder } from './ledger.ts'
import { isSystemPurchase, type OrderStart, type OrderValues, rowOfOrder, valuesOf } from './new-order.ts'

/** To run a statement takes as long as to write a row, so one writes many of them. */
const rowsAtOnce = 50

type Value = OrderValues[number]

const valuesOfRow: OrderValues['length'] = 8

/** What writes new orders. */
export function openOrderInserts(database: Database) {
  const inserts = new Map<number, Statement<unknown[]>>()
  const insertSystemPurchase = late(() =>
    database.prepare<[number]>('INSERT INTO system_purchases (order_number) VALUES (?)'),
  )
  const lastNumber = late(() =>
    database.prepare<[], number>('SELECT coalesce(max(order_number), 0) FROM orders').pluck(),
  )
  const withId = late(() =>
    database.prepare<[number, Value, Value]>(
      'SELECT 1 FROM orders WHERE order_number <= ? AND (id = ? OR alternate_id = ?)',
    ),
  )

  function insertOf(rows: number): Statement<unknown[]> {
    const places = Array(rows).fill(rowOfOrder.places).join()
    return database.prepare(`INSERT INTO ${rowOfOrder.columns} VALUES ${places}`)
  }

  /** Gives the number of the last order. */
  function insertRows(values: readonly Value[]): number {
    const rows = values.length / valuesOfRow
    const insert = inserts.get(rows) ?? insertOf(rows)
    inserts.set(rows, insert)
    return Number(insert.run(...values).lastInsertRowid)
  }

  /** The id of the first order of a batch that has an id of one before it. `last`: the number of the last one before the batch. */
  function repeatedId({ values }: OrderBatch, last: number): string | undefined {
    const ids = new Set<Value>()
    const alternateIds = new Set<Value>()
    for (let at = 0; at < values.length; at += valuesOfRow) {
      const row = values.slice(at, at + valuesOfRow)
      const [, id = null, alternateId = null] = row
      if (ids.has(id) || alternateIds.has(alternateId) || withId().get(last, id, alternateId))
        return readOrder({ document: String(row.at(-1)) }).id
      ids.add(id)
      if (alternateId !== null) alternateIds.add(alternateId)
    }
    return undefined
  }

  return {
    /** Adds an order and gives its number. */
    add(order: Order, start: OrderStart): number {
      const orderNumber = insertRows(valuesOf(order, start))
      if (isSystemPurchase(order)) insertSystemPurchase().run(orderNumber)
      return orderNumber
    },
    /**
     * Adds orders of fixtures, before the account is opened, and gives the number of the first; the others have those after
     * it. Throws FixtureError for a repeated id.
     */
    addAll(batch: OrderBatch): number {
      const last = lastNumber().get() ?? 0
      try {
        for (let at = 0; at < batch.values.length; at += rowsAtOnce * valuesOfRow)
          insertRows(batch.values.slice(at, at + rowsAtOnce * valuesOfRow))
      } catch (error) {
        const isRepeat = error instanceof SQLite.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
        throw isRepeat ? new FixtureError(`two orders have an id of order ${repeatedId(batch, last)}`) : error
      }
      for (const place of batch.systemPurchases) insertSystemPurchase().run(last + 1 + place)
      return last + 1
    },
  }
}
