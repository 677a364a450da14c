import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { inDist, inScripts, inSource } from './dist.ts'

/**
 * Modules of unused features of Fastify and pino: HTTP/2, TLS, JSON Schema compilers, log threads. The start takes 7 %
 * longer with them.
 */
const unused = [
  'node:http2',
  'node:https',
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  'thread-stream',
]

const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22.13',
  // The CommonJS build of jsonc-parser cannot be bundled.
  mainFields: ['module', 'main'],
  // A native package stays outside the bundle.
  external: ['better-sqlite3'],
  alias: Object.fromEntries(unused.map((name) => [name, inScripts('unused.ts')])),
  // A smaller file loads faster; `node --enable-source-maps` restores the original names in stack traces.
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
}

/**
 * Loads better-sqlite3 with `require` where the bundle uses it. An ES module loads its imports before it runs, so an old Node
 * would crash in better-sqlite3 before src/require-node.ts can explain the reason.
 */
const requireSqlite: Plugin = {
  name: 'require-sqlite',
  setup({ onResolve, onLoad }) {
    const namespace = 'required'
    onResolve({ filter: /^better-sqlite3$/ }, (asked) =>
      asked.namespace === namespace ? { path: asked.path, external: true } : { path: asked.path, namespace },
    )
    onLoad({ filter: /^/, namespace }, ({ path }) => ({ contents: `module.exports = require('${path}')` }))
  },
}

/** Bundles the program, its bin and the package's interface, and collects the licenses of the bundled packages. */
export async function buildBundles(): Promise<void> {
  const results = await Promise.all([
    // CommonJS in a function, for the bin. An ES module that imports node:http makes Node load its whole HTTP client.
    build({
      ...common,
      entryPoints: [inSource('cli/program.ts')],
      outfile: inDist('program.cjs'),
      format: 'cjs',
      define: { 'import.meta.url': 'moduleUrl' },
      banner: {
        js: "(function (require, module, __filename) { const moduleUrl = require('node:url').pathToFileURL(__filename).href;",
      },
      footer: { js: '})' },
    }),
    build({
      ...common,
      entryPoints: [inSource('fixtures/ndjson/worker.ts')],
      outfile: inDist('ndjson-worker.cjs'),
      format: 'cjs',
    }),
    build({ ...common, entryPoints: [inSource('cli/bin.ts')], outfile: inDist('bin.cjs'), format: 'cjs' }),
    build({
      ...common,
      entryPoints: [inSource('index.ts')],
      plugins: [requireSqlite],
      outfile: inDist('index.js'),
      format: 'esm',
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
    }),
  ])
  writeFileSync(inDist('licenses.txt'), licensesOf(results.flatMap(({ metafile }) => metafile ?? [])))
}

/** The licenses of the bundled packages. All of them require a copy of the license with the code. */
function licensesOf(metafiles: readonly Metafile[]): string {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs))
  const folders = new Set(inputs.flatMap((input) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []))
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE', 'License']
      .map((found) => `${folder}/${found}`)
      .find((path) => existsSync(path))
    return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(file, 'utf8')}`
  })
  return texts.join(`\n${'-'.repeat(80)}\n\n`)
}
