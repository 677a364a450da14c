import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Measured } from './client.ts'

/** Measures the built emulator beside a bare node:http handler, in rounds that take turns. */
const rounds = 5
const secondsEach = 3
const connections = 32

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const orderPath = '/v1/customers/bd59b416-37f9-4d8f-8df3-5750111fc615/orders/UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1'
const cli = pathOf('../../dist/cli.js')

/** Runs a command on a core of its own, where the machine can. */
const canPin = spawnSync('taskset', ['-c', '1', 'true']).status === 0
const pinned = (core: number, args: string[]): [string, string[]] =>
  canPin ? ['taskset', ['-c', `${core}`, process.execPath, ...args]] : [process.execPath, args]

interface Server {
  url: string
  pid: number
  stop: () => void
}

async function startServer(args: string[]): Promise<Server> {
  const [command, words] = pinned(0, args)
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const chunk of child.stdout) {
    output += chunk
    const url = /ready at (\S+): /.exec(output)?.[1]
    if (url !== undefined && child.pid !== undefined) return { url, pid: child.pid, stop: () => child.kill() }
  }
  throw new Error(`no ready line: ${output}`)
}

function measure(url: string): Measured {
  const [command, words] = pinned(1, [pathOf('client.ts'), url, `${connections}`, `${secondsEach}`])
  return JSON.parse(execFileSync(command, words, { encoding: 'utf8' }))
}

function memoryOf({ pid }: Server): string {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return `${Math.round(Number(kilobytes) / 1024)} MiB`
}

/** Milliseconds from the start of the process to its first 200. */
async function startUp(): Promise<number> {
  const port = 18_080
  const start = performance.now()
  const child = spawn(process.execPath, [cli, '--port', `${port}`], { stdio: 'ignore' })
  const answers = () =>
    new Promise<boolean>((resolve) => {
      get(`http://127.0.0.1:${port}${orderPath}`, (answer) => {
        answer.resume()
        resolve(answer.statusCode === 200)
      }).on('error', () => resolve(false))
    })
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 1))
  const elapsed = performance.now() - start
  child.kill()
  await new Promise((resolve) => child.once('close', resolve))
  return elapsed
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

const starts: number[] = []
for (let round = 0; round < 7; round++) starts.push(await startUp())

const emulator = await startServer([cli, '--port', '0'])
const memoryAtStart = memoryOf(emulator)
const document = await (await fetch(`${emulator.url}${orderPath}`)).text()
const bare = await startServer([pathOf('bare-server.ts'), document])
const measured: { emulator: Measured[]; bare: Measured[] } = { emulator: [], bare: [] }
for (let round = 0; round < rounds; round++) {
  measured.bare.push(measure(bare.url))
  measured.emulator.push(measure(`${emulator.url}${orderPath}`))
}
const ratios = measured.emulator.map(
  ({ requestsPerSecond }, round) => requestsPerSecond / (measured.bare[round]?.requestsPerSecond ?? Number.NaN),
)
for (const [name, results] of Object.entries(measured)) {
  const of = (key: keyof Measured) => median(results.map((result) => result[key]))
  const latency = `p50 ${of('p50').toFixed(2)} ms, p99 ${of('p99').toFixed(2)} ms`
  console.log(`GET, ${name}: ${Math.round(of('requestsPerSecond'))} requests/s, ${latency}`)
}
console.log(`GET, ratio to a bare node:http handler: ${median(ratios).toFixed(2)}`)
console.log(`process start to first 200: ${Math.round(median(starts))} ms`)
console.log(`memory at start: ${memoryAtStart}; after the load: ${memoryOf(emulator)}`)
emulator.stop()
bare.stop()
