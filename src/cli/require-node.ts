import { problemOfNode } from '../node-version.ts'

/**
 * Ends the program with one line when Node is too old. It is the first import of the program, so that it runs before
 * better-sqlite3 is loaded.
 */
const problem = problemOfNode()

if (problem !== undefined) {
  process.stderr.write(`partner-center-emulator: ${problem}\n`)
  process.exit(1)
}
