import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import ts from 'typescript'
import { parse as parseYaml } from 'yaml'
import { optionTable } from '../src/options.ts'
import { packageRoot } from '../src/version.ts'
import { readPages } from './markdown.ts'
import { documentedOrder, runEmulator, seededOrders } from './running-emulator.ts'

const run = promisify(execFile)
const root = fileURLToPath(packageRoot)
const defaultUrl = 'http://127.0.0.1:8080'

const pages = readPages()
const allBlocks = pages.flatMap((page) => page.blocks)
const blocksIn = (language: string) => allBlocks.filter((block) => block.language === language)

const commands = blocksIn('sh')
const isCurl = (command: string) => command.startsWith('curl ')
const isStart = (command: string) => /\bnpm (start|run dev)\b/.test(command)
const isDocker = (command: string) => command.startsWith('docker ')
/** The command that this test is a part of. */
const isTest = (command: string) => command === 'npm ci && npm test'

/** Languages whose blocks are run, compiled or parsed here, and those that only have to name the emulator and its order. */
const checkedLanguages = ['sh', 'http', 'js', 'python', 'ts', 'json', 'yaml']
const sdkLanguages = ['csharp', 'java', 'powershell']
const drawnLanguages = ['mermaid', 'text']

t.test('README has at most 200 lines, and starts with the two commands and one exchange', async (t) => {
  const readme = pages.find(({ path }) => path === 'README.md')
  t.ok((readme?.text.trimEnd().split('\n').length ?? Number.POSITIVE_INFINITY) <= 200)
  const [start, check, exchange, reply] = readme?.blocks ?? []
  t.equal(start?.text, 'npm ci && npm start')
  t.equal(check?.text, 'npm ci && npm test')
  t.match(exchange?.text, /^curl -i -X PATCH /)
  t.equal(reply?.language, 'http')
})

t.test('no code block of the documentation goes untested', async (t) => {
  const languages = new Set([...checkedLanguages, ...sdkLanguages, ...drawnLanguages])
  t.same(
    allBlocks.filter(({ language }) => !languages.has(language)),
    [],
  )
  const isKnown = (command: string) => [isCurl, isStart, isDocker, isTest].some((known) => known(command))
  t.same(
    commands.filter(({ text }) => !isKnown(text)),
    [],
  )
})

t.test('every curl command gets a success, or the refusal that its introduction names', async (t) => {
  const curls = commands.filter(({ text }) => isCurl(text))
  t.ok(curls.length >= 10)
  for (const { page, text, before } of curls) {
    const { url } = await runEmulator(t)
    const { stdout } = await run('bash', ['-ec', text.replaceAll(defaultUrl, url)])
    const refusal = /refused with (\d+) \/ (\d+):$/.exec(before)?.[2]
    if (refusal === undefined) t.notMatch(stdout, /"error":|"code":|"statusCode":/, `${page}: ${text}`)
    else t.match(stdout, `"code":${refusal},`, `${page}: ${text}`)
  }
})

t.test('an exchange has the reply that the page shows', async (t) => {
  for (const [place, { page, language, text }] of allBlocks.entries()) {
    if (language !== 'http') continue
    const { url } = await runEmulator(t)
    const command = allBlocks[place - 1]?.text.replaceAll(defaultUrl, url) ?? ''
    const { stdout } = await run('bash', ['-ec', command])
    const got = stdout.split(/\r?\n/)
    for (const line of text.split('\n')) t.ok(got.includes(line), `${page}: ${line}`)
  }
})

/** Runs a start command on a free port, with the folders of the test, until the ready line. */
async function readyLine(t: Test, command: string): Promise<string> {
  const fixtures = t.testdir({ 'orders.json': '{ "orders": [], }' })
  const text = command
    .replace('npm ci && ', '')
    .replace('./my-fixtures', fixtures)
    .replace('./data', `${fixtures}/data`)
  const child = spawn('bash', ['-c', `exec ${text.replace(/^((?:[A-Z_]+=\S+ )*)/, 'env $1')}`], {
    cwd: root,
    env: { ...process.env, PORT: '0' },
    detached: true,
  })
  t.teardown(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  })
  let output = ''
  for await (const chunk of child.stdout) {
    output += chunk
    const line = /ready at [^"\n]+/.exec(output)?.[0]
    if (line !== undefined) return line
  }
  return output
}

for (const command of new Set(commands.map(({ text }) => text).filter(isStart))) {
  t.test(command, async (t) => {
    const line = await readyLine(t, command)
    t.match(line, /ready at http:\/\/127\.0\.0\.1:\d+: /)
    const kind = /ACCOUNT=(\w+)/.exec(command)?.[1] ?? 'sandbox'
    const rules = /RULES=(\w+)/.exec(command)?.[1] ?? '2019'
    t.match(line, `${kind} account, rules of ${rules}, ${command.includes('--fixtures') ? 0 : seededOrders} orders`)
  })
}

t.test('every option that a page names exists', async (t) => {
  const options = [...optionTable.values()]
  const variables = new Set(options.map(({ variable }) => variable))
  const flags = new Set([...options.map(({ flag }) => flag), 'help', 'version'])
  for (const { path, text } of pages) {
    for (const [, name = ''] of text.matchAll(/-e ([A-Z_]+)=/g)) t.ok(variables.has(name), `${path}: ${name}`)
    for (const [, name = ''] of text.matchAll(/`--([a-z-]+)/g)) t.ok(flags.has(name), `${path}: --${name}`)
  }
})

t.test('the container is as README describes it', async (t) => {
  const dockerfile = readFileSync(new URL('Dockerfile', packageRoot), 'utf8')
  t.match(dockerfile, /^USER 1000:1000$/m)
  t.match(dockerfile, /^EXPOSE 8080$/m)
  t.match(dockerfile, /^HEALTHCHECK /m)
  t.ok(commands.some(({ text }) => text.includes('docker run')))
})

t.test('every example for Node works', async (t) => {
  const { url } = await runEmulator(t)
  for (const { text } of blocksIn('js')) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', text], {
      env: { ...process.env, PARTNER_CENTER_URL: url },
    })
    t.equal(stdout.trim(), 'completed')
  }
})

t.test('every example for Python works, where there is a Python', async (t) => {
  const { url } = await runEmulator(t)
  const python = await run('python3', ['--version']).catch(() => undefined)
  if (python === undefined) {
    t.pass('this machine has no python3')
    return
  }
  for (const { text } of blocksIn('python')) {
    const { stdout } = await run('python3', ['-c', text], { env: { ...process.env, PARTNER_CENTER_URL: url } })
    t.equal(stdout.trim(), 'completed')
  }
})

t.test('every example for an SDK names the emulator and the documented order', async (t) => {
  const [, customer, order] = /customers\/(\S+)\/orders\/(\S+)/.exec(documentedOrder) ?? []
  for (const language of sdkLanguages) {
    for (const { text } of blocksIn(language)) {
      for (const named of [defaultUrl, customer, order]) t.ok(text.includes(named ?? ' '), `${language}: ${named}`)
    }
  }
})

t.test('every JSON and YAML block can be read', async (t) => {
  for (const { text } of blocksIn('json')) t.ok(JSON.parse(text))
  for (const { text } of blocksIn('yaml')) t.ok(parseYaml(text))
})

/** The mistakes of each TypeScript example, compiled as a file of the test folder. One program reads the types once. */
function mistakesIn(examples: readonly string[]): string[][] {
  const sources = new Map(
    examples.map((example, number) => [
      fileURLToPath(new URL(`test/docs-example-${number}.ts`, packageRoot)),
      example.replaceAll("'partner-center-emulator'", "'../src/index.ts'"),
    ]),
  )
  const options = { noEmit: true, strict: true, skipLibCheck: true, allowImportingTsExtensions: true, types: ['node'] }
  const compiler = {
    ...options,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts'],
  }
  const host = ts.createCompilerHost(compiler)
  const readFile = host.readFile.bind(host)
  const fileExists = host.fileExists.bind(host)
  host.readFile = (name) => sources.get(name) ?? readFile(name)
  host.fileExists = (name) => sources.has(name) || fileExists(name)
  const program = ts.createProgram([...sources.keys()], compiler, host)
  return [...sources.keys()].map((file) => {
    const source = program.getSourceFile(file)
    if (source === undefined) throw new Error(`${file} is not part of the program`)
    const diagnostics = ts.getPreEmitDiagnostics(program, source)
    return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
  })
}

t.test('every TypeScript example has the types of the package', async (t) => {
  const examples = blocksIn('ts')
  const wrong =
    "import { createEmulator } from 'partner-center-emulator'\nconst url: number = (await createEmulator()).url"
  const [mistakes = [], ...others] = mistakesIn([wrong, ...examples.map(({ text }) => text)])
  t.match(mistakes, [/not assignable/], 'a wrong example has a mistake')
  for (const [number, { page }] of examples.entries()) t.same(others[number], [], page)
})

t.test('every link to a file or a heading resolves', async (t) => {
  const pageAt = new Map(pages.map((page) => [page.path, page]))
  for (const { path, links } of pages) {
    for (const link of links.filter((target) => !/^https?:/.test(target))) {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : posix.join(posix.dirname(path), file)
      t.ok(existsSync(new URL(target, packageRoot)), `${path}: ${link}`)
      if (anchor !== undefined) t.ok(pageAt.get(target)?.anchors.has(anchor), `${path}: ${link}`)
    }
  }
})

t.test('every link to the emulator resolves', async (t) => {
  const { send } = await runEmulator(t)
  const own = pages.flatMap(({ links }) => links).filter((link) => link.startsWith(`${defaultUrl}/`))
  t.ok(own.length > 0)
  for (const link of own) t.equal((await send(link.slice(defaultUrl.length))).status, 200, link)
})

/** The requests in the first column of a table, such as `GET` and `PUT /clock`. */
function requestsInTable(text: string): string[] {
  return [...text.matchAll(/^\| (`(?:GET|POST|PUT|DELETE)[^|]+) \|/gm)].flatMap(([, cell = '']) => {
    const paths = cell.match(/\/[\w/{}.]+/g) ?? []
    const methods = cell.match(/\b(GET|POST|PUT|DELETE)\b/g) ?? []
    return paths.flatMap((path) => methods.map((method) => `${method} ${path}`))
  })
}

t.test('the page of the control plane lists exactly its routes', async (t) => {
  const { send } = await runEmulator(t)
  const { body } = await send('/_emulator/control.json')
  const described = Object.entries<object>(Object(body).paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'parameters')
      .map((method) => `${method.toUpperCase()} ${path.replace('/_emulator', '')}`),
  )
  const documents = ['GET /openapi.yaml', 'GET /openapi.json', 'GET /control.json']
  const page = pages.find(({ path }) => path === 'docs/control-plane.md')
  t.same(requestsInTable(page?.text ?? '').sort(), [...described, ...documents].sort())
})

t.test('every file of the project that a page names or draws exists', async (t) => {
  const exists = (path: string) => existsSync(new URL(path, packageRoot))
  for (const { path, text } of pages) {
    for (const [, named = ''] of text.matchAll(/`((?:src|test|scripts|fixtures|migrations)\/[\w./-]*)`/g))
      t.ok(exists(named), `${path}: ${named}`)
  }
  for (const { page, text } of blocksIn('mermaid')) {
    for (const [drawn] of text.matchAll(/(?:[\w-]+\/)+[\w-]+\.ts/g)) t.ok(exists(`src/${drawn}`), `${page}: ${drawn}`)
  }
})
