import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { connectEmulator } from '../../src/control-client.ts'
import { packageRoot } from '../../src/version.ts'
import { documentedOrder } from '../running-emulator.ts'
import { type Process, startProcess } from '../running-process.ts'

/** Opens a connection, sends the start of a request and reads nothing. */
async function sendUnread(t: Test, url: string, text: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  t.teardown(() => socket.destroy())
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.pause()
  socket.write(text)
  return socket
}

/** Checks that SIGTERM ends a process within two seconds with exit code 0. */
async function endsInTime(t: Test, { child, finished }: Process): Promise<void> {
  const start = performance.now()
  child.kill('SIGTERM')
  const { code, stdout } = await finished
  t.equal(code, 0, stdout)
  t.ok(performance.now() - start < 2000, `${Math.round(performance.now() - start)} ms`)
}

const head = 'HTTP/1.1\r\nHost: localhost\r\n'

for (const args of [[], ['--data-dir']]) {
  const start = (t: Test) => startProcess(t, ['--port', '0', ...args.flatMap((flag) => [flag, t.testdir()])])
  const where = args.length === 0 ? 'in memory' : 'with a data directory'

  t.test(`SIGTERM ends the program ${where} while an upload stalls`, async (t) => {
    const running = start(t)
    const url = await running.url
    await sendUnread(t, url, `PATCH ${documentedOrder} ${head}Content-Length: 1000\r\n\r\n{"status":`)
    await sendUnread(
      t,
      url,
      `PUT /_emulator/state ${head}Content-Type: application/json\r\nContent-Length: 90\r\n\r\n{`,
    )
    await sendUnread(t, url, 'GET /v1/customers HT')
    await sleep(100)
    await endsInTime(t, running)
  })

  t.test(`SIGTERM ends the program ${where} while an event stream is not read`, async (t) => {
    const running = start(t)
    const url = await running.url
    await sendUnread(t, url, `GET /_emulator/requests/stream ${head}\r\n`)
    const body = JSON.stringify({ text: 'x'.repeat(15_000) })
    for (let sent = 0; sent < 600; sent++)
      await (await fetch(`${url}/v1/customers`, { method: 'POST', body })).arrayBuffer()
    await endsInTime(t, running)
  })

  t.test(`SIGTERM ends the program ${where} while faults hold requests`, async (t) => {
    const running = start(t)
    const url = await running.url
    const emulator = await connectEmulator(url)
    await emulator.faults.set([
      { operation: 'getOrder', delay: 'released' },
      { operation: 'listCustomers', delay: 'PT1H' },
    ])
    await sendUnread(t, url, `GET ${documentedOrder} ${head}\r\n`)
    await sendUnread(t, url, `GET /v1/customers ${head}\r\n`)
    await sleep(100)
    await endsInTime(t, running)
  })
}

t.test('a request that finishes within the second after SIGTERM gets its reply', async (t) => {
  const running = startProcess(t, ['--port', '0'])
  const url = await running.url
  const emulator = await connectEmulator(url)
  await emulator.faults.set([{ operation: 'getOrder', delay: 'PT0.5S' }])
  const reply = fetch(url + documentedOrder)
  await sleep(100)
  await endsInTime(t, running)
  t.equal((await reply).status, 200)
})

/** Runs `npm start` in a group of processes of its own. `emulator`: the id of the process of the emulator. */
async function npmStart(t: Test) {
  const variables = ['PATH', 'HOME'].map((name) => `${name}=${process.env[name] ?? ''}`)
  const npm = spawn('env', ['-i', ...variables, 'PORT=0', 'npm', 'start'], {
    cwd: fileURLToPath(packageRoot),
    detached: true,
  })
  t.teardown(() => {
    if (npm.pid !== undefined && exists(-npm.pid)) process.kill(-npm.pid, 'SIGKILL')
  })
  let output = ''
  const { promise: ready, resolve } = Promise.withResolvers<number>()
  npm.stdout.on('data', (chunk) => {
    output += chunk
    const pid = /"pid":(\d+),.*ready at/.exec(output)?.[1]
    if (pid !== undefined) resolve(Number(pid))
  })
  return { npm, group: -(npm.pid ?? 0), emulator: await ready, output: () => output }
}

t.test('a second signal half a second after the first ends the program at once with exit code 1', async (t) => {
  const { child, url, finished } = startProcess(t, ['--port', '0'])
  // The stalled upload makes the end take a second.
  await sendUnread(t, await url, `PATCH ${documentedOrder} ${head}Content-Length: 1000\r\n\r\n{"status":`)
  await sleep(100)
  child.kill('SIGTERM')
  await sleep(600)
  child.kill('SIGTERM')
  const { code, stdout } = await finished
  t.equal(code, 1)
  t.match(stdout, /second SIGTERM, exiting/)
})

/** Whether a process, or a group of processes with a negative id, exists. */
function exists(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch {
    return false
  }
}

async function isGone(id: number): Promise<boolean> {
  for (let tries = 0; tries < 40 && exists(id); tries++) await sleep(50)
  return !exists(id)
}

t.test('a kill of npm start leaves no process', async (t) => {
  const { npm, group, emulator } = await npmStart(t)
  npm.kill('SIGTERM')
  t.ok(await isGone(emulator), 'the emulator')
  t.ok(await isGone(group), 'npm and its shell')
})

t.test('Ctrl+C in a terminal ends npm start without an error, although npm sends the signal again', async (t) => {
  const { group, emulator, output } = await npmStart(t)
  process.kill(group, 'SIGINT')
  t.ok(await isGone(emulator), 'the emulator')
  t.ok(await isGone(group), 'npm and its shell')
  t.notMatch(output(), /second SIGINT/)
})
