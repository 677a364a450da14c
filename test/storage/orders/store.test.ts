import { readFileSync } from 'node:fs'
import t from 'tap'
import { openMemoryDatabase } from '../../../src/storage/database.ts'
import { readMigrations } from '../../../src/storage/migrations.ts'
import { packageRoot } from '../../../src/version.ts'

t.test(
  'the next completion is found by its index, so that placing an order costs the same in a large account',
  async (t) => {
    const source = readFileSync(new URL('src/storage/orders/store.ts', packageRoot), 'utf8')
    const query = /'(SELECT min\(completes_at\)[^']*)'/.exec(source)?.[1]
    const database = openMemoryDatabase(readMigrations(new URL('migrations/', packageRoot)))
    const plan = database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`).all()
    t.match(plan, [{ detail: /USING COVERING INDEX orders_by_completion/ }])
    database.close()
  },
)
