import * as z from 'zod'
import type { AccountSettings } from '../accounts/account.ts'
import { AccountKind, RulesEdition } from '../model/orders/cancellation-rules.ts'
import { milliseconds } from '../model/time/duration.ts'

/** The settings of an account as the control plane reads and writes them: as their options are written. */
export const SettingsBody = z
  .strictObject({
    kind: AccountKind,
    rules: RulesEdition,
    auth: z.enum(['optional', 'required', 'strict']),
    bom: z.boolean(),
    throttle: z
      .int()
      .positive()
      .max(9_999_999)
      .nullable()
      .meta({ description: 'Requests a minute; null for any number.' }),
    fulfilmentDelay: z
      .union([z.literal('manual'), z.iso.duration()])
      .meta({ description: 'Until a pending order completes, such as PT15M; manual: nothing completes it by itself.' }),
    idSeed: z.string().min(1).nullable(),
    fixtures: z.string().min(1).optional().meta({ description: 'A folder of fixtures, or a file with a state.' }),
  })
  .meta({ id: 'Settings' })
export type SettingsBody = z.infer<typeof SettingsBody>

/** Any of the settings: the others stay as they are. */
export const SettingsChange = SettingsBody.partial()
export type SettingsChange = z.infer<typeof SettingsChange>

export function writeSettings({ fulfilmentDelay, throttle, idSeed, ...settings }: AccountSettings): SettingsBody {
  return {
    ...settings,
    throttle: throttle ?? null,
    fulfilmentDelay: fulfilmentDelay === undefined ? 'manual' : `PT${fulfilmentDelay / 1000}S`,
    idSeed: idSeed ?? null,
  }
}

/** Settings with a change applied. */
export function changeSettings(settings: AccountSettings, change: SettingsChange): AccountSettings {
  const { throttle, fulfilmentDelay, idSeed } = change
  return {
    kind: change.kind ?? settings.kind,
    rules: change.rules ?? settings.rules,
    auth: change.auth ?? settings.auth,
    bom: change.bom ?? settings.bom,
    throttle: throttle === undefined ? settings.throttle : (throttle ?? undefined),
    fulfilmentDelay: fulfilmentDelay === undefined ? settings.fulfilmentDelay : readDelay(fulfilmentDelay),
    idSeed: idSeed === undefined ? settings.idSeed : (idSeed ?? undefined),
  }
}

function readDelay(text: string): number | undefined {
  return text === 'manual' ? undefined : milliseconds(text)
}
