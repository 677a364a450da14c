import fastify from 'fastify'
import { documentedRoutes, routeKey } from '../../../src/model/documentation/routes.ts'
import { editionNames } from '../../../src/model/editions.ts'
import { type Evidence, evidenceGrades, type Source } from '../../../src/model/sources.ts'
import { resources } from '../../../src/partner-center/resources.ts'
import { TokenIssuer } from '../../../src/partner-center/tokens/issuer.ts'
import { tokenRoutes } from '../../../src/partner-center/tokens/routes.ts'
import { table } from '../tables.ts'
import { editionRows } from './edition-rows.ts'
import { type TestName, testOfMember, testOfOperation } from './tests.ts'

/** A registered route: its operation, and the names of its query parameters in lower case. */
interface Registered {
  operation: string
  query: readonly string[]
}

/** The routes that the program registers, by key. */
async function registeredRoutes(): Promise<Map<string, Registered>> {
  const routes = new Map<string, Registered>()
  const app = fastify()
  app.setValidatorCompiler(() => () => true)
  app.addHook('onRoute', ({ method, url, schema }) => {
    const { operationId = 'the token exchange', querystring } = Object(schema)
    const query = Object.keys(querystring?.().out?.shape ?? {}).map((name) => name.toLowerCase())
    for (const one of [method].flat()) routes.set(routeKey(one, url), { operation: operationId, query })
  })
  app.register(
    (api, _options, done) => {
      for (const addRoutes of resources) addRoutes(api)
      done()
    },
    { prefix: '/v1' },
  )
  app.register(tokenRoutes, { issuer: new TokenIssuer(), url: () => '' })
  await app.ready()
  await app.close()
  return routes
}

/** Every documented route: its page, and the operation and the test of the emulator. */
export async function routesMarkdown(): Promise<string> {
  const registered = await registeredRoutes()
  const rows = documentedRoutes().map(({ rank, method, path, query, source }) => {
    const route = registered.get(routeKey(method, path))
    const absent = query.filter((name) => !route?.query.includes(name.toLowerCase()))
    return [
      `${rank}`,
      `\`${method} ${path}${query.length === 0 ? '' : `?${query.join('&')}`}\``,
      `[${source.page.replace(/.*\//, '')}](${source.page}), ${source.date}`,
      source.evidence,
      route === undefined ? 'no' : `\`${route.operation}\`${withoutQuery(absent)}`,
      route === undefined ? '' : testLink(testOfOperation[route.operation]),
    ]
  })
  return table(['rank', 'route', 'page', 'evidence', 'emulated as', 'tested by'], rows)
}

function withoutQuery(absent: readonly string[]): string {
  return absent.length === 0 ? '' : `, without ${absent.map((name) => `\`${name}\``).join(', ')}`
}

/** A link from docs/ to the file of a test. */
function testLink(test: TestName | undefined): string {
  return test === undefined ? '' : `[${test[0].replace(/.*\//, '').replace('.test.ts', '')}](../test/${test[0]})`
}

/** Sources in the order of their first use, which their numbers follow. */
class SourceList {
  readonly #numbers = new Map<string, number>()

  /** The grade and number of a source, such as `guess 4`. */
  mark(source: Source): string {
    const key = JSON.stringify(source)
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1
    this.#numbers.set(key, number)
    return `${source.evidence} ${number}`
  }

  markdown(): string {
    const rows = [...this.#numbers].map(([key, number]) => {
      const { page, date, evidence }: Source = JSON.parse(key)
      return [`${number}`, `<${page}>`, date, evidence]
    })
    return table(['number', 'page', 'date', 'evidence'], rows)
  }
}

/** Every row of the tables of the editions, with the number of the source of each value, and the list of the sources. */
export function editionsMarkdown(): string {
  const sources = new SourceList()
  const rows = editionRows().map(({ place, cells }) => [
    `\`${place}\``,
    ...editionNames.map((name) => {
      const { value, sources: own } = cells[name]
      return `${value} (${own.map((source) => sources.mark(source)).join(', ')})`
    }),
    testLink(testOfPlace(place)),
  ])
  const head = ['place', ...editionNames, 'tested by']
  return `${table(head, rows)}\n\n### Sources\n\n${sources.markdown()}`
}

/** The test of the longest part of a place that has one. */
function testOfPlace(place: string): TestName | undefined {
  const parts = place.split('.')
  const places = parts.map((_, at) => parts.slice(0, parts.length - at).join('.'))
  return places.map((known) => testOfMember[known]).find((test) => test !== undefined)
}

/** The grades of evidence, and the number of routes and of edition values with each. */
export function gradesMarkdown(): string {
  const routes = documentedRoutes().map(({ source }) => source.evidence)
  const values = editionRows().flatMap(({ cells }) => editionNames.flatMap((name) => bestOf(cells[name].sources)))
  const count = (list: readonly Evidence[], grade: string) => `${list.filter((one) => one === grade).length}`
  const rows = Object.entries(evidenceGrades).map(([grade, meaning]) => [
    grade,
    meaning,
    count(routes, grade),
    count(values, grade),
  ])
  return table(['evidence', 'meaning', 'routes', 'edition values'], rows)
}

function bestOf(sources: readonly Source[]): Evidence[] {
  const order = Object.keys(evidenceGrades)
  const [best] = [...sources].sort((one, other) => order.indexOf(one.evidence) - order.indexOf(other.evidence))
  return best === undefined ? [] : [best.evidence]
}
