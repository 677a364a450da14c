import { problemOfNode } from './node-version.ts'

/** Throws when Node is too old. It is the first import of the package, so that it runs before better-sqlite3 is loaded. */
const problem = problemOfNode()
if (problem !== undefined) throw new Error(`partner-center-emulator ${problem}`)
