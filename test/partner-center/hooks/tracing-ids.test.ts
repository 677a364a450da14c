import t from 'tap'
import { newTracingId, newVector } from '../../../src/partner-center/hooks/tracing-ids.ts'

const count = 10_000

t.test('a tracing id is a GUID of version 4, and none repeats', async (t) => {
  const ids = Array.from({ length: count }, newTracingId)
  t.same(
    ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    [],
  )
  t.equal(new Set(ids).size, count)
})

t.test('a correlation vector has 16 characters of base64 and a counter, and none repeats', async (t) => {
  const vectors = Array.from({ length: count }, newVector)
  t.same(
    vectors.filter((vector) => !/^[A-Za-z0-9+/]{16}\.0$/.test(vector)),
    [],
  )
  t.equal(new Set(vectors).size, count)
})
