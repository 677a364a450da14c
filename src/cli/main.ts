#!/usr/bin/env node
import './require-node.ts'
import module from 'node:module'

// Most of a start is compiling what is imported, so the cache comes first and the program after it.
module.enableCompileCache()
await import('./program.ts')
