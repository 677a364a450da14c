#!/usr/bin/env node
import './require-node.ts'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'

/**
 * The bin of a release. Most of a start is compiling functions when they are first called, and Node's own compile cache
 * holds only what is compiled before a module runs. So the program is run from V8's code cache of a program that has been
 * running for a while; a release brings that of the Node it was built with, and another Node leaves its own beside it.
 */
const file = join(__dirname, 'program.cjs')
const cache = join(__dirname, `program-${process.versions.v8}-${process.arch}.cache`)

/** When all that a first request needs has run, in milliseconds. */
const warmAfter = 2000

const script = readScript()
script.runInThisContext()(createRequire(file), { exports: {} }, file)
// Undefined where there was none.
if (script.cachedDataRejected !== false) setTimeout(writeCache, warmAfter).unref()

// The bundle is ASCII, which esbuild writes by default, and Latin-1 is read without decoding.
function readScript(): Script {
  const cachedData = readCache()
  return new Script(readFileSync(file, 'latin1'), {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  })
}

function readCache(): Buffer | undefined {
  try {
    return readFileSync(cache)
  } catch {
    return undefined
  }
}

/** The next start is slower without it, so nobody is told where it cannot be written. */
async function writeCache(): Promise<void> {
  const unfinished = `${cache}.${process.pid}`
  const { restoreOwnFlags } = await import('./heap.ts')
  try {
    restoreOwnFlags()
    writeFileSync(unfinished, script.createCachedData())
    renameSync(unfinished, cache)
  } catch {
    rmSync(unfinished, { force: true })
  }
}
