import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Asked, Measured } from './load.ts'

const serverCore = 0
const clientCore = 1

/** Runs a command on a core of its own, where the machine can. */
const canPin = spawnSync('taskset', ['-c', `${clientCore}`, 'true']).status === 0
const pinned = (core: number, args: string[]): [string, string[]] =>
  canPin ? ['taskset', ['-c', `${core}`, process.execPath, ...args]] : [process.execPath, args]

export const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** How a server is started: the arguments of node, and where it is asked once it is ready. */
export interface Program {
  args: (port: number) => string[]
  /** What answers once it is ready, and with which status; 200 without it. */
  path: string
  status?: number
  /** When it runs on the server's core alone; from its start without this. */
  ownCore?: 'from the start' | 'once ready' | 'never'
}

export interface Server {
  url: string
  pid: number
  /** Milliseconds from the start of the process to its first 200. */
  started: number
  stop: () => Promise<void>
}

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/**
 * Starts a program and waits until it answers 200. What prints a ready line is asked then and not before: asking every
 * millisecond takes time from what starts.
 */
export async function start({ args, path, status = 200, ownCore = 'from the start' }: Program): Promise<Server> {
  const port = await freePort()
  const [command, words] =
    ownCore === 'from the start' ? pinned(serverCore, args(port)) : [process.execPath, args(port)]
  const begin = performance.now()
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  for await (const chunk of child.stdout) {
    output += chunk
    const url = /https?:\/\/[\w.]+:\d+/.exec(output)?.[0].replace('localhost', '127.0.0.1')
    if (url === undefined || child.pid === undefined) continue
    while (!(await answers(url + path, status))) await new Promise((resolve) => setTimeout(resolve, 2))
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

function answers(url: string, status: number): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === status)
    }).on('error', () => resolve(false))
  })
}

/** Memory that a process holds, in MiB; NaN where the system does not tell. */
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

/** Puts loads on servers, from a core of its own, one after the other. */
export class Client {
  readonly #process
  readonly #answers

  constructor() {
    const [command, words] = pinned(clientCore, [pathOf('load.ts')])
    this.#process = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
  }

  async measure({ url, pid }: Server, load: Asked): Promise<Result> {
    this.#process.stdin.write(`${JSON.stringify({ ...load, url, pid })}\n`)
    const { value, done } = await this.#answers.next()
    if (done === true) throw new Error('the load client ended')
    const measured: Measured = JSON.parse(value)
    return { ...measured, requestsPerSecond: measured.requests / measured.elapsed }
  }

  stop(): void {
    this.#process.stdin.end()
  }
}
