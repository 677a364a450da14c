import { execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { packageRoot } from '../../src/version.ts'
import { customerId, generateOrders, orderId } from '../generated-orders.ts'
import { documentedOrder } from '../running-emulator.ts'

const run = promisify(execFile)
const root = fileURLToPath(packageRoot)

/** Enough orders for a file that a worker thread reads. */
const many = 15_000

/** The body of the test in every runner: it uses each part of the interface once. */
const body = `
  const emulator = await createEmulator({ rules: '2022', clock: { now: '2030-01-01T00:00:00Z', frozen: true } })
  const orders = '/v1/customers/10000000-0000-4000-8000-000000000001/orders'
  const software = orders + '/perpetualSoftware-completed-00001'
  const worker = emulator.account('worker')
  await worker.faults.set([{ operation: 'patchOrder', status: 503, times: 1 }])
  const cancel = () => fetch(worker.url + software, { method: 'PATCH', body: '{"status": "cancelled"}' })
  const statuses = [(await cancel()).status, (await cancel()).status, (await cancel()).status]
  await worker.requests.verify({ match: { operation: 'patchOrder' }, count: 3 })
  await worker.snapshot()
  await worker.reset()
  const fresh = await (await fetch(worker.url + software)).json()
  await worker.restore()
  const elsewhere = await connectEmulator(emulator.url)
  const { now } = await elsewhere.clock.set({ advance: 'P1D' })
  const injected = await emulator.inject({ path: software })
  const restored = await (await fetch(worker.url + software)).json()
  await emulator.close()
  const large = await createEmulator({ fixtures: 'many' })
  const last = await large.inject({ path: '/v1/customers/${customerId}/orders/${orderId(many - 1)}' })
  await large.close()
  const seen = [statuses.join(), fresh.status, now, injected.status, restored.status, last.status].join(' ')
`
const expected = '503,200,400 completed 2030-01-02T00:00:00.000Z 200 cancelled 200'
const imported = "import { createEmulator, connectEmulator } from 'partner-center-emulator'"

const runners: readonly { name: string; file: string; text: string; args: string[] }[] = [
  {
    name: 'node:test',
    file: 'node.test.mjs',
    text: `import test from 'node:test'\nimport assert from 'node:assert'\n${imported}\ntest('it works', async () => {${body}\nassert.equal(seen, '${expected}')\n})`,
    args: ['--test', 'node.test.mjs'],
  },
  {
    name: 'vitest',
    file: 'vitest.test.mjs',
    text: `import { expect, test } from 'vitest'\n${imported}\ntest('it works', async () => {${body}\nexpect(seen).toBe('${expected}')\n})`,
    args: ['node_modules/vitest/vitest.mjs', 'run', 'vitest.test.mjs'],
  },
  {
    name: 'jest',
    file: 'jest.test.mjs',
    text: `${imported}\ntest('it works', async () => {${body}\nexpect(seen).toBe('${expected}')\n})`,
    args: ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--testMatch', '**/jest.test.mjs'],
  },
  {
    name: 'tap',
    file: 'tap.test.mjs',
    text: `import t from 'tap'\n${imported}\nt.test('it works', async t => {${body}\nt.equal(seen, '${expected}')\n})`,
    args: ['tap.test.mjs'],
  },
]

const typed = `import { createEmulator, type Fault, type Order, VerificationError } from 'partner-center-emulator'
const fault: Fault = { operation: 'getOrder', status: 503 }
await using emulator = await createEmulator({ rules: '2022', port: 0 })
await emulator.faults.set([fault])
const order: Order = await emulator.account('a').setOrderStatus('customer', 'order', { status: 'completed' })
const status: string = order.status
// @ts-expect-error
await emulator.clock.set({ speed: 2 })
console.log(status, VerificationError.name)
`

/** Starts the bin, reads an order, gives the bin time to write a code cache, and returns the status. */
async function statusOfBin(dist: string, order = documentedOrder, ...options: string[]): Promise<number> {
  const child = spawn(process.execPath, [join(dist, 'bin.cjs'), '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    for await (const line of child.stdout) {
      const url = /ready at (\S+):/.exec(String(line))?.[1]
      if (url === undefined) continue
      const { status } = await fetch(url + order)
      await new Promise((resolve) => setTimeout(resolve, 3000))
      return status
    }
    return 0
  } finally {
    child.kill('SIGKILL')
  }
}

t.test('the packed package works in every test runner, with types', { timeout: 300_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` }
  const npm = (args: string[], cwd: string) => run('npm', [...args, '--no-audit', '--no-fund'], { cwd, env })

  const { stdout } = await npm(['pack', '--silent', '--pack-destination', folder], root)
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  const packages = [stdout.trim().split('\n').at(-1) ?? '', 'vitest@3.2.7', 'jest@30.5.2'].map((name) =>
    name.endsWith('.tgz') ? `./${name}` : name,
  )
  await npm(['install', '--ignore-scripts', ...packages], folder)
  for (const name of ['tap', 'typescript', '@types']) {
    symlinkSync(
      join(root, 'node_modules', name),
      join(folder, 'node_modules', name === '@types' ? '@types-of-checkout' : name),
    )
  }

  mkdirSync(join(folder, 'many'))
  generateOrders(join(folder, 'many'), many)

  for (const { name, file, text, args } of runners) {
    writeFileSync(join(folder, file), text)
    const result = await run(process.execPath, args, { cwd: folder, env }).then(
      () => 'passed',
      ({ stdout, stderr }) => `${stdout}\n${stderr}`,
    )
    t.equal(result, 'passed', name)
  }

  await t.test('the bin starts with the packed code cache, with a broken one, and without one', async (t) => {
    const dist = join(folder, 'node_modules/partner-center-emulator/dist')
    const caches = () => readdirSync(dist).filter((name) => name.endsWith('.cache'))
    const [packed = ''] = caches()
    const written = () => statSync(join(dist, packed)).mtimeMs
    const before = written()
    t.equal(await statusOfBin(dist), 200)
    const last = `/v1/customers/${customerId}/orders/${orderId(many - 1)}`
    t.equal(await statusOfBin(dist, last, '--fixtures', join(folder, 'many')), 200)
    t.equal(written(), before, 'the packed cache was used')
    writeFileSync(join(dist, packed), 'no cache')
    t.equal(await statusOfBin(dist), 200)
    t.ok(statSync(join(dist, packed)).size > 100_000, 'a new cache was written')
    rmSync(join(dist, packed))
    chmodSync(dist, 0o555)
    t.equal(await statusOfBin(dist), 200)
    chmodSync(dist, 0o755)
  })

  t.same(Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies), ['better-sqlite3'])

  writeFileSync(join(folder, 'typed.ts'), typed)
  const options =
    '--noEmit --strict --module nodenext --target es2024 --lib es2024,esnext.disposable,dom --skipLibCheck'
  const types = ['--typeRoots', join(root, 'node_modules', '@types'), '--types', 'node']
  const checked = await run(
    process.execPath,
    ['node_modules/typescript/bin/tsc', ...options.split(' '), ...types, 'typed.ts'],
    {
      cwd: folder,
    },
  ).then(
    () => 'typed',
    ({ stdout }) => stdout,
  )
  t.equal(checked, 'typed')
})
