import type { FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'

function noOther(): never {
  throw new Error('every schema is of zod')
}

/** Keeps Fastify from loading Ajv and fast-json-stringify, which a server that has the compilers below never asks. */
export const noOtherCompilers = { compilersFactory: { buildValidator: noOther, buildSerializer: noOther } }

/** Lets the schemas of routes be zod's. */
export function compileWithZod(app: FastifyInstance): void {
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
}
