import { get } from 'node:http'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** Milliseconds between two requests. */
const interval = 10

/** Asks an emulator for its health again and again, in a thread of its own, and measures the longest wait. */
export class Probe {
  readonly #worker: Worker
  /** The longest wait so far, in milliseconds. */
  longest = 0

  constructor(url: string) {
    this.#worker = new Worker(fileURLToPath(import.meta.url), { workerData: { url } })
    this.#worker.on('message', (waited: number) => {
      this.longest = Math.max(this.longest, waited)
    })
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}

function ask(url: string): Promise<number> {
  const start = performance.now()
  return new Promise((resolve) => {
    const asked = get(`${url}/accounts/canary/_emulator/health`, (reply) => {
      reply.resume()
      reply.on('close', () => resolve(performance.now() - start))
    })
    // A broken connection is not a wait.
    asked.on('error', () => resolve(0))
  })
}

if (!isMainThread) {
  const { url }: { url: string } = workerData
  for (;;) {
    parentPort?.postMessage(await ask(url))
    await new Promise((resolve) => setTimeout(resolve, interval))
  }
}
