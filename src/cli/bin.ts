#!/usr/bin/env node
import './require-node.ts'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'

/**
 * The bin of a release. Most of the start is compiling functions on their first call, and Node's own compile cache holds only
 * functions that are compiled before a module runs. So the bin runs the program from the V8 code cache of a program that has
 * run for a while. A release contains the cache for the Node that built it; any other Node writes its own next to it.
 */
const file = join(__dirname, 'program.cjs')
const cache = join(__dirname, `program-${process.versions.v8}-${process.arch}.cache`)

/** Milliseconds until everything that the first requests need has run. */
const warmAfter = 2000

const script = readScript()
script.runInThisContext()(createRequire(file), { exports: {} }, file)
// Undefined without a cache, true when V8 rejected it.
if (script.cachedDataRejected !== false) setTimeout(writeCache, warmAfter).unref()

// esbuild writes ASCII by default, and Latin-1 needs no decoding.
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

/** Without the cache the next start is only slower, so a failure to write it is silent. */
async function writeCache(): Promise<void> {
  const unfinished = `${cache}.${process.pid}`
  const { restoreFlags } = await import('./heap.ts')
  try {
    restoreFlags()
    writeFileSync(unfinished, script.createCachedData())
    renameSync(unfinished, cache)
  } catch {
    rmSync(unfinished, { force: true })
  }
}
