import { readFile } from 'node:fs/promises'
import type { Routes } from '../routes.ts'
import { packageRoot } from '../version.ts'

/** The path of each document and its file, which `npm run generate` writes. */
const documents = [
  { path: '/openapi.json', file: 'docs/api/openapi.json', type: 'application/json; charset=utf-8' },
  { path: '/openapi.yaml', file: 'openapi.yaml', type: 'application/yaml; charset=utf-8' },
  { path: '/control.json', file: 'docs/api/control.json', type: 'application/json; charset=utf-8' },
] as const

/** Serves the OpenAPI documents. */
export const documentRoutes: Routes = (app) => {
  for (const { path, file, type } of documents) {
    app.get(path, { schema: { hide: true } }, async (_request, reply) => {
      reply.type(type)
      return readFile(new URL(file, packageRoot), 'utf8')
    })
  }
}
