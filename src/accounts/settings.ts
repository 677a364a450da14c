import * as z from 'zod'
import { accountKinds, editionNames } from '../model/editions.ts'
import { type Infer, lazy } from '../model/lazy.ts'
import { limits } from '../model/limits.ts'
import { Duration, milliseconds } from '../model/time/duration.ts'

/** How an account checks the tokens of requests. */
export const authModes = ['optional', 'required', 'strict'] as const

/** A delay of no time, as settings have it. */
export const noDelay = 'PT0S'

/** Writes a duration in seconds. zod calls it for invalid durations as well, which the schema then refuses. */
function inSeconds(duration: string): string {
  return Duration().safeParse(duration).success ? `PT${milliseconds(duration) / 1000}S` : duration
}

const DelayInSeconds = lazy(() => Duration().overwrite(inSeconds))
const Delay = lazy(() => z.union([z.literal('manual'), DelayInSeconds()], 'a duration such as PT15M, or manual'))

/**
 * The settings of an account. The options of the command line, the settings of the control plane and the types of the
 * client library all derive from this schema.
 */
export const AccountSettings = lazy(() =>
  z.strictObject({
    kind: z.enum(accountKinds).meta({ description: 'Kind of the account.' }),
    rules: z.enum(editionNames).meta({ description: 'Edition: what the service did in that year.' }),
    auth: z.enum(authModes).meta({ description: 'How the account checks bearer tokens.' }),
    bom: z.boolean().meta({ description: 'Whether replies start with a byte order mark.' }),
    throttle: z
      .int()
      .positive()
      .max(limits.throttle)
      .nullable()
      .meta({ description: 'Requests a minute; null for any number.' }),
    fulfilmentDelay: Delay().meta({
      description: 'Until a pending order completes, such as PT15M; manual: nothing completes it by itself.',
    }),
    cancellationDelay: Delay().meta({
      description:
        'Until a cancelled order has the status cancelled; pending before. manual: the control plane sets it.',
    }),
    orderListDelay: DelayInSeconds().meta({
      description: 'Until a new order is in the list of its customer, such as PT15M. By its id it is found at once.',
    }),
    idSeed: z.string().min(1).nullable().meta({ description: 'Seed of new ids; null for random ones.' }),
  }),
)
export type AccountSettings = Infer<typeof AccountSettings>
