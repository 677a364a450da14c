import * as z from 'zod'
import type { AccountClock } from '../accounts/clock.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import { isClockTime } from '../model/limits.ts'
import { after, isSignedDuration } from '../model/time/duration.ts'
import type { Routes } from '../routes.ts'
import { ControlError } from './errors.ts'
import { describeControl } from './route-schema.ts'

export const ClockBody = lazy(() =>
  z
    .strictObject({
      now: z.string().meta({ description: 'The time.' }),
      frozen: z.boolean().meta({ description: 'Whether the time stands still.' }),
    })
    .meta({ id: 'Clock', description: 'The clock of an account.' }),
)
export type ClockBody = Infer<typeof ClockBody>

export const ClockChange = lazy(() =>
  z
    .strictObject({
      now: z.iso.datetime({ offset: true }).optional().meta({ description: 'The time to set.' }),
      frozen: z.boolean().optional().meta({ description: 'Whether the time stands still from now on.' }),
      advance: z
        .string()
        .refine(isSignedDuration, 'an ISO 8601 duration such as P1D, in whole milliseconds, of at most 1,000 years')
        .optional()
        .meta({ description: 'Duration that the clock advances after now is set; with a minus sign, it goes back.' }),
    })
    .meta({ id: 'ClockChange', description: 'A change of the clock. Members that are absent stay as they are.' }),
)
export type ClockChange = Infer<typeof ClockChange>

/** The clock of an account. Creation dates, windows, fulfilment, tokens, throttle and the Date header follow it. */
export const clockRoutes: Routes = (app) => {
  app.get(
    '/clock',
    { schema: describeControl('getClock', "Get the account's time", {}, { 200: ClockBody }) },
    ({ account }) => write(account.clock),
  )

  app.put(
    '/clock',
    {
      schema: describeControl('setClock', 'Set, freeze or advance the time', { body: ClockChange }, { 200: ClockBody }),
    },
    ({ account: { clock }, body }) => {
      const base = body.now === undefined ? clock.now() : Date.parse(body.now)
      const now = body.advance === undefined ? base : after(base, body.advance)
      if (!isClockTime(now))
        throw new ControlError(400, 'The time is not between 1970-01-01 and 9999-12-31.', 'see now and advance')
      clock.set({ now, frozen: body.frozen ?? clock.frozen })
      return write(clock)
    },
  )
}

function write(clock: AccountClock): ClockBody {
  return { now: new Date(clock.now()).toISOString(), frozen: clock.frozen }
}
