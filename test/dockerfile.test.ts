import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import t from 'tap'
import { packageRoot } from '../src/version.ts'
import { runEmulator } from './running-emulator.ts'

const run = promisify(execFile)
const dockerfile = readFileSync(new URL('Dockerfile', packageRoot), 'utf8')

t.test('the container runs as a user with a number, and names its stop signal', async (t) => {
  t.match(dockerfile, /^USER [1-9]\d*:[1-9]\d*$/m)
  t.match(dockerfile, /^STOPSIGNAL SIGTERM$/m)
})

const healthCheck = /^HEALTHCHECK .*\\\n +CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]'

/** Runs the health check of the Dockerfile, and returns whether it passes. */
async function isHealthy(host: string, port: string | number): Promise<boolean> {
  const [command = '', ...args]: string[] = JSON.parse(healthCheck)
  return run(command, args, { env: { PATH: process.env['PATH'] ?? '', HOST: host, PORT: `${port}` } }).then(
    () => true,
    () => false,
  )
}

t.test('the health check passes while the emulator is ready, and starts no Node process', async (t) => {
  t.notMatch(healthCheck, /node/)
  for (const host of ['0.0.0.0', '127.0.0.1']) {
    const { url } = await runEmulator(t, { host, controlToken: 'sesame' })
    t.equal(await isHealthy(host, new URL(url).port), true, host)
  }
  const broken = createServer((_request, response) => response.writeHead(503).end()).listen(0, '127.0.0.1')
  await new Promise((resolve) => broken.once('listening', resolve))
  t.teardown(() => broken.close())
  const address = broken.address()
  t.equal(await isHealthy('127.0.0.1', typeof address === 'object' ? (address?.port ?? 0) : 0), false, 'status 503')
  t.equal(await isHealthy('127.0.0.1', 1), false, 'nothing listens')
})
