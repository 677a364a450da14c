#!/usr/bin/env node
import './require-node.ts'
import module from 'node:module'

// Most of the start is compiling modules, so the cache is enabled before the program is loaded.
module.enableCompileCache()
await import('./program.ts')
