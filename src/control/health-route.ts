import * as z from 'zod'
import { accountKinds, editionNames } from '../model/editions.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import type { Routes } from '../routes.ts'
import { version } from '../version.ts'
import { describeControl } from './route-schema.ts'

const Health = lazy(() =>
  z
    .strictObject({
      status: z.enum(['ready', 'failing']).meta({ description: 'failing: the last change could not be written.' }),
      version: z.string().meta({ description: 'Version of the emulator.' }),
      url: z.url().meta({ description: 'URL of the emulator.' }),
      account: z.enum(accountKinds).meta({ description: 'Kind of the account.' }),
      rules: z.enum(editionNames).meta({ description: 'Edition of the account.' }),
      orders: z.int().nonnegative().meta({ description: 'Number of orders.' }),
      problem: z.string().optional().meta({ description: 'Why the last change could not be written.' }),
    })
    .meta({ id: 'Health', description: 'The emulator and the account of the request.' }),
)

/** `url`: the URL of the server, once it listens. */
export interface HealthOptions {
  url: () => string
}

/** Replies that the emulator is ready, and with which account. */
export const healthRoute: Routes<HealthOptions> = (app, { url }) => {
  app.get(
    '/health',
    { schema: describeControl('getHealth', 'Get the health of the emulator', {}, { 200: Health, 503: Health }) },
    ({ account }, reply): Infer<typeof Health> => {
      const { settings, orders, problem } = account
      const state = { version, url: url(), account: settings.kind, rules: settings.rules, orders: orders.count() }
      if (problem === undefined) return { status: 'ready', ...state }
      reply.code(503)
      return { status: 'failing', ...state, problem }
    },
  )
}
