import * as z from 'zod'
import { AccountSettings } from '../accounts/settings.ts'
import { type Infer, lazy } from '../model/lazy.ts'

/** The settings of an account in the control plane: those of the account, and the fixtures that define it. */
export const SettingsBody = lazy(() =>
  AccountSettings()
    .extend({
      fixtures: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'A folder of fixtures, or a file with a state document.' }),
    })
    .meta({ id: 'Settings', description: 'Settings of an account.' }),
)
export type SettingsBody = Infer<typeof SettingsBody>

/** Any of the settings. The others stay as they are. */
export const SettingsChange = lazy(() =>
  SettingsBody()
    .partial()
    .meta({ id: 'SettingsChange', description: 'Any of the settings. The others stay as they are.' }),
)
export type SettingsChange = Infer<typeof SettingsChange>

/** Applies a change to settings. */
export function changeSettings(settings: AccountSettings, { fixtures: _, ...change }: SettingsChange): AccountSettings {
  return AccountSettings().parse({ ...settings, ...change })
}
