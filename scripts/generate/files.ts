import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { fixtureFiles, StateDocument } from '../../src/fixtures/fixtures.ts'
import { packageRoot } from '../../src/version.ts'
import { figuresMarkdown, type Report } from '../benchmark/report.ts'
import { editionsMarkdown, gradesMarkdown, routesMarkdown } from './coverage/coverage.ts'
import { describeApi, describeControlPlane } from './openapi/document.ts'
import { withoutDurationFormat } from './openapi/schemas.ts'
import { catalogMarkdown, codesMarkdown, errorsMarkdown, optionsMarkdown, ordersMarkdown } from './tables.ts'

/** A file that is generated from the code, as a whole or between markers. */
export interface GeneratedFile {
  path: string
  make: () => string | Promise<string>
}

/** The text of each section, by name. */
type Sections = Readonly<Record<string, () => string | Promise<string>>>

/** The generated sections of Markdown files, by file. A section is the text between `<!-- name -->` and `<!-- end of name -->`. */
const markdownSections: Readonly<Record<string, Sections>> = {
  'docs/options.md': { options: optionsMarkdown },
  'docs/seeded-orders.md': { orders: ordersMarkdown, catalog: catalogMarkdown },
  'docs/coverage.md': { grades: gradesMarkdown, routes: routesMarkdown, editions: editionsMarkdown },
  'docs/errors.md': { errors: errorsMarkdown, codes: codesMarkdown },
  'docs/performance.md': { performance: performanceMarkdown },
}

function performanceMarkdown(): string {
  const results: Report = JSON.parse(readFileSync(new URL('scripts/benchmark/results.json', packageRoot), 'utf8'))
  return figuresMarkdown(results)
}

/** A Markdown file with its generated sections replaced. Throws if the file lacks one of them. */
async function writeSections(path: string, sections: Sections): Promise<string> {
  let text = readFileSync(new URL(path, packageRoot), 'utf8')
  for (const [name, make] of Object.entries(sections)) {
    const section = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end of ${name} -->)`)
    if (!section.test(text)) throw new Error(`${path} has no section ${name}`)
    const made = await make()
    text = text.replace(section, (_, start, end) => `${start}\n${made}\n\n${end}`)
  }
  return text
}

const schemas = Object.entries({ ...fixtureFiles, 'state.json': StateDocument }).map(([name, schema]) => ({
  path: `fixtures/${name.replace('.json', '.schema.json')}`,
  make: () => `${JSON.stringify(z.toJSONSchema(schema(), { io: 'input' }), withoutDurationFormat, 2)}\n`,
}))

export const generatedFiles: readonly GeneratedFile[] = [
  { path: 'openapi.yaml', make: async () => (await describeApi()).yaml },
  { path: 'docs/api/openapi.json', make: async () => (await describeApi()).json },
  { path: 'docs/api/control.json', make: async () => (await describeControlPlane()).json },
  ...schemas,
  ...Object.entries(markdownSections).map(([path, sections]) => ({ path, make: () => writeSections(path, sections) })),
]
