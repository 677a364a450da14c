import * as z from 'zod'
import { accountKinds, editionNames } from '../model/editions.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import type { Routes } from '../routes.ts'
import { version } from '../version.ts'
import { describeControl } from './route-schema.ts'

const Health = lazy(() =>
  z
    .strictObject({
      status: z.literal('ready').meta({ description: 'Always ready.' }),
      version: z.string().meta({ description: 'Version of the emulator.' }),
      url: z.url().meta({ description: 'URL of the emulator.' }),
      account: z.enum(accountKinds).meta({ description: 'Kind of the account.' }),
      rules: z.enum(editionNames).meta({ description: 'Edition of the account.' }),
      orders: z.int().nonnegative().meta({ description: 'Number of orders.' }),
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
    { schema: describeControl('getHealth', 'Get the health of the emulator', {}, { 200: Health }) },
    ({ account }): Infer<typeof Health> => {
      const { kind, rules } = account.settings
      return { status: 'ready', version, url: url(), account: kind, rules, orders: account.orders.count() }
    },
  )
}
