import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { AccountKind, RulesEdition } from '../model/orders/cancellation-rules.ts'
import { describeControl } from './describe.ts'

const Health = z
  .strictObject({
    status: z.literal('ready'),
    version: z.string(),
    url: z.url(),
    account: AccountKind,
    rules: RulesEdition,
    orders: z.int().nonnegative(),
  })
  .meta({ id: 'Health' })

/** `version`: the emulator's. `url`: where it listens, once it does. */
export interface HealthOptions {
  version: string
  url: () => string
}

/** Tells that the emulator is ready, and as what. */
export const healthRoute: FastifyPluginCallbackZod<HealthOptions> = (app, { version, url }, done) => {
  app.get(
    '/health',
    { schema: describeControl('getHealth', 'Is the emulator ready, and as what', {}, { 200: Health }) },
    ({ account }) => {
      const { kind, rules } = account.settings
      return { status: 'ready' as const, version, url: url(), account: kind, rules, orders: account.orders.count() }
    },
  )
  done()
}
