import t from 'tap'
import { listedErrors, listedErrorsOf } from '../../src/model/documentation/errors.ts'
import { documentedRoutes, routeKey } from '../../src/model/documentation/routes.ts'
import { errorCatalog } from '../../src/partner-center/protocol/error-catalog.ts'

t.test('every row of the lists of errors is read, and its code is listed once for each status and text', async (t) => {
  const rows = listedErrors()
  t.ok(rows.length > 230, `${rows.length} rows`)
  for (const { code, status, description, since } of rows) {
    t.ok(Number.isInteger(Number(code)) && status >= 200 && status < 600, `${code}: ${status}`)
    t.match(since, /^20\d\d(-\d\d)?$/, `${code}`)
    t.match(description, /^\S.*\S$/, `${code}`)
  }
  t.equal(new Set(rows.map(({ code, status, description }) => `${code} ${status} ${description}`)).size, rows.length)
  t.type(listedErrorsOf(900420)[0]?.code, 'string', '900420 is a text on the wire')
})

t.test('the rules of the emulator agree with the lists of errors', async (t) => {
  for (const [name, { code, status, description, source }] of Object.entries(errorCatalog)) {
    const rows = listedErrorsOf(code)
    const texts = rows.map((row) => row.description)
    t.ok(texts.includes(description), `${name}: ${code} has the text of a list`, { found: description, wanted: texts })
    const isGuess = source.evidence === 'guess'
    t.ok(isGuess || rows.some((row) => row.status === status), `${name}: ${code} has the status of a list`)
  }
})

t.test('every documented route is read', async (t) => {
  const routes = documentedRoutes()
  t.ok(routes.length > 130, `${routes.length} routes`)
  for (const { method, path, source } of routes) {
    t.match(method, /^(GET|POST|PUT|PATCH|DELETE|HEAD)$/)
    t.match(path, /^\/(v1|webhooks|generatetoken|v3)(\/|$)/)
    t.match(source.date, /^20\d\d-\d\d/, path)
    t.match(source.page, /^https:\/\/[^ ]+$/, path)
  }
  t.equal(routeKey('GET', '/v1/Products/:id/skus'), 'GET /v1/products/{}/skus')
})
