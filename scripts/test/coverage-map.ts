/**
 * Tests that repeat the work of other tests many times, or that start processes. They add almost no covered lines, and
 * collecting coverage would slow them by a quarter.
 */
const withoutCoverage = [
  'test/cli/cli.test.ts',
  'test/cli/signals.test.ts',
  'test/cli/unusable-files.test.ts',
  'test/contract/sequences.test.ts',
  'test/docs.test.ts',
  'test/generated.test.ts',
  'test/partner-center/protocol/malformed-input.test.ts',
  'test/readme.test.ts',
]

/** Called by tap. Returns null for no coverage, and an empty list for coverage of every file that the test loads. */
export default function coverageOf(testFile: string): string[] | null {
  return withoutCoverage.includes(testFile) || testFile.startsWith('test/release/') ? null : []
}
