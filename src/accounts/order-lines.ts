import * as z from 'zod'
import { FixtureOrder, parseFixture, type References, refuseUnknownReference } from './fixture-order.ts'
import { type LineChunk, linesOf } from './line-chunks.ts'
import { addToBatch, emptyBatch, type OrderBatch } from './order-batch.ts'

/** What the orders in lines of a file are read with. */
export interface OrderLinesContext {
  path: string
  references: References
  /** Milliseconds since 1970, what relative creation dates count from. */
  now: number
}

/**
 * Makes what reads the orders of newline-delimited JSON, one a line.
 * That throws FixtureError with the number of the line for one that is no order, and for an unknown customer or offer.
 */
export function orderLinesReader({ path, references, now }: OrderLinesContext): (chunk: LineChunk) => OrderBatch {
  const schema = z.compile(FixtureOrder)
  return (chunk) => {
    const batch = emptyBatch()
    let number = chunk.firstLine
    for (const line of linesOf(chunk)) {
      if (line.trim() !== '') {
        const where = `${path}:${number}`
        const entry = parseFixture(line, schema, where, 'the line')
        refuseUnknownReference(where, entry, references)
        addToBatch(batch, entry, now)
      }
      number += 1
    }
    return batch
  }
}
