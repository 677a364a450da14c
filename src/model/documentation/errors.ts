import type { Evidence } from '../sources.ts'
import type { ErrorTable } from './error-table.ts'
import { orderErrors } from './order-errors.ts'
import { otherErrors } from './other-errors.ts'
import { subscriptionErrors } from './subscription-errors.ts'

/** A row of the documentation's lists of error codes, whether the emulator replies with it or not. */
export interface ListedError {
  /** A number on the wire, except 900420. */
  code: number | string
  status: number
  /** The oldest printed wording. `{0}`, `{1}` are placeholders for values. */
  description: string
  area: string
  /** Date of the oldest list that has the code, as a year with or without a month. */
  since: string
  evidence: Evidence
}

/**
 * Every documented error, by code. Some codes have two rows, which differ in status or text. The lists:
 * https://learn.microsoft.com/partner-center/developer/error-codes of 2021-03, 2021-10 and 2023-06.
 */
export function listedErrors(): ListedError[] {
  return [...orderErrors, ...subscriptionErrors, ...otherErrors]
    .flatMap(readTable)
    .sort((one, other) => Number(one.code) - Number(other.code))
}

function readTable({ area, evidence, rows }: ErrorTable): ListedError[] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const [, quoted, code = '', status, since = '', description = ''] =
        /^("?)(\d+)"? (\d{3}) (\S+) (.*)$/.exec(row) ?? []
      return { code: quoted === '"' ? code : Number(code), status: Number(status), description, area, since, evidence }
    })
}

/** The rows of a code, which may be written as a number or as a text. */
export function listedErrorsOf(code: number | string): ListedError[] {
  return listedErrors().filter((error) => String(error.code) === String(code))
}

/** Whether a listed text is the text of an error, which may have a placeholder where the list has an example. */
export function isTextOf(listed: string, text: string): boolean {
  const parts = text.split(/\{\d\}/)
  return listed === text || (parts.length > 1 && matchesInOrder(listed, parts))
}

/** Whether a text starts with the first part, ends with the last one, and has the others between them. */
function matchesInOrder(text: string, parts: readonly string[]): boolean {
  let at = 0
  for (const part of parts) {
    const found = text.indexOf(part, at)
    if (found < 0 || (at === 0 && found > 0)) return false
    at = found + part.length
  }
  return text.endsWith(parts.at(-1) ?? '')
}
