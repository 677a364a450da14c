/** Why this Node cannot run the emulator, or undefined. An older Node would crash without a message in better-sqlite3. */
export function problemOfNode(): string | undefined {
  const { node } = process.versions
  const [major = 0, minor = 0] = node.split('.').map(Number)
  const isTooOld = major < 22 || (major === 22 && minor < 13)
  return isTooOld ? `needs Node 22.13 or newer, and this is ${node}` : undefined
}
