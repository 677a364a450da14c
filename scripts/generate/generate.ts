import { writeFileSync } from 'node:fs'
import { packageRoot } from '../../src/version.ts'
import { generatedFiles } from './files.ts'

for (const { path, make } of generatedFiles) writeFileSync(new URL(path, packageRoot), await make())
