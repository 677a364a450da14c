import { writeFileSync } from 'node:fs'
import { builtInFixtures, readFixtures } from '../../src/fixtures/fixtures.ts'
import { seedDatabase } from '../../src/fixtures/seed.ts'
import { contentOf, openMemoryDatabase } from '../../src/storage/database.ts'
import { readMigrations } from '../../src/storage/migrations.ts'
import { packageRoot } from '../../src/version.ts'
import { inDist } from './dist.ts'

/** Writes the built-in fixtures as a database, which the program copies at its start. */
export function buildTemplate(): void {
  const database = openMemoryDatabase(readMigrations(new URL('migrations/', packageRoot)))
  seedDatabase(database, readFixtures(builtInFixtures), 0)
  writeFileSync(inDist('fixtures.sqlite'), contentOf(database))
  database.close()
}
