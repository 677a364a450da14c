import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, FastifyTypeProvider, RawServerDefault } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type { Account } from './accounts/account.ts'
import type { Infer, LazySchema } from './model/lazy.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The account that the request is for. */
    account: Account
    /** The body of the reply, where it is a text. */
    replyText: string | null
    /** The places of the members of the body that have no effect, because their names are not known. */
    unknownMembers: readonly string[] | null
    /** The fault that acted on the request, as the journal keeps it. */
    fault: string | null
    /** The rule that decided the reply, as the journal keeps it. */
    decision: string | null
  }
}

/** Gives handlers the types of their lazy zod schemas. */
interface LazyZodTypeProvider extends FastifyTypeProvider {
  validator: this['schema'] extends LazySchema ? Infer<this['schema']> : unknown
}

/**
 * Adds routes with lazy zod schemas to an instance. A function and not a Fastify plugin: Fastify
 * creates an instance for each plugin, and eighteen instances make the start 6 % longer.
 */
export type Routes<Options = void> = (app: RouteInstance, options: Options) => void

/** A Fastify instance whose handlers have the types of their lazy zod schemas. */
export type RouteInstance = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  LazyZodTypeProvider
>

/** The request schemas of a route. */
export interface RequestSchemas {
  params?: LazySchema
  querystring?: LazySchema
  body?: LazySchema
}

/** The parts of a route that only the generated documents need. Fastify ignores them. */
export interface Documented {
  body?: LazySchema | undefined
  /** The replies by status, besides the errors that every route shares. A reply without a schema is empty. */
  replies: Readonly<Record<number, LazySchema | undefined>>
}

/** A validator compiler for Fastify that builds the validator of a schema on first use. */
export function compileLazily({ schema, ...route }: { schema: LazySchema; method: string; url: string }) {
  let validate: ReturnType<typeof validatorCompiler> | undefined
  return (data: unknown) => {
    validate ??= validatorCompiler({ ...route, schema: schema() })
    return validate(data)
  }
}
