import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import ts from 'typescript'
import { optionTable } from '../src/options.ts'
import { packageRoot } from '../src/version.ts'
import { runEmulator } from './running-emulator.ts'

const run = promisify(execFile)
const root = fileURLToPath(packageRoot)
const readme = readFileSync(new URL('README.md', packageRoot), 'utf8')

/** The code blocks of a language, as the README has them. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, text = '']) =>
    text.trim(),
  )
}

const commands = blocks('sh')
const isStart = (command: string) => /\bnpm start\b/.test(command)
const isDocker = (command: string) => command.startsWith('docker ')

t.test('the README starts with the two commands and one exchange', async (t) => {
  t.equal(commands[0], 'npm ci && npm start')
  t.match(commands[1], /^curl -i -X PATCH /)
  t.equal(commands[2], 'npm ci && npm test')
})

t.test('every curl command succeeds', async (t) => {
  const curls = commands.filter((command) => command.startsWith('curl '))
  t.ok(curls.length >= 10)
  for (const command of curls) {
    const { url } = await runEmulator(t)
    const { stdout } = await run('bash', ['-ec', command.replaceAll('http://127.0.0.1:8080', url)])
    t.notMatch(stdout, /"error":|"code":|"statusCode":/, command)
  }
})

t.test('the exchange answers what the README shows', async (t) => {
  const { url } = await runEmulator(t)
  const { stdout } = await run('bash', ['-c', commands[1]?.replaceAll('http://127.0.0.1:8080', url) ?? ''])
  const [shown = ''] = blocks('http')
  for (const part of shown.split(/\n| \.\.\. /)) t.ok(stdout.includes(part), part)
})

/** Starts as the README says, on a free port and with the test's folders, until the ready line. */
async function readyLine(t: Test, command: string): Promise<string> {
  const fixtures = t.testdir({ 'orders.json': '{ "orders": [], }' })
  const text = command
    .replace('npm ci && ', '')
    .replace('./my-fixtures', fixtures)
    .replace('./data', `${fixtures}/data`)
  const child = spawn('bash', ['-c', `exec ${text.replace(/^((?:[A-Z]+=\S+ )*)/, 'env $1')}`], {
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

for (const command of commands.filter(isStart)) {
  t.test(command, async (t) => {
    const line = await readyLine(t, command)
    t.match(line, /ready at http:\/\/127\.0\.0\.1:\d+: /)
    const kind = /ACCOUNT=(\w+)/.exec(command)?.[1] ?? 'sandbox'
    const rules = /RULES=(\w+)/.exec(command)?.[1] ?? '2019'
    t.match(line, `${kind} account, rules of ${rules}, ${command.includes('--fixtures') ? 0 : 67} orders`)
  })
}

t.test('what the README says of the container is what the Dockerfile and the options have', async (t) => {
  const dockerfile = readFileSync(new URL('Dockerfile', packageRoot), 'utf8')
  t.match(dockerfile, /^USER node$/m)
  t.match(dockerfile, /^EXPOSE 8080$/m)
  t.match(dockerfile, /^HEALTHCHECK /m)
  const variables = new Set([...optionTable.values()].map(({ variable }) => variable))
  for (const [, name = ''] of readme.matchAll(/-e ([A-Z_]+)=/g)) t.ok(variables.has(name), name)
  t.ok(commands.some((block) => block.includes('docker run')))
})

t.test('no command of the README goes untested', async (t) => {
  const known = (command: string) =>
    /^curl |^npm ci && npm test$/.test(command) || isStart(command) || isDocker(command)
  t.same(
    commands.filter((command) => !known(command)),
    [],
  )
})

t.test('the example for Node works', async (t) => {
  const { url } = await runEmulator(t)
  const [code = ''] = blocks('js')
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], {
    env: { ...process.env, PARTNER_CENTER_URL: url },
  })
  t.equal(stdout.trim(), 'completed')
})

t.test('the example for test runners is typed as the package is', async (t) => {
  const [example = ''] = blocks('ts')
  const source = example.replaceAll("'partner-center-emulator'", "'../src/index.ts'")
  const file = fileURLToPath(new URL('test/readme-example.ts', packageRoot))
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
  host.readFile = (name) => (name === file ? source : readFile(name))
  host.fileExists = (name) => name === file || fileExists(name)
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, source, version) : getSourceFile(name, version)
  const mistakes = ts.getPreEmitDiagnostics(ts.createProgram([file], compiler, host))
  t.same(
    mistakes.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
    [],
  )
})

t.test('the example for Python works, where there is a Python', async (t) => {
  const { url } = await runEmulator(t)
  const [code = ''] = blocks('python')
  const python = await run('python3', ['--version']).catch(() => undefined)
  if (python === undefined) {
    t.pass('no python3 on this machine')
    return
  }
  const { stdout } = await run('python3', ['-c', code], { env: { ...process.env, PARTNER_CENTER_URL: url } })
  t.equal(stdout.trim(), 'completed')
})
