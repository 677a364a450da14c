import { closest } from 'fastest-levenshtein'
import { ControlError } from '../errors.ts'

/** In characters. A longer name is not a typing mistake, and comparing it takes time. */
const comparedAtMost = 100

/** Finds the name of an operation in any case. Throws ControlError with the nearest name. */
export function findOperation(given: string, names: readonly string[]): string {
  const found = names.find((name) => name.toLowerCase() === given.toLowerCase())
  if (found !== undefined) return found
  const name = given.slice(0, comparedAtMost)
  throw new ControlError(
    400,
    `There is no operation ${name}${name === given ? '' : '...'}.`,
    `the nearest is ${closest(name, names)}; openapi.yaml has them all`,
  )
}
