import { readFileSync } from 'node:fs'
import t from 'tap'
import { openMemoryDatabase } from '../../../src/storage/database.ts'
import { readMigrations } from '../../../src/storage/migrations.ts'
import { packageRoot } from '../../../src/version.ts'

for (const [file, column, index] of [
  ['store', 'completes_at', 'orders_by_completion'],
  ['cancellations', 'cancels_at', 'orders_by_cancellation'],
] as const) {
  t.test(
    `the next ${column} is found by its index, so that placing an order costs the same in a large account`,
    async (t) => {
      const source = readFileSync(new URL(`src/storage/orders/${file}.ts`, packageRoot), 'utf8')
      const query = new RegExp(`'(SELECT min\\(${column}\\)[^']*)'`).exec(source)?.[1]
      const database = openMemoryDatabase(readMigrations(new URL('migrations/', packageRoot)))
      const plan = database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`).all()
      t.match(plan, [{ detail: new RegExp(`USING COVERING INDEX ${index}`) }])
      database.close()
    },
  )
}
