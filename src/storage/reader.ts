import SQLite, { type Database } from 'better-sqlite3'

/** A view of the orders of an account at one moment, for a reply that takes long to send. */
export interface OrderReader {
  /** The text of an order on the wire. */
  textOf(orderNumber: number): string | undefined
  close(): void
}

/**
 * Opens a view that later changes do not touch, even if another content replaces that of the database: a read transaction on
 * a connection of its own. Only for a database in a file. Changes must be committed before.
 */
export function openFileReader({ name }: Database): OrderReader {
  const connection = new SQLite(name, { readonly: true })
  connection.exec('BEGIN')
  const byNumber = connection.prepare<[number], string>('SELECT document FROM orders WHERE order_number = ?').pluck()
  // The transaction begins with the first read.
  byNumber.get(0)
  return {
    textOf: (orderNumber) => byNumber.get(orderNumber),
    close: () => void connection.close(),
  }
}
