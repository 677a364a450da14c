/**
 * Tests that repeat many times what other tests do once, or that start processes. They run hardly a line that the others
 * leave out, and collecting coverage would slow them by a quarter.
 */
const withoutCoverage = [
  'test/accounts/kill.test.ts',
  'test/cli/cli.test.ts',
  'test/contract/sequences.test.ts',
  'test/docs.test.ts',
  'test/generated.test.ts',
  'test/partner-center/protocol/malformed-input.test.ts',
  'test/readme.test.ts',
]

/** For tap: null for a test file without coverage, and an empty list for one that covers whatever it loads. */
export default function coverageOf(testFile: string): string[] | null {
  return withoutCoverage.includes(testFile) || testFile.startsWith('test/release/') ? null : []
}
