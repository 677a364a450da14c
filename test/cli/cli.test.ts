import { createServer } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { version } from '../../src/version.ts'
import { clientOf, documentedOrder, seededOrders } from '../running-emulator.ts'
import { startProcess } from '../running-process.ts'

t.test('it starts, describes itself in the health route and serves orders', async (t) => {
  const { url } = startProcess(t, ['--port', '0'])
  const { send } = clientOf(t, await url)
  t.same((await send('/_emulator/health')).body, {
    status: 'ready',
    version,
    url: await url,
    account: 'sandbox',
    rules: '2019',
    orders: seededOrders,
  })
  t.equal((await send(documentedOrder)).status, 200)
})

t.test('the ready line names the URL, the account kind, the edition and the number of orders', async (t) => {
  const { url, child, finished } = startProcess(t, [], { PORT: '0', RULES: '2022', ACCOUNT: 'production' })
  await url
  child.kill()
  const { stdout } = await finished
  t.equal(stdout.trim().split('\n').length, 1)
  t.equal(JSON.parse(stdout).msg, `ready at ${await url}: production account, rules of 2022, ${seededOrders} orders`)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  t.test(
    `${signal} ends an idle emulator at once with exit code 0, even if a client keeps its connection open`,
    async (t) => {
      const { url, child, finished } = startProcess(t, ['--port', '0'])
      const { hostname, port } = new URL(await url)
      const socket = connect(Number(port), hostname)
      socket.on('error', () => undefined)
      socket.write(`GET ${documentedOrder} HTTP/1.1\r\nHost: x\r\n\r\n`)
      await new Promise((resolve) => socket.once('data', resolve))
      const start = performance.now()
      child.kill(signal)
      const { code } = await finished
      t.equal(code, 0)
      t.ok(performance.now() - start < 1500, 'at once, even on a busy machine')
      socket.destroy()
    },
  )
}

t.test('a request in progress gets its reply after a signal', async (t) => {
  const { url, child, finished } = startProcess(t, ['--port', '0'])
  const { hostname, port } = new URL(await url)
  const body = '{"status": "cancelled"}'
  const socket = connect(Number(port), hostname)
  socket.write(`PATCH ${documentedOrder} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`)
  await sleep(200)
  child.kill('SIGTERM')
  await sleep(100)
  socket.write(body)
  let reply = ''
  for await (const chunk of socket) reply += chunk
  t.match(reply, /^HTTP\/1\.1 200 OK/)
  t.equal((await finished).code, 0)
})

t.test('an order that is cancelled right before kill -9 is still cancelled after a restart', async (t) => {
  const dataDir = t.testdir()
  const killed = startProcess(t, ['--port', '0', '--data-dir', dataDir])
  const reply = await clientOf(t, await killed.url).patch(documentedOrder, { status: 'cancelled' })
  killed.child.kill('SIGKILL')
  t.equal(reply.status, 200)
  await killed.finished
  const { url } = startProcess(t, ['--port', '0'], { DATA_DIR: dataDir })
  t.equal((await clientOf(t, await url).send(documentedOrder)).text, reply.text)
})

t.test('healthcheck succeeds while an emulator runs and fails otherwise', async (t) => {
  const { url } = startProcess(t, ['--port', '0', '--host', '127.0.0.1'])
  const { port } = new URL(await url)
  const healthy = await startProcess(t, ['healthcheck'], { PORT: port, HOST: '0.0.0.0' }).finished
  t.same(healthy, { code: 0, stdout: '', stderr: '' })
  const none = await startProcess(t, ['healthcheck'], { PORT: '1' }).finished
  t.equal(none.code, 1)
  t.match(none.stderr, /^partner-center-emulator: http:\/\/127\.0\.0\.1:1\/_emulator\/health cannot be reached: .+\n$/)
})

t.test('--version and --help', async (t) => {
  t.same(await startProcess(t, ['--version']).finished, { code: 0, stdout: `${version}\n`, stderr: '' })
  const { stdout, code } = await startProcess(t, ['--help']).finished
  t.equal(code, 0)
  t.match(stdout, /--data-dir <folder> +DATA_DIR +keep/)
})

/** Starts that fail, and the line that each prints. */
const failures: readonly [what: string, args: string[], environment: Record<string, string>, line: RegExp][] = [
  ['an unknown flag', ['--prot', '1'], {}, /: '--prot' is not an option; the nearest is --port \(--help lists them\)$/],
  ['a flag without its value', ['--port'], {}, /: --port needs a value \(port to listen on, .*\)$/],
  ['a flag before its value', ['--rules', '--bom'], {}, /: --rules needs a value \(edition .*\)$/],
  ['an unknown command', ['strat'], {}, /: 'strat' is not a command; the nearest is start \(--help lists them\)$/],
  ['a value with a line break', ['--rules', '20\n19'], {}, /: --rules cannot be '20\\n19' \(edition/],
  ['a URL as an allowed host', ['--allowed-hosts', 'http://ci'], {}, /: --allowed-hosts cannot be 'http:\/\/ci' \(/],
  ['a bad value of a flag', ['--port', '70000'], {}, /--port cannot be '70000' \(port to listen on, 0 to 65535/],
  [
    'a bad value of a variable',
    [],
    { RULES: '2020' },
    /RULES cannot be '2020' \(edition .*2019, 2021, 2022 or 2023\)$/,
  ],
  ['an address of another machine', ['--host', '192.0.2.1'], {}, /192\.0\.2\.1 is not an address of this machine/],
  ['broken fixtures', ['--fixtures', 'src'], {}, /src\/ holds none of catalog\.json/],
  [
    'a data directory that is a file',
    ['--data-dir', 'package.json'],
    {},
    /cannot use .*package\.json as a data directory: it is not a folder; choose another one$/,
  ],
]

for (const [what, args, environment, line] of failures) {
  t.test(`${what} ends the program with exit code 1 and one line`, async (t) => {
    const { code, stdout, stderr } = await startProcess(t, args, environment).finished
    t.equal(code, 1)
    t.equal(stdout, '')
    t.equal(stderr.trim().split('\n').length, 1)
    t.match(stderr.trim(), line)
  })
}

t.test('a port in use ends the program with exit code 1 and one line', async (t) => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.teardown(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const { code, stderr } = await startProcess(t, ['--port', `${port}`]).finished
  t.equal(code, 1)
  t.equal(
    stderr,
    `partner-center-emulator: port ${port} of 127.0.0.1 is taken; choose another with --port or PORT, or 0 for a free one\n`,
  )
})

t.test('a warning says that a container is open to the network', async (t) => {
  const { url, child, finished } = startProcess(t, [], { PORT: '0', HOST: '0.0.0.0' })
  await url
  child.kill()
  const warnings = (await finished).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ level }) => level === 40)
  t.match(warnings, [{ msg: /--control-token \(CONTROL_TOKEN\)/ }])
})

t.test('log level debug writes a line for each request, without its token', async (t) => {
  const { url, child, finished } = startProcess(t, ['--port', '0', '--log-level', 'debug'])
  const { send } = clientOf(t, await url)
  await send(documentedOrder, { headers: { Authorization: 'Bearer secret', 'MS-RequestId': 'my-request' } })
  child.kill()
  const { stdout } = await finished
  const line = stdout.split('\n').find((text) => text.includes('my-request'))
  t.match(JSON.parse(line ?? '{}'), { reqId: 'my-request', msg: `200 GET ${documentedOrder}` })
  t.notMatch(stdout, /secret/)
})
