import { mkdirSync, rmSync } from 'node:fs'
import { buildBundles } from './bundles.ts'
import { buildCodeCache } from './code-cache.ts'
import { dist } from './dist.ts'
import { buildTemplate } from './template.ts'
import { buildTypes } from './types.ts'

/** Builds dist, the part of a release besides fixtures and migrations. */
rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
await buildBundles()
buildTypes()
buildTemplate()
await buildCodeCache()
