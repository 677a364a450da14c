import type * as z from 'zod'

/**
 * Builds a value on first use and keeps it. Building every schema of the program takes 30 ms and preparing every statement
 * of an account 8 ms, and most runs need few of them.
 */
export function lazy<Value extends object>(build: () => Value): () => Value {
  let value: Value | undefined
  return () => {
    value ??= build()
    return value
  }
}

/** A zod schema that is built on first use. */
export type LazySchema<Schema extends z.ZodType = z.ZodType> = () => Schema

/** The type of the values that a lazy schema produces. */
export type Infer<Schema extends LazySchema> = z.output<ReturnType<Schema>>
