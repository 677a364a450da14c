/**
 * Ends the program with one line when Node is too old: better-sqlite3 would crash without a message.
 * It is the first import of the program, so that it runs before better-sqlite3 is loaded.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`partner-center-emulator: needs Node 22.13 or newer, and this is ${process.versions.node}\n`)
  process.exit(1)
}
