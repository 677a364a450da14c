import { readFileSync } from 'node:fs'
import * as z from 'zod'

/** Where the package lies: the folder above this file's, in the checkout (src) as in a release (dist). */
export const packageRoot = new URL('../', import.meta.url)

/** The version in package.json. */
export const version: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8'))).version
