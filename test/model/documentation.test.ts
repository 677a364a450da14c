import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { testOfMember, testOfOperation } from '../../scripts/generate/coverage/tests.ts'
import { isTextOf, listedErrors, listedErrorsOf } from '../../src/model/documentation/errors.ts'
import { documentedRoutes, isOnRoute, partsOf, routeKey } from '../../src/model/documentation/routes.ts'
import { editions } from '../../src/model/editions.ts'
import { besideIds } from '../../src/partner-center/protocol/documented-routes.ts'
import { errorCatalog } from '../../src/partner-center/protocol/error-catalog.ts'
import { operations } from '../../src/partner-center/protocol/operations.ts'
import { packageRoot } from '../../src/version.ts'

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
    const isListed = rows.some((row) => isTextOf(row.description, description))
    t.ok(isListed, `${name}: ${code} has the text of a list`, { found: description, wanted: rows })
    const isGuess = source.evidence === 'guess'
    t.ok(isGuess || rows.some((row) => row.status === status), `${name}: ${code} has the status of a list`)
  }
})

t.test('the tests that the coverage table names exist, one for each operation', async (t) => {
  for (const operation of Object.keys(operations)) {
    const [file, name] = testOfOperation[operation] ?? ['', '']
    t.ok(hasTest(file, name), `${operation}: ${file}: ${name}`)
  }
  const places = Object.keys(editions[2019])
  for (const [place, [file, name]] of Object.entries(testOfMember)) {
    if (places.includes(place.replace(/\..*/, ''))) t.ok(hasTest(file, name), `${place}: ${file}: ${name}`)
  }
})

function hasTest(file: string, name: string): boolean {
  const url = new URL(`test/${file}`, packageRoot)
  return file !== '' && existsSync(url) && readFileSync(url, 'utf8').includes(name)
}

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

t.test('the routes beside ids are the documented ones that a route of the emulator would take for an id', async (t) => {
  const { paths } = JSON.parse(readFileSync(new URL('docs/api/openapi.json', packageRoot), 'utf8'))
  const emulated = Object.entries<object>(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({ method: method.toUpperCase(), path })),
  )
  const keys = new Set(emulated.map(({ method, path }) => routeKey(method, path)))
  const taken = documentedRoutes()
    .filter(({ method, path }) => !keys.has(routeKey(method, path)))
    .filter((route) =>
      emulated.some(({ method, path }) => method === route.method && isOnRoute(route.parts, partsOf(path))),
    )
  const keysOf = (routes: readonly { method: string; path: string }[]) =>
    [...new Set(routes.map(({ method, path }) => routeKey(method, path)))].sort()
  t.same(keysOf(besideIds.map(([method, path]) => ({ method, path }))), keysOf(taken))
})
