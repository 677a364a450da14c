import type * as z from 'zod'
import { toDotPath } from 'zod/v4/core'

const listedAtMost = 10

/** Describes the first ten mistakes, and counts the others. */
export function listMistakes<Mistake>(mistakes: readonly Mistake[], describe: (mistake: Mistake) => string): string[] {
  const listed = mistakes.slice(0, listedAtMost).map(describe)
  const others = mistakes.length - listed.length
  return others === 0 ? listed : [...listed, `and ${others} more`]
}

/** Lists the mistakes that a schema has found. `whole`: the name of the place of a mistake outside all members. */
export function listIssues({ issues }: z.ZodError, whole: string): string[] {
  return listMistakes(issues, ({ path, message }) => `${toDotPath(path) || whole}: ${message}`)
}
