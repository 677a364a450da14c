import type { Evidence } from '../sources.ts'

/** The documented errors of an area. */
export interface ErrorTable {
  area: string
  evidence: Evidence
  /**
   * An error a line: code, HTTP status, date of the oldest list that has it, and text. A code in quotes is a text on the
   * wire.
   */
  rows: string
}
