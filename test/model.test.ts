import { globSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** Runs the tests of the pure rules in one process: a process for each file takes longer to start than its tests take. */
for (const file of globSync('test/model/**/*.test.ts').sort()) await import(pathToFileURL(file).href)
