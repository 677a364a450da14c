import { writeFileSync } from 'node:fs'
import { seedDatabase } from '../accounts/account.ts'
import { contentOf, openDatabase } from '../accounts/database.ts'
import { builtInFixtures, readFixtures } from '../accounts/fixtures.ts'
import { readMigrations } from '../accounts/migrations.ts'
import { packageRoot } from '../package.ts'
import { inDist } from './dist.ts'

/** Writes the built-in fixtures as a database, to be copied by a start. */
export function buildTemplate(): void {
  const database = openDatabase(undefined, readMigrations(new URL('migrations/', packageRoot)))
  seedDatabase(database, readFixtures(builtInFixtures), 0)
  writeFileSync(inDist('fixtures.sqlite'), contentOf(database))
  database.close()
}
