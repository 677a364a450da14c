import { readFileSync } from 'node:fs'
import { builtInFixtures } from './fixtures.ts'

/** A seeded database, kept to be copied. `time`: what its relative dates count from, in milliseconds since 1970. */
export interface Template {
  content: Buffer
  time: number
}

/** Where a release has the built-in fixtures as a database. There is none beside the sources. */
const builtTemplate = new URL('fixtures.sqlite', import.meta.url)

/** The template of fixtures that was made when the release was, if there is one: reading it is faster than seeding. */
export function readBuiltTemplate(fixtures: URL): Template | undefined {
  if (fixtures.href !== builtInFixtures.href) return undefined
  try {
    return { content: readFileSync(builtTemplate), time: 0 }
  } catch {
    return undefined
  }
}
