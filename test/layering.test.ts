import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import ts from 'typescript'
import { packageRoot } from '../src/version.ts'

/**
 * What each folder of src may import: folders, files of src itself, and packages.
 * `*` stands for any package.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  orders: ['orders', 'zod'],
  accounts: ['accounts', 'orders', 'package.ts', 'lenient-json.ts', '*'],
  'partner-center': ['partner-center', 'accounts', 'orders', 'lenient-json.ts', '*'],
  control: ['control', 'accounts', 'orders', '*'],
  build: ['build', 'accounts', 'package.ts', 'required-node.ts', 'young-generation.ts', '*'],
}

/** Packages that only these folders may speak to. */
const owners: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['accounts'],
  fastify: ['partner-center', 'control'],
}

const src = new URL('src/', packageRoot)

function importsOf(file: URL): string[] {
  return ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles.map(({ fileName }) => fileName)
}

/** What an import of a file reaches: the first part below src, or a package. */
function target(file: URL, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  return fileURLToPath(new URL(specifier, file)).slice(fileURLToPath(src).length).split('/')[0] ?? ''
}

for (const [folder, targets] of Object.entries(allowed)) {
  t.test(`src/${folder} imports only ${targets.join(', ')}`, async (t) => {
    for (const name of readdirSync(new URL(`${folder}/`, src))) {
      const file = new URL(`${folder}/${name}`, src)
      for (const specifier of importsOf(file)) {
        const reached = target(file, specifier)
        const isPackage = !specifier.startsWith('.')
        t.ok(targets.includes(reached) || (isPackage && targets.includes('*')), `${name} imports ${specifier}`)
        const owning = owners[specifier]
        t.ok(owning === undefined || owning.includes(folder), `${name} may import ${specifier}`)
      }
    }
  })
}

t.test('every folder of src is under these rules', async (t) => {
  const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  t.same(folders.map(({ name }) => name).sort(), Object.keys(allowed).sort())
})

t.test('nothing is named for having no subject', async (t) => {
  for (const name of readdirSync(src, { recursive: true, encoding: 'utf8' }))
    t.notMatch(name, /util|helper|common|misc/)
})
