import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Load, Measured } from './load.ts'

const serverCore = 0
const clientCore = 1

/** Whether the machine can run a command on one core. */
const canPin = spawnSync('taskset', ['-c', `${clientCore}`, 'true']).status === 0
const pinned = (core: number, args: string[]): [string, string[]] =>
  canPin ? ['taskset', ['-c', `${core}`, process.execPath, ...args]] : [process.execPath, args]

export const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** A program that starts a server. */
export interface Program {
  /** The arguments of node. */
  args: (port: number) => string[]
  /** The path that replies once the server is ready, and its status; 200 by default. */
  path: string
  status?: number
  /** When the process is pinned to the core of the server; `from the start` by default. */
  ownCore?: 'from the start' | 'once ready' | 'never'
}

export interface Server {
  url: string
  pid: number
  /** Milliseconds from the start of the process to its first expected reply. */
  started: number
  stop: () => Promise<void>
}

/** Returns a port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/**
 * Starts a program and waits for its first expected reply. Sends no request before the program prints its URL: polling every
 * millisecond slows the start.
 */
export async function start({ args, path, status = 200, ownCore = 'from the start' }: Program): Promise<Server> {
  const port = await freePort()
  const [command, commandArgs] =
    ownCore === 'from the start' ? pinned(serverCore, args(port)) : [process.execPath, args(port)]
  const begin = performance.now()
  const child = spawn(command, commandArgs, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const chunk of child.stdout) {
    output += chunk
    const url = /https?:\/\/[\w.]+:\d+/.exec(output)?.[0].replace('localhost', '127.0.0.1')
    if (url === undefined || child.pid === undefined) continue
    while (!(await replies(url + path, status))) await new Promise((resolve) => setTimeout(resolve, 2))
    const started = performance.now() - begin
    if (ownCore === 'once ready' && canPin) spawnSync('taskset', ['-a', '-c', '-p', `${serverCore}`, `${child.pid}`])
    const stop = async () => {
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('exit', resolve))
    }
    child.stdout.resume()
    return { url, pid: child.pid, started, stop }
  }
  throw new Error(`${args(port).join(' ')} ended: ${output}`)
}

/** Whether a GET gets this status. */
function replies(url: string, status: number): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (reply) => {
      reply.resume()
      resolve(reply.statusCode === status)
    }).on('error', () => resolve(false))
  })
}

/** Milliseconds from the start to the end of a node process with an empty program, for comparison with `started`. */
export async function emptyStart(): Promise<number> {
  const begin = performance.now()
  const child = spawn(process.execPath, ['-e', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`node -e 0 ended with exit code ${code}`)
  return performance.now() - begin
}

/** The resident memory of a process, in MiB; NaN if the system does not report it. */
export function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}

export interface Result extends Measured {
  requestsPerSecond: number
}

/** The load generator, pinned to the other core. Runs one load after the other. */
export class Client {
  readonly #process
  readonly #results

  constructor() {
    const [command, commandArgs] = pinned(clientCore, [pathOf('load.ts')])
    this.#process = spawn(command, commandArgs, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#results = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
  }

  async measure({ url, pid }: Server, load: Load): Promise<Result> {
    this.#process.stdin.write(`${JSON.stringify({ ...load, url, pid })}\n`)
    const { value, done } = await this.#results.next()
    if (done === true) throw new Error('the load generator ended')
    const measured: Measured = JSON.parse(value)
    return { ...measured, requestsPerSecond: measured.requests / measured.elapsed }
  }

  stop(): void {
    this.#process.stdin.end()
  }
}
