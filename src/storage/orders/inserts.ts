import SQLite, { type Database, type Statement } from 'better-sqlite3'
import { lazy } from '../../model/lazy.ts'
import type { Order } from '../../model/orders/schema.ts'
import {
  insertedRow,
  isSystemPurchase,
  type OrderBatch,
  type OrderStart,
  type OrderValues,
  readOrder,
  valuesOf,
} from './row.ts'

/** Two orders of a batch, or of a batch and the database, have the same id. `orderId`: the id of the later one. */
export class RepeatedIdError extends Error {
  override name = 'RepeatedIdError'
  readonly orderId: string

  constructor(orderId: string) {
    super(`two orders have an id of order ${orderId}`)
    this.orderId = orderId
  }
}

/** The rows of one INSERT. Running a statement costs 2.5 us, as much as writing a row. */
const rowsPerStatement = 50

type Value = OrderValues[number]

const valuesPerRow: OrderValues['length'] = 10

/** Writes new orders. */
export function openOrderInserts(database: Database) {
  const inserts = new Map<number, Statement<unknown[]>>()
  const insertSystemPurchase = lazy(() =>
    database.prepare<[number]>('INSERT INTO system_purchases (order_number) VALUES (?)'),
  )
  const lastNumber = lazy(() =>
    database.prepare<[], number>('SELECT coalesce(max(order_number), 0) FROM orders').pluck(),
  )
  const withId = lazy(() =>
    database.prepare<[number, Value, Value]>(
      'SELECT 1 FROM orders WHERE order_number <= ? AND (id = ? OR alternate_id = ?)',
    ),
  )

  function prepareInsert(rows: number): Statement<unknown[]> {
    const placeholders = Array(rows).fill(insertedRow.placeholders).join()
    return database.prepare(`INSERT INTO ${insertedRow.columns} VALUES ${placeholders}`)
  }

  /** Returns the number of the last order. */
  function insertRows(values: readonly Value[]): number {
    const rows = values.length / valuesPerRow
    const insert = inserts.get(rows) ?? prepareInsert(rows)
    inserts.set(rows, insert)
    return Number(insert.run(...values).lastInsertRowid)
  }

  /** The id of the first order that repeats an earlier id. `last`: the number of the last order before the batch. */
  function repeatedId({ values }: OrderBatch, last: number): string | undefined {
    const ids = new Set<Value>()
    const alternateIds = new Set<Value>()
    for (let at = 0; at < values.length; at += valuesPerRow) {
      const row = values.slice(at, at + valuesPerRow)
      const [, id = null, alternateId = null] = row
      if (ids.has(id) || alternateIds.has(alternateId) || withId().get(last, id, alternateId))
        return readOrder({ document: String(row.at(-1)) }).id
      ids.add(id)
      if (alternateId !== null) alternateIds.add(alternateId)
    }
    return undefined
  }

  return {
    /** Adds an order and returns its number. */
    add(order: Order, start: OrderStart): number {
      const orderNumber = insertRows(valuesOf(order, start))
      if (isSystemPurchase(order)) insertSystemPurchase().run(orderNumber)
      return orderNumber
    },
    /** Adds orders and returns the number of the first; the others follow it. Throws RepeatedIdError. */
    addAll(batch: OrderBatch): number {
      const last = lastNumber().get() ?? 0
      try {
        for (let at = 0; at < batch.values.length; at += rowsPerStatement * valuesPerRow)
          insertRows(batch.values.slice(at, at + rowsPerStatement * valuesPerRow))
      } catch (error) {
        const isRepeat = error instanceof SQLite.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE'
        throw isRepeat ? new RepeatedIdError(repeatedId(batch, last) ?? '') : error
      }
      for (const place of batch.systemPurchases) insertSystemPurchase().run(last + 1 + place)
      return last + 1
    },
  }
}
