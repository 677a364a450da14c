import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import ts from 'typescript'
import { packageRoot } from '../src/version.ts'

interface Layer {
  /** The layers that its files may import, besides itself. */
  imports: readonly string[]
  /** The packages that its files may import. Node's own modules are always allowed. */
  packages: readonly string[]
}

/** The layers of src from the bottom to the top. A layer is a folder, or a file of src itself. */
const layers: Readonly<Record<string, Layer>> = {
  'node-version.ts': { imports: [], packages: [] },
  'require-node.ts': { imports: ['node-version.ts'], packages: [] },
  'version.ts': { imports: [], packages: ['zod'] },
  transport: { imports: [], packages: [] },
  model: { imports: [], packages: ['zod', 'iso8601-duration'] },
  'lenient-json.ts': { imports: ['model'], packages: ['jsonc-parser'] },
  storage: { imports: ['model', 'transport'], packages: ['better-sqlite3'] },
  fixtures: { imports: ['storage', 'model', 'version.ts', 'lenient-json.ts'], packages: ['zod'] },
  accounts: { imports: ['fixtures', 'storage', 'model'], packages: ['zod'] },
  'routes.ts': { imports: ['accounts', 'model'], packages: ['fastify', 'fastify-type-provider-zod'] },
  'partner-center': {
    imports: ['routes.ts', 'accounts', 'storage', 'model', 'transport', 'lenient-json.ts'],
    packages: ['fastify', 'zod', 'jose', 'fastest-levenshtein'],
  },
  control: {
    imports: ['routes.ts', 'accounts', 'fixtures', 'storage', 'model', 'transport', 'version.ts', 'lenient-json.ts'],
    packages: ['fastify', 'zod', 'fastest-levenshtein'],
  },
  server: {
    imports: ['partner-center', 'control', 'routes.ts', 'accounts', 'transport'],
    packages: ['fastify'],
  },
  'options.ts': { imports: ['accounts', 'model'], packages: ['zod', 'fastest-levenshtein'] },
  'emulator.ts': {
    imports: ['server', 'control', 'accounts', 'fixtures', 'storage', 'options.ts', 'version.ts'],
    packages: ['fastify'],
  },
  cli: {
    imports: ['emulator.ts', 'options.ts', 'fixtures', 'storage', 'version.ts', 'node-version.ts'],
    packages: ['fastify', 'pino', 'pino-pretty', 'close-with-grace'],
  },
  'control-client.ts': { imports: ['control', 'accounts', 'model'], packages: [] },
  'index.ts': {
    imports: [
      'control-client.ts',
      'control',
      'emulator.ts',
      'options.ts',
      'fixtures',
      'storage',
      'model',
      'require-node.ts',
    ],
    packages: ['fastify', 'pino'],
  },
}

const src = fileURLToPath(new URL('src/', packageRoot))

/** Every file of src, as a path below it. */
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort()

/** The imports of a file: paths below src, and packages. */
const importsOf = new Map(files.map((file) => [file, readImports(file)]))

function readImports(file: string): string[] {
  const text = readFileSync(`${src}${file}`, 'utf8')
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    if (!fileName.startsWith('.')) return packageOf(fileName)
    return fileURLToPath(new URL(fileName, new URL(`src/${file}`, packageRoot))).slice(src.length)
  })
}

/** `zod` of `zod/v4/core`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function layerOf(path: string): string {
  return path.split('/')[0] ?? path
}

t.test('every file of src belongs to a layer', async (t) => {
  t.same([...new Set(files.map(layerOf))].sort(), Object.keys(layers).sort())
})

for (const [layer, { imports, packages }] of Object.entries(layers)) {
  t.test(`${layer} imports only ${[...imports, ...packages].join(', ') || 'Node and itself'}`, async (t) => {
    for (const file of files.filter((name) => layerOf(name) === layer)) {
      for (const target of importsOf.get(file) ?? []) {
        if (target.startsWith('node:')) continue
        const isFile = importsOf.has(target)
        const isAllowed = isFile ? [layer, ...imports].includes(layerOf(target)) : packages.includes(target)
        t.ok(isAllowed, `${file} imports ${target}`)
      }
    }
  })
}

t.test('imports point down only', async (t) => {
  const order = Object.keys(layers)
  for (const [layer, { imports }] of Object.entries(layers))
    for (const lower of imports) t.ok(order.indexOf(lower) < order.indexOf(layer), `${layer} is above ${lower}`)
})

t.test('no file imports itself through others', async (t) => {
  t.same(findCycle(), [])
})

/** The files of an import cycle, or an empty list. */
function findCycle(): string[] {
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const target of importsOf.get(file) ?? []) {
      const cycle = importsOf.has(target) ? visit(target, [...path, file]) : []
      if (cycle.length > 0) return cycle
    }
    done.add(file)
    return []
  }
  for (const file of files) {
    const cycle = visit(file, [])
    if (cycle.length > 0) return cycle
  }
  return []
}

t.test('no file is named utils, helpers, common or misc', async (t) => {
  for (const name of files) t.notMatch(name, /util|helper|common|misc/)
})

t.test('a folder holds at most sixteen files', async (t) => {
  const counts = Map.groupBy(files, (file) => file.replace(/[^/]+$/, ''))
  for (const [folder, names] of counts) t.ok(names.length <= 16, `src/${folder} holds ${names.length}`)
})
