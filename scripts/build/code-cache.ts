import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { dist, inDist } from './dist.ts'

const documentedOrder = '/v1/customers/bd59b416-37f9-4d8f-8df3-5750111fc615/orders/UKXASSO1dezh3HdxClHxSp5UEFXGbAnt1'

/** Runs the bin until it writes its code cache. Sends a request first, so that the cache includes the code of a request. */
export async function buildCodeCache(): Promise<void> {
  const child = spawn(process.execPath, [inDist('bin.cjs'), '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of child.stdout) {
    const url = /ready at (\S+):/.exec(String(line))?.[1]
    if (url === undefined) continue
    await fetch(url + documentedOrder)
    break
  }
  const isWritten = () => readdirSync(dist).some((name) => name.endsWith('.cache'))
  for (let tries = 0; tries < 100 && !isWritten(); tries++) await wait(100)
  child.kill()
  if (!isWritten()) throw new Error('the bin did not write a code cache')
}
