import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { packageRoot } from '../../src/version.ts'

const run = promisify(execFile)

const built = (name: string) => fileURLToPath(new URL(`dist/${name}`, packageRoot))

/** Makes Node say that it is version 20, in a file that is loaded first. */
const pretends = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' })`

/** Fails like better-sqlite3 on an old Node when it is loaded: the process ends at once. */
const crashes = `
  const { Module } = process.getBuiltinModule('node:module')
  const load = Module._load
  Module._load = (name, ...rest) => name === 'better-sqlite3' ? process.abort() : load(name, ...rest)
`

const program = (text: string) => run(process.execPath, ['--eval', text], { env: {} })

t.test('the package explains on an old Node why it cannot be loaded', async (t) => {
  const reason = 'partner-center-emulator needs Node 22.13 or newer, and this is 20.20.2\n'
  const index = JSON.stringify(built('index.js'))
  const imported = await program(
    `${pretends};${crashes};import(${index}).then(() => console.log('loaded'), (error) => console.log(error.message))`,
  )
  t.equal(imported.stdout, reason)
  const required = await program(
    `${pretends};${crashes};try { require(${index}); console.log('loaded') } catch (error) { console.log(error.message) }`,
  )
  t.equal(required.stdout, reason)
})

t.test('the program ends on an old Node with one line', async (t) => {
  const bin = JSON.stringify(built('bin.cjs'))
  const ended = await program(`${pretends};${crashes};require(${bin})`).catch((error: unknown) => Object(error))
  t.equal(ended.code, 1)
  t.equal(ended.stderr, 'partner-center-emulator: needs Node 22.13 or newer, and this is 20.20.2\n')
})
