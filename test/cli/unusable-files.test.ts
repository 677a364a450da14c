import { execFileSync } from 'node:child_process'
import { closeSync, cpSync, fstatSync, openSync, statSync, writeSync } from 'node:fs'
import t, { type Test } from 'tap'
import { startProcess } from '../running-process.ts'

/** Checks that a start ends soon with exit code 1 and one line. */
async function failsWith(t: Test, args: string[], line: RegExp): Promise<void> {
  const { child, finished } = startProcess(t, ['--port', '0', ...args])
  const hang = setTimeout(() => child.kill('SIGKILL'), 5000)
  const { code, stdout, stderr } = await finished
  clearTimeout(hang)
  t.equal(code, 1, args.join(' '))
  t.equal(stdout, '')
  t.equal(stderr.trim().split('\n').length, 1, stderr)
  t.match(stderr.trim(), line)
}

function makeFifo(path: string): string {
  execFileSync('mkfifo', [path])
  return path
}

t.test('fixtures that are a FIFO or a device end the program with one line', async (t) => {
  const fifo = makeFifo(`${t.testdir()}/fixtures`)
  await failsWith(t, ['--fixtures', fifo], /fixtures is not a file$/)
  await failsWith(t, ['--fixtures', '/dev/zero'], /\/dev\/zero is not a file$/)
})

t.test('fixtures with a file that is a FIFO or a folder end the program with one line', async (t) => {
  for (const name of ['orders.json', 'orders.ndjson', 'customers.json']) {
    const folder = t.testdir({ asFolder: { [name]: {} }, asFifo: {} })
    makeFifo(`${folder}/asFifo/${name}`)
    await failsWith(t, ['--fixtures', `${folder}/asFolder`], new RegExp(`asFolder/${name} is not a file$`))
    await failsWith(t, ['--fixtures', `${folder}/asFifo`], new RegExp(`asFifo/${name} is not a file$`))
  }
})

t.test('a data directory in /proc ends the program with one line', async (t) => {
  await failsWith(t, ['--data-dir', '/proc/emulator'], /cannot use \/proc\/emulator as a data directory: ENOENT/)
  await failsWith(t, ['--data-dir', '/proc'], /cannot use \/proc/)
})

t.test('a data directory that the user cannot write ends the program with one line', async (t) => {
  const folder = t.testdir({ data: {} })
  execFileSync('chmod', ['555', `${folder}/data`])
  // Root can write everywhere except in a file system such as /proc.
  if (process.getuid?.() === 0) t.pass('this test runs as root')
  else await failsWith(t, ['--data-dir', `${folder}/data`], /cannot use .*data as a data directory: EACCES/)
})

t.test('a data directory whose database is a folder ends the program with one line', async (t) => {
  const dataDir = t.testdir({ 'default.sqlite': {} })
  await failsWith(t, ['--data-dir', dataDir], /cannot use .*default\.sqlite as a database/)
  const unfinished = t.testdir({ 'default.sqlite.new': {} })
  await failsWith(t, ['--data-dir', unfinished], /cannot use .* as a data directory/)
})

const pageSize = 4096

/** Makes a data directory whose database has garbage from one page up to another. */
function withGarbage(folder: string, name: string, from: number, to: number | undefined): string {
  const dataDir = `${folder}/${name}`
  cpSync(`${folder}/whole`, dataDir, { recursive: true })
  const file = openSync(`${dataDir}/default.sqlite`, 'r+')
  const end = to === undefined ? fstatSync(file).size : to * pageSize
  writeSync(file, Buffer.alloc(end - from * pageSize, 'garbage'), 0, undefined, from * pageSize)
  closeSync(file)
  return dataDir
}

t.test('a database with garbage pages ends the program with one line', async (t) => {
  const folder = t.testdir()
  const first = startProcess(t, ['--port', '0', '--data-dir', `${folder}/whole`])
  await first.url
  first.child.kill()
  await first.finished
  const pages = statSync(`${folder}/whole/default.sqlite`).size / pageSize
  // From the schema, from the migrations and from the content on.
  for (const page of [0, 1, 2]) {
    const dataDir = withGarbage(folder, `from-${page}`, page, undefined)
    await failsWith(
      t,
      ['--data-dir', dataDir],
      /cannot use .*: (file is not a database|database disk image is malformed|it is damaged: .*)/,
    )
  }
  // A page that no start reads otherwise.
  const dataDir = withGarbage(folder, 'last', pages - 2, pages - 1)
  await failsWith(t, ['--data-dir', dataDir], /cannot use .*default\.sqlite as a database: it is damaged: /)
})
