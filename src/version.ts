import { readFileSync } from 'node:fs'
import * as z from 'zod'

/** The folder of the package: one above this file, in a checkout (src) and in a release (dist). */
export const packageRoot = new URL('../', import.meta.url)

/** The version in package.json. */
export const version: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8'))).version
