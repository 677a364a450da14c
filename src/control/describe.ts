import type * as z from 'zod'
import { ControlErrorBody } from './errors.ts'

interface RequestSchemas {
  params?: z.ZodType
  querystring?: z.ZodType
  body?: z.ZodType
}

/** The schema of a control route: its name, what it does, what it takes, its success and its errors. */
export function describeControl<const Request extends RequestSchemas, const Success extends Record<number, object>>(
  operationId: string,
  summary: string,
  request: Request,
  success: Success,
) {
  const errors = {
    400: ControlErrorBody,
    401: ControlErrorBody,
    403: ControlErrorBody,
    404: ControlErrorBody,
    409: ControlErrorBody,
    507: ControlErrorBody,
  }
  return { operationId, summary, ...request, response: { ...errors, ...success } }
}
